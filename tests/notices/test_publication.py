from datetime import date

from matcher.domain.dates import PartialDate
from matcher.domain.opportunity import KeyDate
from matcher.domain.vocabulary import Basis
from matcher.notices.publication import dated_by_publication

INTENT = KeyDate("intent", PartialDate(8, 30))
APPLICATION = KeyDate("application", PartialDate(10, 30))


def test_without_a_day_of_publication_nothing_is_added() -> None:
    assert dated_by_publication((INTENT, APPLICATION), None) == (INTENT, APPLICATION)


def test_the_callers_day_is_supplied_and_the_years_are_inferred_from_it() -> None:
    post, intent, application = dated_by_publication((INTENT, APPLICATION), date(2012, 8, 13))

    assert post == KeyDate("post", PartialDate(8, 13, 2012), basis=Basis.SUPPLIED)
    assert (intent.day, intent.basis) == (PartialDate(8, 30, 2012), Basis.INFERRED)
    assert (application.day, application.basis) == (PartialDate(10, 30, 2012), Basis.INFERRED)


def test_a_day_before_the_publication_is_next_years() -> None:
    (_, intent) = dated_by_publication((INTENT,), date(2012, 9, 1))

    assert intent.day == PartialDate(8, 30, 2013)


def test_a_stated_day_of_publication_is_believed_more_than_the_caller() -> None:
    stated = KeyDate("post", PartialDate(8, 1, 2011))

    assert dated_by_publication((stated, INTENT), date(2020, 1, 1)) == (
        stated,
        KeyDate("intent", PartialDate(8, 30, 2011), basis=Basis.INFERRED),
    )


def test_a_stated_year_stays_stated() -> None:
    stated = KeyDate("application", PartialDate(10, 30, 2010))

    assert dated_by_publication((stated,), date(2012, 8, 13))[1] == stated


def test_an_opening_may_lie_before_the_publication_so_its_year_stays_unknown() -> None:
    opening = KeyDate("open", PartialDate(7, 1))

    assert dated_by_publication((opening,), date(2012, 8, 13))[1] == opening


def test_an_intent_that_would_follow_the_deadline_stays_without_year() -> None:
    deadline = KeyDate("application", PartialDate(3, 15, 2027))

    assert dated_by_publication((INTENT, deadline), date(2026, 10, 1))[1:] == (INTENT, deadline)
