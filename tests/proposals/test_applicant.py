import pytest

from matcher.domain.evidence import Quote, Span
from matcher.domain.proposal import Section
from matcher.domain.vocabulary import ApplicantType, Basis
from matcher.proposals.applicant import type_answers, type_by_name, types_said
from matcher.proposals.statements import applicant_pattern, statements_of

C3 = ApplicantType.NONPROFITS_WITH_501C3
CHARTER = ApplicantType.CHARTER_SCHOOLS


def said(text: str, organization: str | None = "Old Town Shade Club") -> list[tuple[ApplicantType, Basis]]:
    sections = [Section("Who?", text, Span(0, len(text)))]
    facts = list(types_said(statements_of(sections), applicant_pattern(organization, sections), text))
    for fact in facts:
        assert fact.quote is not None
        assert fact.quote.span is not None
        assert fact.quote.span.of(text) == fact.quote.text
    return [(fact.value, fact.basis) for fact in facts]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("We are a 501(c)(3) organization.", [(C3, Basis.STATED)]),
        ("As a small 501c3, we plant trees.", [(C3, Basis.STATED)]),
        ("While two 501(c)(3) charities, both organizations plant.", [(C3, Basis.STATED)]),
        ("Old Town Shade Club, a nonprofit for trees, is old.", [(C3, Basis.INFERRED)]),
        ("We are fiscally sponsored.", [(C3, Basis.INFERRED)]),
        (
            "Old Town Shade Club (Shade) grew. Today Shade operates 9 public charter high schools.",
            [(CHARTER, Basis.STATED)],
        ),
        (
            "Old Town Shade Club has made its name as one of the best nonprofit charter school networks.",
            [(CHARTER, Basis.STATED), (C3, Basis.INFERRED)],
        ),
        ("We are a rural school district.", [(ApplicantType.INDEPENDENT_SCHOOL_DISTRICTS, Basis.STATED)]),
        ("We are a community college.", [(ApplicantType.PUBLIC_HIGHER_EDUCATION, Basis.STATED)]),
        ("We are a federally recognized tribe.", [(ApplicantType.TRIBAL_GOVERNMENTS, Basis.STATED)]),
    ],
)
def test_what_is_said_of_the_applicant_is_taken_with_its_sentence(
    text: str, facts: list[tuple[ApplicantType, Basis]]
) -> None:
    assert said(text) == facts


@pytest.mark.parametrize(
    "text",
    [
        "We partner with local nonprofits and charter schools.",
        "Root Works is a 501(c)(3) nonprofit.",
        "We are a club that works with charter management organizations.",
        "We are not a nonprofit.",
        "If Old Town Shade Club were a school district, it would be large.",
        "We are a coalition of nonprofits.",
        "Our partners are charter schools.",
        "We operate a truck for the school district.",
        "Old Town Shade Club partners with the city and with charter schools.",
    ],
)
def test_what_is_said_of_others_is_not_taken(text: str) -> None:
    assert said(text) == []


def test_a_type_is_quoted_once_however_often_it_is_said() -> None:
    assert said("We are a nonprofit. We are a nonprofit. We are a nonprofit.") == [(C3, Basis.INFERRED)]


@pytest.mark.parametrize(
    ("name", "applicant_type"),
    [
        ("Old Town Unified School District", ApplicantType.INDEPENDENT_SCHOOL_DISTRICTS),
        ("City of Old Town", ApplicantType.CITY_OR_TOWNSHIP_GOVERNMENTS),
        ("Kern County", ApplicantType.COUNTY_GOVERNMENTS),
        ("Shade Club, a Project of Old Town Foundation", C3),
        ("North State University", ApplicantType.PUBLIC_HIGHER_EDUCATION),
    ],
)
def test_a_telling_name_infers_a_type(name: str, applicant_type: ApplicantType) -> None:
    assert [(f.value, f.basis) for f in type_by_name(Quote(name))] == [(applicant_type, Basis.INFERRED)]


@pytest.mark.parametrize("name", ["Shade Club", "Friends of the City of Old Town", "Trees, Inc."])
def test_other_names_infer_nothing(name: str) -> None:
    assert list(type_by_name(Quote(name))) == []


def test_an_answer_about_the_status_states_the_type() -> None:
    assert [(f.value, f.basis) for f in type_answers([Quote("501(c)(3)")])] == [(C3, Basis.STATED)]
    assert [f.value for f in type_answers([Quote("school_district")])] == [ApplicantType.INDEPENDENT_SCHOOL_DISTRICTS]
    assert list(type_answers([Quote("not a nonprofit")])) == []
