"""What the values of a Grants.gov notice mean, whichever of its files they came in."""

from matcher.domain.opportunity import Opportunity
from matcher.domain.vocabulary import ApplicantType, OpportunityStatus, PriorityKind
from matcher.notices.formats.grants_gov_notice import GrantsGovNotice, opportunity_of

WORDS = "Eligible applicants are local educational agencies. Individuals are not eligible."


def opportunity(description: str = "", eligibility: str = "", applicants: tuple[str, ...] = ()) -> Opportunity:
    return opportunity_of(
        GrantsGovNotice(
            identifier="1",
            status=OpportunityStatus.POSTED,
            title="Hedges",
            description=description,
            eligibility=eligibility,
            applicants=applicants,
        )
    )


def test_where_the_codes_send_the_reader_to_the_prose_it_is_read() -> None:
    found = opportunity(eligibility=WORDS, applicants=("25",)).eligibility

    assert ApplicantType.LOCAL_EDUCATIONAL_AGENCIES in found.applicant_types
    assert found.excluded_types == (ApplicantType.INDIVIDUALS,)


def test_without_codes_the_prose_says_who_may_apply() -> None:
    assert ApplicantType.LOCAL_EDUCATIONAL_AGENCIES in opportunity(eligibility=WORDS).eligibility.applicant_types


def test_the_words_on_eligibility_are_quoted_from_the_running_text() -> None:
    found = opportunity("Plant hedges.", WORDS, ("12",))

    assert found.eligibility.note is not None
    assert found.eligibility.note.span is not None
    assert found.eligibility.note.span.of(found.text) == WORDS


def test_without_words_the_codes_stand_alone() -> None:
    found = opportunity("Individuals are not eligible.", applicants=("12", "03")).eligibility

    assert found.applicant_types == (ApplicantType.NONPROFITS_WITH_501C3,)
    assert found.unrecognized_types == ("applicant type 03 of Grants.gov",)
    assert (found.excluded_types, found.note) == ((), None)


def test_the_description_says_what_the_money_is_for() -> None:
    found = opportunity("The purpose of this program is to plant hedges near schools.", WORDS)
    (priority,) = found.priorities

    assert priority.kind is PriorityKind.PURPOSE
    assert priority.quote.span is not None
    assert priority.quote.span.of(found.text) == priority.quote.text
    assert "plant hedges" in priority.quote.text


def test_a_notice_without_a_description_has_no_priorities() -> None:
    assert opportunity(eligibility=f"The purpose of this program is to plant hedges. {WORDS}").priorities == ()
