from matcher.domain.evidence import Quote, Span
from matcher.domain.vocabulary import ApplicantType, Basis
from matcher.proposals.fields import Field, Scalar
from matcher.proposals.profile import profile_of


def field(key: str, *values: str) -> Field:
    return Field.of_values(key, tuple(Scalar(value, Span(0, len(value))) for value in values))


def test_places_are_the_short_values_each_once() -> None:
    fields = [
        field("project_areas", "Old Town", "North Side; South Side", "old town"),
        field("Where will you be working?", "We will be working in many of the places that lack shade."),
    ]

    profile = profile_of(fields, (), None, "")

    assert [place.value for place in profile.places] == ["Old Town", "North Side", "South Side"]


def test_the_year_is_a_year() -> None:
    assert profile_of([field("year", "spring")], (), None, "").year is None
    year = profile_of([field("fiscal_year", "FY 2031")], (), None, "").year
    assert year is not None
    assert year.value == 2031


def test_a_stated_type_replaces_an_inferred_one() -> None:
    fields = [field("organization_type", "nonprofit"), field("tax_status", "501(c)(3)")]

    types = profile_of(fields, (), Quote("Shade Club, a Project of Roots"), "").applicant_types

    assert [(fact.value, fact.basis) for fact in types] == [(ApplicantType.NONPROFITS_WITH_501C3, Basis.STATED)]
