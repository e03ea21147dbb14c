"""Matches in the groups in which a person reads them."""

from datetime import date
from pathlib import Path

import pytest

from matcher.bootstrap import Context
from matcher.domain.match import Band, band
from matcher.domain.vocabulary import OpportunityStatus
from matcher.errors import NotFound
from matcher.notices.reader import read_notice
from matcher.proposals.reader import read_proposal
from matcher.services.catalogue import effective_date
from matcher.services.import_notices import import_notices
from matcher.services.match_documents import Matching, match_opportunities
from matcher.services.proposal_list import proposal_list
from matcher.services.ranked_matches import ranked_matches, with_reasons
from matcher.services.ranking import Ranking
from matcher.services.submit_proposal import submit_proposal
from matcher.text.documents import read_document
from tests.services.examples import DISTRICTS_ONLY, GARDENS, HULLS, PROPOSAL, write

NOTICES = [
    read_notice(read_document(text.encode(), f"{n}.yaml")) for n, text in enumerate((GARDENS, HULLS, DISTRICTS_ONLY))
]
DOCUMENT = read_document(PROPOSAL.encode(), "gardens.md")


def ranking(house: Context, as_of: date) -> Ranking:
    return match_opportunities(house.scorer, read_proposal(DOCUMENT), NOTICES, as_of)


def names(matches: object) -> list[str]:
    return [match.opportunity.opportunity_id for match in matches]


def test_what_is_closed_or_shuts_the_applicant_out_stands_apart_and_nothing_is_dropped(house: Context) -> None:
    found = ranking(house, date(2026, 5, 15))
    assert names(found.ranked) == ["gardens"]
    assert names(found.closed) == ["hulls"]
    assert names(found.ineligible) == ["districts"]
    assert names(found.everything) == ["districts", "gardens", "hulls"]


def test_a_deadline_never_changes_a_fit(house: Context) -> None:
    by_day = [
        {m.opportunity.opportunity_id: m.match.fit for m in ranking(house, day).everything}
        for day in (date(2026, 1, 1), date(2030, 1, 1))
    ]
    assert by_day[0] == by_day[1]


def test_days_left_are_counted_to_the_deadline_and_unknown_after_it(house: Context) -> None:
    on_the_day = ranking(house, date(2026, 6, 30)).ranked[0]
    assert (on_the_day.status, on_the_day.days_left) == (OpportunityStatus.POSTED, 0)
    after = next(match for match in ranking(house, date(2026, 7, 1)).closed if not match.is_ineligible)
    assert (after.status, after.days_left) == (OpportunityStatus.CLOSED, None)


def test_the_list_of_proposals_counts_what_their_rankings_show(house: Context) -> None:
    import_notices(house.store, [write(house.settings.opportunities, gardens=GARDENS, districts=DISTRICTS_ONLY)])
    kept = submit_proposal(house.store, house.rescorer, read_proposal(DOCUMENT))
    for day, open_to_it in ((date(2026, 5, 15), ["gardens"]), (date(2026, 7, 1), [])):
        found = ranked_matches(house.store, house.catalogue, kept.identifier, day)
        assert names(found.ranked) == open_to_it
        bands = [band(one.match.fit) for one in found.ranked]
        [listed], _ = proposal_list(house.store, house.catalogue, day, 0, 10)
        assert (listed.strong, listed.possible) == (bands.count(Band.STRONG), bands.count(Band.POSSIBLE))
        assert listed.strong + listed.possible == len(open_to_it)


def test_stored_matches_rank_like_stateless_ones(house: Context) -> None:
    folder = write(house.settings.opportunities, gardens=GARDENS, hulls=HULLS, districts=DISTRICTS_ONLY)
    import_notices(house.store, [folder])
    saved = submit_proposal(house.store, house.rescorer, read_proposal(DOCUMENT))
    day = date(2026, 5, 15)
    stored = ranked_matches(house.store, house.catalogue, saved.identifier, day)
    at_once = ranking(house, day)
    for group in ("ranked", "closed", "ineligible"):
        shown = with_reasons(house.store, house.catalogue, saved.identifier, getattr(stored, group))
        assert [ranked.match for ranked in shown] == [ranked.match for ranked in getattr(at_once, group)]
    assert len(stored.everything) == 3
    house.store.proposals.delete(saved.identifier)
    assert with_reasons(house.store, house.catalogue, saved.identifier, stored.everything) == ()


def test_the_matches_of_an_unknown_proposal_are_an_error_not_an_empty_list(house: Context) -> None:
    with pytest.raises(NotFound):
        ranked_matches(house.store, house.catalogue, "nobody", date(2026, 1, 1))


@pytest.mark.parametrize(
    ("today", "minimum_open", "expected"),
    [
        (date(2026, 4, 1), 2, date(2026, 4, 1)),
        (date(2026, 7, 1), 2, date(2026, 1, 10)),
        (date(2026, 7, 1), 0, date(2026, 7, 1)),
        (date(2025, 7, 1), 9, date(2025, 7, 1)),
    ],
)
def test_when_too_little_is_open_the_catalogues_own_date_counts(today: date, minimum_open: int, expected: date) -> None:
    assert effective_date(NOTICES, today, minimum_open) == expected


def test_the_catalogue_is_read_again_only_when_it_has_changed(house: Context, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", gardens=GARDENS)
    import_notices(house.store, [folder])
    state, encoded = house.catalogue.encoded()
    assert house.catalogue.encoded() == (state, encoded)
    import_notices(house.store, [folder])
    assert house.catalogue.state() is state
    import_notices(house.store, [write(folder, hulls=HULLS)])
    assert house.catalogue.state().stored.keys() == {"gardens", "hulls"}
    assert len(house.catalogue.encoded()[1]) == 2


def test_nothing_fits_only_where_no_match_of_any_group_is_more_than_weak(house: Context) -> None:
    assert not ranking(house, date(2026, 12, 1)).nothing_fits
    soup = read_proposal(
        read_document(b"# Soup\n\nSimmer lentils in broth, then squeeze a lemon over it.\n", "soup.md")
    )
    found = match_opportunities(house.scorer, soup, NOTICES, date(2026, 5, 15))
    assert found.nothing_fits
    assert found.everything


def test_a_proposal_that_is_sent_along_is_ranked_as_one_that_is_explained_throughout(house: Context) -> None:
    write(house.settings.opportunities, gardens=GARDENS, hulls=HULLS, districts=DISTRICTS_ONLY)
    import_notices(house.store, [house.settings.opportunities])
    proposal = read_proposal(DOCUMENT)
    state, catalogue = house.catalogue.encoded()
    matching = Matching(house.scorer, proposal, catalogue)
    whole = match_opportunities(house.scorer, proposal, state.opportunities, date(2026, 3, 1))
    heads = matching.ranking(date(2026, 3, 1))
    for group in ("ranked", "closed", "ineligible"):
        assert matching.with_reasons(getattr(heads, group)) == getattr(whole, group)
    assert len(whole.everything) == 3
