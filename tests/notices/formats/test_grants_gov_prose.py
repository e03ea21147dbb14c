from dataclasses import replace

import pytest

from matcher.domain.dates import PartialDate
from matcher.domain.opportunity import KeyDate, Opportunity
from matcher.domain.vocabulary import ApplicantType, Basis, OpportunityStatus
from matcher.notices.formats.grants_gov_notice import GrantsGovNotice, opportunity_of
from matcher.notices.formats.grants_gov_prose import refined

CLOSE = KeyDate("application", PartialDate(4, 30, 2031))
POST = KeyDate("post", PartialDate(1, 15, 2031))


def opportunity(
    closing: str = "", eligibility: str = "", *, applicants: tuple[str, ...] = ("12",), dated: bool = True
) -> Opportunity:
    return opportunity_of(
        GrantsGovNotice(
            identifier="1",
            status=OpportunityStatus.POSTED,
            title="Hedges",
            description="Applications were due May 5, 2030 in the last round. Anyone may apply.",
            closing=closing,
            eligibility=eligibility,
            applicants=applicants,
            key_dates=(POST, CLOSE) if dated else (POST,),
        )
    )


def days(found: Opportunity) -> list[tuple[str, PartialDate]]:
    return [(key.name, key.day) for key in found.key_dates]


def test_without_prose_fields_nothing_is_added() -> None:
    plain = opportunity()

    assert refined(plain) is plain


def test_earlier_dates_that_the_explanation_states_are_added() -> None:
    found = refined(opportunity("Letters of intent are due February 20, 2031. Applications are due April 30, 2031."))

    assert days(found)[2:] == [("intent", PartialDate(2, 20, 2031))]
    quote = found.key_dates[2].quote
    assert quote is not None
    assert quote.span is not None
    assert quote.span.of(found.text) == quote.text


def test_no_later_deadline_is_added_to_the_closing_date() -> None:
    found = refined(opportunity("Deadline for intergovernmental review: June 30, 2031. Applications are due March 1."))

    assert days(found) == days(opportunity())


def test_where_the_closing_date_is_missing_the_explanation_gives_it() -> None:
    found = refined(opportunity("Applications are due by March 1.", dated=False))

    assert days(found) == [("post", POST.day), ("application", PartialDate(3, 1, 2031))]
    assert found.key_dates[1].basis is Basis.INFERRED


def test_an_explanation_may_say_that_applications_are_taken_at_any_time() -> None:
    assert refined(opportunity("Applications are accepted on a rolling basis.", dated=False)).is_rolling
    assert not refined(opportunity("Applications are due by 5 p.m.")).is_rolling


@pytest.mark.parametrize("applicants", [("25",), ()])
def test_where_the_codes_send_the_reader_to_the_prose_it_is_read(applicants: tuple[str, ...]) -> None:
    coded = opportunity(eligibility="Eligible applicants are local educational agencies.", applicants=applicants)
    found = refined(coded)

    assert found.eligibility.applicant_types == (
        *coded.eligibility.applicant_types,
        ApplicantType.LOCAL_EDUCATIONAL_AGENCIES,
    )
    assert found.eligibility.basis is Basis.INFERRED
    assert found.eligibility.note == coded.eligibility.note


def test_codes_that_stand_for_themselves_are_the_last_word() -> None:
    coded = opportunity("Apply soon.", "Eligible applicants are local educational agencies.")

    assert refined(coded) == coded


def test_only_the_prose_fields_are_read() -> None:
    coded = opportunity(eligibility="See the notice.", applicants=("25",), dated=False)

    assert refined(coded) == coded
    assert refined(replace(coded, key_dates=())).key_dates == ()
