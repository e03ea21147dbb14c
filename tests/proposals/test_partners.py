import pytest

from matcher.domain.evidence import Span
from matcher.domain.proposal import Section
from matcher.domain.vocabulary import ApplicantType, Basis
from matcher.proposals.fields import Field, Scalar
from matcher.proposals.partners import partners_answered, partners_said
from matcher.proposals.statements import applicant_pattern, statements_of

STATED, INFERRED = Basis.STATED, Basis.INFERRED
DISTRICT, CHARTER, C3 = (
    ApplicantType.INDEPENDENT_SCHOOL_DISTRICTS,
    ApplicantType.CHARTER_SCHOOLS,
    ApplicantType.NONPROFITS_WITH_501C3,
)
CITY, COUNTY = ApplicantType.CITY_OR_TOWNSHIP_GOVERNMENTS, ApplicantType.COUNTY_GOVERNMENTS
PUBLIC, PRIVATE = ApplicantType.PUBLIC_HIGHER_EDUCATION, ApplicantType.PRIVATE_HIGHER_EDUCATION


def said(text: str) -> list[tuple[ApplicantType, Basis]]:
    sections = [Section("Who?", text, Span(0, len(text)))]
    facts = list(partners_said(statements_of(sections), applicant_pattern("Old Town Shade Club", sections), text))
    for fact in facts:
        assert fact.quote is not None
        assert fact.quote.span is not None
        assert fact.quote.span.of(text) == fact.quote.text
    return [(fact.value, fact.basis) for fact in facts]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("In partnership with the school district, we plant trees.", [(DISTRICT, STATED)]),
        ("We partner with the Kern Unified School District to plant trees.", [(DISTRICT, STATED)]),
        ("Old Town Shade Club collaborates closely with charter schools in Kern.", [(CHARTER, STATED)]),
        ("This project is run in collaboration with the City of Kern.", [(CITY, STATED)]),
        ("Our partner is the County of Kern.", [(COUNTY, STATED)]),
        ("Our main partners are a community college and a housing authority.", [
            (PUBLIC, STATED), (ApplicantType.HOUSING_AUTHORITIES, STATED),
        ]),
        ("We are partnering with local nonprofits.", [(C3, INFERRED)]),
        ("We partner with KUSD.", [(DISTRICT, INFERRED)]),
        ("We partner with a local university.", [(PUBLIC, INFERRED), (PRIVATE, INFERRED)]),
        ("We hope to partner with the school district.", [(DISTRICT, INFERRED)]),
        ("We apply jointly with a federally recognized tribe and tribal governments.", [
            (ApplicantType.TRIBAL_GOVERNMENTS, STATED),
        ]),
    ],
)  # fmt: skip
def test_partners_of_the_applicant_are_read_by_type(text: str, facts: list[tuple[ApplicantType, Basis]]) -> None:
    assert said(text) == facts


@pytest.mark.parametrize(
    "text",
    [
        "We serve schools that partner with the school district.",
        "The school district works in partnership with the city government.",
        "We do not partner with charter schools.",
        "We help teachers partner with the school district.",
        "We plant trees for the school district.",
        "We partner with artists to teach children of charter schools.",
        "We partner with neighbors who run small businesses.",
        "We work throughout Kern County in partnership with everyone.",
        "We partner with Kern County schools.",
    ],
)
def test_those_who_are_served_and_the_partners_of_others_are_none(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("answer", "facts"),
    [
        ("Kern Unified School District", [(DISTRICT, STATED)]),
        ("school_district", [(DISTRICT, STATED)]),
        ("City of Kern, Kern County", [(CITY, STATED), (COUNTY, STATED)]),
        ("none", []),
        ("No charter schools", []),
        ("Tree Friends", []),
        ("Many words " * 30 + "charter schools", []),
    ],
)
def test_answers_name_partners(answer: str, facts: list[tuple[ApplicantType, Basis]]) -> None:
    field = Field.of_values("partners", (Scalar(answer, Span(0, len(answer))),))
    assert [(fact.value, fact.basis) for fact in partners_answered([field])] == facts
