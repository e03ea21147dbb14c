"""The kinds of applicants and the subjects of assistance listings (SAM.gov) in our vocabulary."""

from collections.abc import Mapping

from matcher.domain.vocabulary import ApplicantType

_Types = ApplicantType
_NONPROFITS = (_Types.NONPROFITS_WITH_501C3, _Types.NONPROFITS_WITHOUT_501C3)
_LOCAL = (_Types.COUNTY_GOVERNMENTS, _Types.CITY_OR_TOWNSHIP_GOVERNMENTS)

_APPLICANTS: Mapping[str, tuple[ApplicantType, ...]] = {
    "anyone/general public": (_Types.UNRESTRICTED,),
    "city or township government": (_Types.CITY_OR_TOWNSHIP_GOVERNMENTS,),
    "county government": (_Types.COUNTY_GOVERNMENTS,),
    "federally recognized indian tribal governments": (_Types.TRIBAL_GOVERNMENTS,),
    "for-profit organization": (_Types.FOR_PROFITS,),
    "government - general": (_Types.STATE_GOVERNMENTS, *_LOCAL, _Types.SPECIAL_DISTRICT_GOVERNMENTS),
    "independent school district": (_Types.INDEPENDENT_SCHOOL_DISTRICTS,),
    "indian/native american tribal government": (_Types.OTHER_TRIBAL_ORGANIZATIONS,),
    "indian/native american tribally designated organization": (_Types.OTHER_TRIBAL_ORGANIZATIONS,),
    "individual/family": (_Types.INDIVIDUALS,),
    "local": _LOCAL,
    "native american organizations": (_Types.OTHER_TRIBAL_ORGANIZATIONS,),
    "nonprofit with 501c3 irs status": (_Types.NONPROFITS_WITH_501C3,),
    "nonprofit without 501c3 irs status": (_Types.NONPROFITS_WITHOUT_501C3,),
    "private nonprofit institution/organization": _NONPROFITS,
    "profit organization": (_Types.FOR_PROFITS,),
    "public nonprofit institution/organization": _NONPROFITS,
    "public/indian housing authority": (_Types.HOUSING_AUTHORITIES,),
    "quasi-public nonprofit institution/organization": _NONPROFITS,
    "small business": (_Types.SMALL_BUSINESSES,),
    "special district government": (_Types.SPECIAL_DISTRICT_GOVERNMENTS,),
    "state": (_Types.STATE_GOVERNMENTS,),
}
"""Names in small letters, without what they add in brackets; names that mean no one type are left out."""

_COLLEGES = (
    ("private nonprofit", (_Types.PRIVATE_HIGHER_EDUCATION,)),
    ("public nonprofit", (_Types.PUBLIC_HIGHER_EDUCATION,)),
    ("state", (_Types.PUBLIC_HIGHER_EDUCATION,)),
)
_INCLUDES_COLLEGES = "institutions of higher education and hospitals"

_CATEGORIES: Mapping[str, str] = {
    "Agricultural": "agriculture",
    "Business and Commerce": "business_and_commerce",
    "Community Development": "community_development",
    "Consumer Protection": "consumer_protection",
    "Cultural Affairs": "arts",
    "Disaster Prevention and Relief": "disaster_prevention_and_relief",
    "Education": "education",
    "Employment, Labor, and Training": "employment_labor_and_training",
    "Energy": "energy",
    "Environmental Quality": "environment",
    "Food and Nutrition": "food_and_nutrition",
    "Health": "health",
    "Housing": "housing",
    "Income Security and Social Services": "income_security_and_social_services",
    "Information and Statistics": "information_and_statistics",
    "Law, Justice and Legal Services": "law_justice_and_legal_services",
    "Natural Resources": "natural_resources",
    "Regional Development": "regional_development",
    "Science and Technology": "science_technology_and_other_research_and_development",
    "Transportation": "transportation",
}


def applicant_types(name: str) -> tuple[ApplicantType, ...]:
    """Return the types that a kind of applicant means; none where it means no one type ("Minority group").

    A name that says that it includes institutions of higher education means those too.
    """
    plain = name.replace("lndian", "Indian").lower()  # some listings write a small L
    bare, _, added = plain.partition(" (")
    found = _APPLICANTS.get(bare, ())
    if _INCLUDES_COLLEGES in added and "excludes" not in added:
        found += next((types for beginning, types in _COLLEGES if bare.startswith(beginning)), ())
    return found


def funding_category(name: str) -> str | None:
    """Return the category of a subject such as "Health - Mental Health", or None for one that is not known."""
    return _CATEGORIES.get(name.partition(" - ")[0].strip())
