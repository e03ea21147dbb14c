"""Which record of which source stands under which entry of the catalogue."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from sqlalchemy import Column, Connection, Row, select

from matcher.domain.source import JoinReason
from matcher.store import schema
from matcher.store.chunks import chunks
from matcher.store.database import Database, Insert
from matcher.store.opportunities import CODEC, SqlOpportunities, entry_row
from matcher.store.source_records import CatalogueChange, Claims, KnownListing, Listing, ListingKey

_LISTINGS = schema.listings.c
_GENERATIONS = schema.generations.c
_KEY = ("source_name", "record_key", "occurrence")
_BORN_WITH = (*_KEY, "first_seen_at")


class SqlListings:
    """The table of listings; the contract is `matcher.store.source_protocol.Listings`."""

    def __init__(self, database: Database, opportunities: SqlOpportunities) -> None:
        self._database = database
        self._opportunities = opportunities

    def generation(self) -> int:
        """Return the counter that every change of a listing moves."""
        with self._database.reading() as connection:
            return _generation(connection)

    def known(self, source_name: str, record_keys: Iterable[str]) -> dict[ListingKey, KnownListing]:
        """Return hashes and places of records, in queries of a bounded length."""
        found: dict[ListingKey, KnownListing] = {}
        columns = (_LISTINGS.record_key, _LISTINGS.occurrence, _LISTINGS.content_hash, _LISTINGS.opportunity_id)
        statement = select(*columns, _LISTINGS.place, _LISTINGS.vanished_at).where(_LISTINGS.source_name == source_name)
        with self._database.reading() as connection:
            for chunk in chunks(record_keys):
                for row in connection.execute(statement.where(_LISTINGS.record_key.in_(chunk))):
                    found[ListingKey(row.record_key, row.occurrence)] = KnownListing(
                        row.content_hash, row.opportunity_id, row.place, row.vanished_at is not None
                    )
        return found

    def present(self, source_name: str) -> dict[ListingKey, str]:
        """Return what has not vanished, without reading a document."""
        statement = select(_LISTINGS.record_key, _LISTINGS.occurrence, _LISTINGS.place).where(
            _LISTINGS.source_name == source_name, _LISTINGS.vanished_at.is_(None)
        )
        with self._database.reading() as connection:
            rows = connection.execute(statement.order_by(_LISTINGS.record_key, _LISTINGS.occurrence))
            return {ListingKey(row.record_key, row.occurrence): row.place for row in rows}

    def claims(self, stated_ids: Iterable[str], number_keys: Iterable[str], title_keys: Iterable[str]) -> Claims:
        """Look for each key in its index; an entry also has its own identifier."""
        with self._database.reading() as connection:
            by_number = _entries_by(connection, _LISTINGS.number_key, number_keys)
            by_title = _entries_by(connection, _LISTINGS.title_key, title_keys)
            stated = list(stated_ids)
            by_id = {key: found[0] for key, found in _entries_by(connection, _LISTINGS.stated_id, stated).items()}
            own = schema.opportunities.c.opportunity_id
            for chunk in chunks(stated):
                by_id |= {name: name for name in connection.execute(select(own).where(own.in_(chunk))).scalars()}
        return Claims(by_id, by_number, by_title)

    def under(self, opportunity_ids: Iterable[str]) -> dict[str, list[Listing]]:
        """Return whole listings, in queries of a bounded length."""
        found: dict[str, list[Listing]] = {}
        ordered = select(schema.listings).order_by(*(_LISTINGS[name] for name in _KEY))
        with self._database.reading() as connection:
            for chunk in chunks(opportunity_ids):
                for row in connection.execute(ordered.where(_LISTINGS.opportunity_id.in_(chunk))).all():
                    found.setdefault(row.opportunity_id, []).append(_listing(row))
        return found

    def listed_by(self, source_names: Iterable[str]) -> frozenset[str]:
        """Return entries without reading a document."""
        statement = select(_LISTINGS.opportunity_id).where(
            _LISTINGS.source_name.in_(list(source_names)), _LISTINGS.vanished_at.is_(None)
        )
        with self._database.reading() as connection:
            return frozenset(connection.execute(statement).scalars())

    def apply(self, change: CatalogueChange, generation: int) -> bool:
        """Write everything if nobody else wrote; the documents are made before the transaction begins."""
        entries = [entry_row(entry) for entry in change.entries]
        listings = [_values(listing) for listing in change.listings]
        with self._database.writing() as connection:
            if _generation(connection, lock=True) != generation:
                return False
            self._opportunities.write_entries(connection, entries, change.vanished)
            if listings:
                connection.execute(self._upsert, listings)
                connection.execute(self._advance)
        return True

    @cached_property
    def _upsert(self) -> Insert:
        insert = self._database.insert_into(schema.listings)
        amended = {c.name: insert.excluded[c.name] for c in schema.listings.columns if c.name not in _BORN_WITH}
        return insert.on_conflict_do_update(index_elements=[_LISTINGS[name] for name in _KEY], set_=amended)

    @cached_property
    def _advance(self) -> Insert:
        insert = self._database.insert_into(schema.generations).values(table_name=schema.listings.name, value=1)
        following = {"value": _GENERATIONS.value + 1}
        return insert.on_conflict_do_update(index_elements=[_GENERATIONS.table_name], set_=following)


def _generation(connection: Connection, *, lock: bool = False) -> int:
    statement = select(_GENERATIONS.value).where(_GENERATIONS.table_name == schema.listings.name)
    return connection.execute(statement.with_for_update() if lock else statement).scalar_one_or_none() or 0


def _entries_by(connection: Connection, column: Column[Any], keys: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the entries whose listings have one of `keys` in `column`: identifiers by key, each in their order."""
    found: dict[str, list[str]] = {}
    statement = select(column, _LISTINGS.opportunity_id).distinct().order_by(column, _LISTINGS.opportunity_id)
    for chunk in chunks(keys):
        for key, opportunity_id in connection.execute(statement.where(column.in_(chunk))):
            found.setdefault(key, []).append(opportunity_id)
    return {key: tuple(entries) for key, entries in found.items()}


def _values(listing: Listing) -> dict[str, Any]:
    return {
        "source_name": listing.source_name,
        "record_key": listing.key.record_key,
        "occurrence": listing.key.occurrence,
        "opportunity_id": listing.opportunity_id,
        "stated_id": listing.opportunity.opportunity_id,
        "joined_by": listing.joined_by.value,
        "joined_because": listing.joined_because,
        "place": listing.place,
        "number_key": listing.number_key,
        "title_key": listing.title_key,
        "content_hash": listing.content_hash,
        "first_seen_at": listing.first_seen_at,
        "changed_at": listing.changed_at,
        "vanished_at": listing.vanished_at,
        "document": CODEC.to_json(listing.opportunity),
    }


def _listing(row: Row[Any]) -> Listing:
    return Listing(
        source_name=row.source_name,
        key=ListingKey(row.record_key, row.occurrence),
        opportunity_id=row.opportunity_id,
        opportunity=CODEC.from_json(row.document),
        content_hash=row.content_hash,
        place=row.place,
        joined_by=JoinReason(row.joined_by),
        joined_because=row.joined_because,
        number_key=row.number_key,
        title_key=row.title_key,
        first_seen_at=row.first_seen_at,
        changed_at=row.changed_at,
        vanished_at=row.vanished_at,
    )
