from dataclasses import replace
from datetime import date

import pytest

from matcher.domain.dates import PartialDate
from matcher.domain.opportunity import FundingRange, Opportunity
from matcher.domain.vocabulary import ApplicantType, Basis, OpportunityStatus, PriorityKind
from matcher.errors import NoticeRejected
from matcher.notices.prose import read_prose_notice
from tests.notices.texts import ORCHARD_FUND, SAFE_WALKS, text_document


def read(text: str, published: date | None = None) -> Opportunity:
    return read_prose_notice(text_document(text), published=published)


def test_a_blog_post_that_quotes_a_notice_is_read_in_full() -> None:
    notice = read(SAFE_WALKS)

    assert notice.title == "Safe Walks to School: $60m for Calmer Streets"
    assert notice.agency_name == "U.S. Department of Transportation"
    assert notice.status is OpportunityStatus.UNKNOWN
    assert [(priority.key, priority.kind, len(priority.elements)) for priority in notice.priorities] == [
        ("1", PriorityKind.ABSOLUTE, 5)
    ]
    assert notice.eligibility.applicant_types == (ApplicantType.LOCAL_EDUCATIONAL_AGENCIES,)
    assert (notice.funding.estimated_total_program_funding, notice.funding.expected_number_of_awards) == (
        60_000_000,
        12,
    )
    assert [(tier.award_floor, tier.people_served_maximum) for tier in notice.funding.tiers] == [
        (2_000_000, 3_000),
        (6_000_000, None),
    ]
    assert [(key.name, key.day) for key in notice.key_dates] == [
        ("intent", PartialDate(3, 3)),
        ("application", PartialDate(5, 20)),
    ]


def test_comments_and_page_furniture_say_nothing() -> None:
    notice = read(SAFE_WALKS)

    assert notice.text == SAFE_WALKS
    assert notice.description.endswith("Good luck!")
    assert "999" not in notice.description
    assert all(key.day.year is None for key in notice.key_dates)


def test_the_callers_day_of_publication_completes_the_dates() -> None:
    notice = read(SAFE_WALKS, date(2031, 2, 1))

    assert [(key.name, key.day.as_date(), key.basis) for key in notice.key_dates] == [
        ("post", date(2031, 2, 1), Basis.SUPPLIED),
        ("intent", date(2031, 3, 3), Basis.INFERRED),
        ("application", date(2031, 5, 20), Basis.INFERRED),
    ]


def test_a_notice_without_stated_priority_has_its_purpose_as_one() -> None:
    notice = read(ORCHARD_FUND)

    assert [(priority.kind, priority.title) for priority in notice.priorities] == [
        (PriorityKind.PURPOSE, "Orchard Fund")
    ]
    assert replace(notice.funding, evidence=()) == FundingRange(award_ceiling=5_000)
    assert (notice.is_rolling, notice.key_dates) == (True, ())
    assert notice.eligibility.places == ("Oregon",)


def test_an_amended_text_keeps_its_identifier() -> None:
    amended = SAFE_WALKS.replace("$60m for approximately 12", "$80m for approximately 16").replace("May 20", "June 1")

    assert read(amended).opportunity_id == read(SAFE_WALKS).opportunity_id


def test_what_a_text_does_not_say_stays_unknown() -> None:
    notice = read("Lantern Grant\n\nApply for a lantern.")

    assert (notice.agency_name, notice.opportunity_number, notice.source_url) == (None, None, None)
    assert (notice.funding, notice.key_dates, notice.assistance_listing_numbers) == (FundingRange(), (), ())
    assert (notice.eligibility.applicant_types, notice.eligibility.note) == ((), None)


def test_a_text_that_does_not_say_what_the_money_is_for_is_refused() -> None:
    with pytest.raises(NoticeRejected, match="what the money is for"):
        read("Grants\n\n$5,000\n\n2031")
