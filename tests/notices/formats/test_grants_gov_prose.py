"""What the explanation of the closing date adds to the dates of a notice, and what it may not change."""

from matcher.domain.dates import PartialDate
from matcher.domain.opportunity import KeyDate, Opportunity
from matcher.domain.vocabulary import Basis, OpportunityStatus
from matcher.notices.formats.grants_gov_notice import GrantsGovNotice, opportunity_of

CLOSE = KeyDate("application", PartialDate(4, 30, 2031))
POST = KeyDate("post", PartialDate(1, 15, 2031))


def opportunity(closing: str = "", *, dated: bool = True) -> Opportunity:
    return opportunity_of(
        GrantsGovNotice(
            identifier="1",
            status=OpportunityStatus.POSTED,
            title="Hedges",
            description="Applications were due May 5, 2030 in the last round. Apply at any time in that round.",
            closing=closing,
            eligibility="Applications of districts are due June 6, 2030.",
            key_dates=(POST, CLOSE) if dated else (POST,),
        )
    )


def days(found: Opportunity) -> list[tuple[str, PartialDate]]:
    return [(key.name, key.day) for key in found.key_dates]


def test_only_the_explanation_is_read_for_dates() -> None:
    assert days(opportunity()) == [("post", POST.day), ("application", CLOSE.day)]
    assert days(opportunity(dated=False)) == [("post", POST.day)]
    assert not opportunity(dated=False).is_rolling


def test_earlier_dates_that_the_explanation_states_are_added() -> None:
    found = opportunity("Letters of intent are due February 20, 2031. Applications are due April 30, 2031.")

    assert days(found)[2:] == [("intent", PartialDate(2, 20, 2031))]
    quote = found.key_dates[2].quote
    assert quote is not None
    assert quote.span is not None
    assert quote.span.of(found.text) == quote.text


def test_no_later_deadline_is_added_to_the_closing_date() -> None:
    found = opportunity("Deadline for intergovernmental review: June 30, 2031. Applications are due March 1.")

    assert days(found) == days(opportunity())


def test_where_the_closing_date_is_missing_the_explanation_gives_it() -> None:
    found = opportunity("Applications are due by March 1.", dated=False)

    assert days(found) == [("post", POST.day), ("application", PartialDate(3, 1, 2031))]
    assert found.key_dates[1].basis is Basis.INFERRED


def test_an_explanation_may_say_that_applications_are_taken_at_any_time() -> None:
    assert opportunity("Applications are accepted on a rolling basis.", dated=False).is_rolling
    assert not opportunity("Applications are due by 5 p.m.").is_rolling
