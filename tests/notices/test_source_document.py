"""The source documents that users bring, verbatim, where they are at hand."""

from dataclasses import replace
from datetime import date

import pytest

from matcher.domain.dates import PartialDate
from matcher.domain.opportunity import FundingRange
from matcher.domain.vocabulary import ApplicantType, Basis, OpportunityStatus, PriorityKind
from matcher.errors import NoticeRejected
from matcher.notices.reader import read_notice
from matcher.text.documents import Document


def test_the_race_to_the_top_post_is_read_as_a_program_officer_reads_it(race_to_the_top: Document) -> None:
    notice = read_notice(race_to_the_top)

    assert notice.title == " ".join(race_to_the_top.text.splitlines()[0].split())
    assert (notice.title[:15], notice.title[-21:]) == ("Race to the Top", "Personalized Learning")
    assert notice.agency_name == "U.S. Department of Education"
    assert (notice.text, notice.status) == (race_to_the_top.text, OpportunityStatus.UNKNOWN)
    assert notice.eligibility.applicant_types == (ApplicantType.LOCAL_EDUCATIONAL_AGENCIES,)
    assert notice.eligibility.note is not None
    assert "individual LEAs or consortia of LEAs" in notice.eligibility.note.text
    assert notice.description.endswith("Good luck!")
    assert notice.is_rolling is False


def test_its_money_is_read_with_the_two_tiers_that_it_states(race_to_the_top: Document) -> None:
    funding = read_notice(race_to_the_top).funding

    assert replace(funding, evidence=()) == FundingRange(5_000_000, 40_000_000, 400_000_000, 20, tiers=funding.tiers)
    assert [
        (tier.award_floor, tier.award_ceiling, tier.people_served_minimum, tier.people_served_maximum)
        for tier in funding.tiers
    ] == [(5_000_000, 10_000_000, 2_000, 5_000), (30_000_000, 40_000_000, 25_001, None)]
    told = {evidence.field: (evidence.basis, evidence.quote.text) for evidence in funding.evidence}
    assert told["award_floor"][0] is told["award_ceiling"][0] is Basis.INFERRED
    for field, amount in (("estimated_total_program_funding", "$400m"), ("expected_number_of_awards", "20 winning")):
        assert told[field][0] is Basis.STATED
        assert amount in told[field][1]


def test_its_dates_have_no_year_until_somebody_says_when_it_appeared(race_to_the_top: Document) -> None:
    bare = read_notice(race_to_the_top).key_dates
    dated = read_notice(race_to_the_top, published=date(2012, 8, 13)).key_dates

    assert [(key.name, key.day) for key in bare] == [
        ("intent", PartialDate(8, 30)),
        ("application", PartialDate(10, 30)),
    ]
    intent, application = (key.quote.text if key.quote else "" for key in bare)
    assert (intent[:15], intent[-9:], len(intent)) == ("Intent to Apply", "August 30", 35)
    assert application == "Application is due October 30"
    assert [(key.name, key.day.as_date(), key.basis) for key in dated] == [
        ("post", date(2012, 8, 13), Basis.SUPPLIED),
        ("intent", date(2012, 8, 30), Basis.INFERRED),
        ("application", date(2012, 10, 30), Basis.INFERRED),
    ]


def test_its_one_priority_has_seven_elements_in_its_own_words(race_to_the_top: Document) -> None:
    (priority,) = read_notice(race_to_the_top).priorities

    assert (priority.key, priority.kind) == ("1", PriorityKind.ABSOLUTE)
    assert priority.title == "Personalized Learning Environments"
    outlines = [
        ("build on the core", "(as defined in the notice)", 12),
        ("create learning environments", "requirements (as defined in the notice)", 48),
        ("accelerate student achievement", "needs of each student", 15),
        ("increase the effectiveness", "of educators", 5),
        ("expand student access", "effective educators", 8),
        ("decrease achievement gaps", "groups", 6),
        ("increase the rates", "college and careers", 15),
    ]
    for element, letter, (beginning, ending, words) in zip(priority.elements, "abcdefg", outlines, strict=True):
        assert element.key == f"1.{letter}"
        assert element.quote.text.startswith(beginning)
        assert element.quote.text.endswith(ending)
        assert len(element.quote.text.split()) == words
        assert element.quote.span is not None
        assert element.quote.span.of(race_to_the_top.text) == element.quote.text
    assert priority.elements[1].quote.text.count("(as defined in the notice)") == 2


def test_a_proposal_is_no_notice(proposal_document: Document) -> None:
    with pytest.raises(NoticeRejected):
        read_notice(proposal_document)
