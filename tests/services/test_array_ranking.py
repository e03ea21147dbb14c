"""The ranking of a whole catalogue at once is that of its matches one by one."""

from datetime import UTC, date, datetime

import pytest

from matcher.bootstrap import Context
from matcher.domain.feedback import Feedback, FeedbackKind, Mute, MuteKind
from matcher.proposals.reader import read_proposal
from matcher.scoring.catalogue import Catalogue
from matcher.services.match_documents import Matching, match_proposal
from matcher.services.muting import Muting
from matcher.services.nudges import Nudges
from matcher.services.preferences import Preferences
from tests.services.test_ranking import DOCUMENT, NOTICES

GROUPS = ("ranked", "closed", "ineligible", "muted", "everything")
NOW = datetime(2026, 3, 1, tzinfo=UTC)
DAYS = (date(2026, 3, 1), date(2026, 5, 15), date(2030, 1, 1))


@pytest.fixture
def catalogue(house: Context) -> Catalogue:
    return house.scorer.catalogue(NOTICES)


def told() -> Preferences:
    said = [Feedback("plan", "gardens", FeedbackKind.NOT_FOR_US, NOW)]
    mutes = [Mute("1", MuteKind.OPPORTUNITY, "districts", NOW)]
    by_name = {notice.opportunity_id: notice for notice in NOTICES}
    return Preferences(None, {}, Muting.of(mutes, said), Nudges(said, by_name))


@pytest.mark.parametrize("as_of", DAYS)
@pytest.mark.parametrize("preferences", [None, told()])
def test_order_and_groups_are_the_same(
    house: Context, catalogue: Catalogue, as_of: date, preferences: Preferences | None
) -> None:
    proposal = read_proposal(DOCUMENT)
    one_by_one = match_proposal(house.scorer, proposal, catalogue, as_of, preferences)
    matching = Matching(house.scorer, proposal, catalogue)
    at_once = matching.ranking(as_of, preferences)
    for group in GROUPS:
        assert matching.with_reasons(getattr(at_once, group)) == getattr(one_by_one, group)
    assert at_once.best_fit == one_by_one.best_fit
    assert len(at_once.everything) == 3


def test_part_of_a_group_is_in_its_order(house: Context, catalogue: Catalogue) -> None:
    ranking = Matching(house.scorer, read_proposal(DOCUMENT), catalogue).ranking(date(2026, 3, 1))
    assert list(ranking.ranked[1:]) == list(ranking.ranked)[1:]
    assert ranking.ranked[-1] == list(ranking.ranked)[-1]


def test_an_empty_catalogue_gives_an_empty_ranking(house: Context) -> None:
    ranking = Matching(house.scorer, read_proposal(DOCUMENT), house.scorer.catalogue([])).ranking(date(2026, 3, 1))
    assert (ranking.everything, ranking.nothing_fits) == ((), True)
