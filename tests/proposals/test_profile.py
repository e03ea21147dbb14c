from matcher.domain.evidence import Quote, Span
from matcher.domain.proposal import Section
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


def test_size_partners_and_cost_share_are_read_from_fields() -> None:
    fields = [
        field("annual_budget", "$1.2 million"),
        field("employees", "12"),
        field("partner_types", "school_district", "city government"),
        field("cost_share", "true"),
    ]

    profile = profile_of(fields, (), None, "")

    stated = (profile.annual_budget, profile.employees, profile.offers_cost_share)
    assert [fact.value if fact else None for fact in stated] == [1_200_000, 12, True]
    assert [fact.value for fact in profile.partner_types] == [
        ApplicantType.INDEPENDENT_SCHOOL_DISTRICTS,
        ApplicantType.CITY_OR_TOWNSHIP_GOVERNMENTS,
    ]
    for fact in (*stated, *profile.partner_types):
        assert fact is not None
        assert fact.quote is not None
        assert fact.basis is Basis.STATED


def test_a_field_goes_before_a_sentence_and_silence_stays_unknown() -> None:
    text = (
        "Our annual budget is $300,000. We employ 4 staff. We offer matching funds. We partner with the City of Kern."
    )
    sections = [Section("Who?", text, Span(0, len(text)))]

    profile = profile_of([field("annual_budget", "250000")], sections, None, text)
    silent = profile_of((), (), None, "")

    said = (profile.annual_budget, profile.employees, profile.offers_cost_share)
    assert [fact.value if fact else None for fact in said] == [250_000, 4, True]
    assert [fact.value for fact in profile.partner_types] == [ApplicantType.CITY_OR_TOWNSHIP_GOVERNMENTS]
    assert (silent.annual_budget, silent.employees, silent.offers_cost_share, silent.partner_types) == (
        None,
        None,
        None,
        (),
    )


def test_a_stated_type_replaces_an_inferred_one() -> None:
    fields = [field("organization_type", "nonprofit"), field("tax_status", "501(c)(3)")]

    types = profile_of(fields, (), Quote("Shade Club, a Project of Roots"), "").applicant_types

    assert [(fact.value, fact.basis) for fact in types] == [(ApplicantType.NONPROFITS_WITH_501C3, Basis.STATED)]
