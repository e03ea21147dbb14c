"""Which record of which source stands under which entry."""

from dataclasses import replace

import pytest

from matcher.domain.source import JoinReason, Source, SourceKind
from matcher.store.protocol import Store
from matcher.store.source_records import CatalogueChange, KnownListing, ListingKey

from .builders import NOW, entry, full_opportunity, listing, opportunity


@pytest.fixture
def known(store: Store) -> Store:
    """Return a store with the sources `lakes` and `rivers`."""
    for name in ("rivers", "lakes"):
        store.sources.add(Source(name, SourceKind.FILE, f"/data/{name}"))
    return store


def apply(store: Store, change: CatalogueChange) -> bool:
    return store.listings.apply(change, store.listings.generation())


def test_a_listing_comes_back_as_it_was_applied_with_its_entry(known: Store) -> None:
    kept = listing("rivers", full_opportunity(), number_key="r2701", title_key="reading first and more")
    assert apply(known, CatalogueChange((kept,), (entry(full_opportunity()),)))
    assert known.listings.under(["reading-2027"]) == {"reading-2027": [kept]}
    assert known.opportunities.get("reading-2027").opportunity == full_opportunity()


def test_what_is_known_of_a_record_is_found_by_its_source_and_key(known: Store) -> None:
    second = replace(listing("rivers"), key=ListingKey("river-fund", 2), vanished_at=NOW)
    apply(known, CatalogueChange((listing("rivers"), second, listing("lakes")), (entry(),)))
    found = known.listings.known("rivers", ["river-fund", "no-such-fund"])
    assert found == {
        ListingKey("river-fund"): KnownListing(listing("rivers").content_hash, "river-fund", "rivers.yaml", False),
        ListingKey("river-fund", 2): KnownListing(listing("rivers").content_hash, "river-fund", "rivers.yaml", True),
    }


def test_only_what_has_not_vanished_is_present(known: Store) -> None:
    gone = replace(listing("rivers", opportunity("lake-fund")), vanished_at=NOW)
    apply(known, CatalogueChange((listing("rivers"), gone), (entry(), entry(opportunity("lake-fund")))))
    assert known.listings.present("rivers") == {ListingKey("river-fund"): "rivers.yaml"}


def test_claims_name_the_entries_that_have_an_identifier_a_number_or_a_title_in_common(known: Store) -> None:
    first = listing("rivers", number_key="rf27", title_key="the river fund")
    other = replace(
        listing("lakes", opportunity("other-name"), number_key="rf27"),
        opportunity_id="river-fund",
        joined_by=JoinReason.NUMBER,
    )
    apply(known, CatalogueChange((first, other), (entry(),)))
    known.opportunities.save(opportunity("unlisted"), "by hand")
    claims = known.listings.claims(["other-name", "unlisted", "nobody"], ["rf27", "x"], ["the river fund"])
    assert claims.by_stated_id == {"other-name": "river-fund", "unlisted": "unlisted"}
    assert claims.by_number_key == {"rf27": ("river-fund",)}
    assert claims.by_title_key == {"the river fund": ("river-fund",)}


def test_a_change_that_rests_on_an_older_state_is_refused_as_a_whole(known: Store) -> None:
    before = known.listings.generation()
    apply(known, CatalogueChange((listing("rivers"),), (entry(),)))
    lakes = opportunity("lake-fund")
    assert not known.listings.apply(CatalogueChange((listing("lakes", lakes),), (entry(lakes),)), before)
    assert known.listings.present("lakes") == {}
    assert list(known.opportunities.ids_and_revisions()) == ["river-fund"]


def test_an_entry_with_new_content_is_a_new_revision_and_with_equal_content_is_none(known: Store) -> None:
    apply(known, CatalogueChange((listing("rivers"),), (entry(),)))
    apply(known, CatalogueChange((listing("rivers"),), (entry(),)))
    assert known.opportunities.get("river-fund").revision == 1
    amended = opportunity(text="Clean lakes.")
    apply(known, CatalogueChange((listing("rivers", amended),), (entry(amended, "amended.yaml"),)))
    stored = known.opportunities.get("river-fund")
    assert (stored.revision, stored.source, stored.opportunity) == (2, "amended.yaml", amended)


def test_a_vanished_entry_is_marked_and_kept_and_comes_back(known: Store) -> None:
    apply(known, CatalogueChange((listing("rivers"),), (entry(),)))
    generation = known.opportunities.generation()
    apply(known, CatalogueChange((replace(listing("rivers"), vanished_at=NOW),), (), ("river-fund",)))
    assert known.opportunities.get("river-fund").vanished_at is not None
    assert known.opportunities.generation() > generation, "who holds the catalogue in memory must read it again"
    apply(known, CatalogueChange((listing("rivers"),), (entry(),)))
    assert (known.opportunities.get("river-fund").vanished_at, known.opportunities.get("river-fund").revision) == (
        None,
        1,
    )


def test_entries_of_one_change_may_be_many(known: Store) -> None:
    many = [opportunity(f"fund-{number:04}") for number in range(1_200)]
    apply(known, CatalogueChange(tuple(listing("rivers", one) for one in many), tuple(map(entry, many))))
    assert (
        len(known.listings.present("rivers")) == len(known.listings.under(one.opportunity_id for one in many)) == 1_200
    )
    assert len(known.listings.known("rivers", [one.opportunity_id for one in many])) == 1_200
    assert set(known.opportunities.ids_and_revisions().values()) == {1}


def test_the_entries_that_one_of_some_sources_lists_now_are_named(known: Store) -> None:
    gone = replace(listing("rivers", opportunity("lake-fund")), vanished_at=NOW)
    of_lakes = listing("lakes", opportunity("pond-fund"))
    entries = (entry(), entry(opportunity("lake-fund")), entry(opportunity("pond-fund")))
    apply(known, CatalogueChange((listing("rivers"), gone, of_lakes), entries))
    assert known.listings.listed_by(["rivers"]) == {"river-fund"}
    assert known.listings.listed_by(["rivers", "lakes", "nowhere"]) == {"river-fund", "pond-fund"}
    assert known.listings.listed_by([]) == frozenset()
