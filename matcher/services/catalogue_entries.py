"""A few entries of the catalogue with all their listings in memory: where a record belongs, and what follows."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from matcher.domain.opportunity import Opportunity
from matcher.domain.source import JoinReason
from matcher.services.identity import are_stages_of_one, number_key, sameness, title_key
from matcher.services.precedence import leading
from matcher.store.protocol import Store
from matcher.store.source_records import CatalogueChange, Entry, Listing, ListingKey


class Entries:
    """Collects what one batch of one source changes; nothing is written until its `change` is applied.

    Args:
        store: Where listings are looked up.
        source_name: The source that the batch comes from.
        now: The time of the batch.
    """

    def __init__(self, store: Store, source_name: str, now: datetime) -> None:
        self._store = store
        self._source_name = source_name
        self._now = now
        self._under: dict[str, dict[tuple[str, ListingKey], Listing]] = {}
        self._by_stated_id: dict[str, str] = {}
        self._by_key: dict[str, set[str]] = {}
        self._touched: dict[tuple[str, ListingKey], str] = {}

    def load(self, opportunity_ids: Iterable[str]) -> None:
        """Read the listings of entries that are not read yet."""
        wanted = [name for name in dict.fromkeys(opportunity_ids) if name not in self._under]
        found = self._store.listings.under(wanted)
        for name in wanted:
            self._under[name] = {(one.source_name, one.key): one for one in found.get(name, [])}

    def load_rivals(self, opportunities: Iterable[Opportunity]) -> None:
        """Read the entries that may be the same notice as one of `opportunities`."""
        records = list(opportunities)
        numbers = [key for record in records if (key := number_key(record)) is not None]
        titles = [key for record in records if (key := title_key(record)) is not None]
        claims = self._store.listings.claims([record.opportunity_id for record in records], numbers, titles)
        self._by_stated_id.update(claims.by_stated_id)
        for by_key in (claims.by_number_key, claims.by_title_key):
            for key, names in by_key.items():
                self._by_key.setdefault(key, set()).update(names)
        self.load(claims.by_stated_id.values())
        self.load(sorted(name for names in self._by_key.values() for name in names))

    def admit(self, key: ListingKey, opportunity: Opportunity, content_hash: str, place: str) -> tuple[str, bool]:
        """Put a new record under the entry that is the same notice, or under one of its own.

        Returns the entry, and whether it stood already.
        """
        name, reason, because = self._home(opportunity)
        self._put(
            Listing(
                source_name=self._source_name,
                key=key,
                opportunity_id=name,
                opportunity=opportunity,
                content_hash=content_hash,
                place=place,
                joined_by=reason,
                joined_because=because,
                number_key=number_key(opportunity),
                title_key=title_key(opportunity),
                first_seen_at=self._now,
                changed_at=self._now,
            )
        )
        self._by_stated_id.setdefault(opportunity.opportunity_id, name)
        for shared in _keys(opportunity):
            self._by_key.setdefault(shared, set()).add(name)
        return name, reason is not JoinReason.FIRST

    def amend(self, name: str, key: ListingKey, opportunity: Opportunity, content_hash: str, place: str) -> None:
        """Put the present content of a known record in the place of the one before; it stays under its entry."""
        before = self._under[name].get((self._source_name, key))
        if before is None:  # moved by another run since it was looked up; the write will be refused and tried again
            return
        self._put(
            replace(
                before,
                opportunity=opportunity,
                content_hash=content_hash,
                place=place,
                number_key=number_key(opportunity),
                title_key=title_key(opportunity),
                changed_at=before.changed_at if before.content_hash == content_hash else self._now,
                vanished_at=None,
            )
        )

    def withdraw(self, name: str, key: ListingKey) -> None:
        """Mark a record as one that its source does not list any more."""
        before = self._under[name].get((self._source_name, key))
        if before is not None and before.vanished_at is None:
            self._put(replace(before, vanished_at=self._now))

    def change(self) -> CatalogueChange:
        """Return the listings that changed, and each of their entries as its leading listing has it."""
        names = dict.fromkeys(self._touched.values())
        listed, vanished = [], []
        for name in names:
            listings = list(self._under[name].values())
            lead = leading(listings)
            if lead.vanished_at is None:
                listed.append(Entry(replace(lead.opportunity, opportunity_id=name), lead.place))
            else:
                vanished.append(name)
        changed = tuple(self._under[name][place] for place, name in self._touched.items())
        return CatalogueChange(changed, tuple(listed), tuple(vanished))

    def _put(self, listing: Listing) -> None:
        place = (listing.source_name, listing.key)
        self._under.setdefault(listing.opportunity_id, {})[place] = listing
        self._touched[place] = listing.opportunity_id

    def _home(self, opportunity: Opportunity) -> tuple[str, JoinReason, str]:
        """Return the entry for a new record, and why; two that fit equally well are none."""
        own = opportunity.opportunity_id
        if own in self._by_stated_id:
            return self._by_stated_id[own], JoinReason.IDENTIFIER, f"the same identifier, {own}"
        found = list(self._same_notices(opportunity))
        for reason in (JoinReason.NUMBER, JoinReason.TEXT):
            fitting = {name: because for name, why, because in found if why is reason}
            if len(fitting) == 1:
                name, because = fitting.popitem()
                return name, reason, because
            if fitting:
                break
        return own, JoinReason.FIRST, "no other record is the same notice"

    def _same_notices(self, opportunity: Opportunity) -> Iterator[tuple[str, JoinReason, str]]:
        for name in sorted({name for key in _keys(opportunity) for name in self._by_key.get(key, ())}):
            listings = self._under[name].values()
            if any(self._stands_apart(opportunity, listing) for listing in listings):
                continue
            for listing in listings:
                why = sameness(opportunity, listing.opportunity)
                if why is not None:
                    yield name, why[0], f"{why[1]} (as {listing.source_name} has it)"
                    break

    def _stands_apart(self, opportunity: Opportunity, listing: Listing) -> bool:
        """Whether its own source lists both at once, and so tells them apart."""
        is_same_source = listing.source_name == self._source_name and listing.vanished_at is None
        return is_same_source and not are_stages_of_one(opportunity, listing.opportunity)


def _keys(opportunity: Opportunity) -> list[str]:
    return [key for key in (number_key(opportunity), title_key(opportunity)) if key is not None]
