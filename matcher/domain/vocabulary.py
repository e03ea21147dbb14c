"""Controlled vocabularies, in the spelling of Simpler.Grants.gov."""

from enum import StrEnum


class ApplicantType(StrEnum):
    """Who applies: the applicant types of Grants.gov, and two that notices name and Grants.gov lacks."""

    STATE_GOVERNMENTS = "state_governments"
    COUNTY_GOVERNMENTS = "county_governments"
    CITY_OR_TOWNSHIP_GOVERNMENTS = "city_or_township_governments"
    SPECIAL_DISTRICT_GOVERNMENTS = "special_district_governments"
    INDEPENDENT_SCHOOL_DISTRICTS = "independent_school_districts"
    PUBLIC_HIGHER_EDUCATION = "public_and_state_institutions_of_higher_education"
    TRIBAL_GOVERNMENTS = "federally_recognized_native_american_tribal_governments"
    HOUSING_AUTHORITIES = "public_and_indian_housing_authorities"
    OTHER_TRIBAL_ORGANIZATIONS = "other_native_american_tribal_organizations"
    NONPROFITS_WITH_501C3 = "nonprofits_non_higher_education_with_501c3"
    NONPROFITS_WITHOUT_501C3 = "nonprofits_non_higher_education_without_501c3"
    PRIVATE_HIGHER_EDUCATION = "private_institutions_of_higher_education"
    INDIVIDUALS = "individuals"
    FOR_PROFITS = "for_profit_organizations_other_than_small_businesses"
    SMALL_BUSINESSES = "small_businesses"
    OTHER = "other"
    UNRESTRICTED = "unrestricted"
    LOCAL_EDUCATIONAL_AGENCIES = "local_educational_agencies"
    """Districts, and charter schools that are their own agency: 20 U.S.C. 7801(30)."""
    CHARTER_SCHOOLS = "charter_schools"
    """Charter schools and the nonprofits that run them: 20 U.S.C. 7221i."""

    @property
    def label(self) -> str:
        """The words a person would use, in the plural."""
        return _LABELS[self]

    @property
    def one(self) -> str:
        """The words for a single one of them, with its article."""
        return _SINGLE[self]

    @property
    def grants_gov_code(self) -> str | None:
        """The two-digit code of Grants.gov, or None where it has none."""
        return _GRANTS_GOV_CODES.get(self)


_GRANTS_GOV_CODES = {
    ApplicantType.STATE_GOVERNMENTS: "00",
    ApplicantType.COUNTY_GOVERNMENTS: "01",
    ApplicantType.CITY_OR_TOWNSHIP_GOVERNMENTS: "02",
    ApplicantType.SPECIAL_DISTRICT_GOVERNMENTS: "04",
    ApplicantType.INDEPENDENT_SCHOOL_DISTRICTS: "05",
    ApplicantType.PUBLIC_HIGHER_EDUCATION: "06",
    ApplicantType.TRIBAL_GOVERNMENTS: "07",
    ApplicantType.HOUSING_AUTHORITIES: "08",
    ApplicantType.OTHER_TRIBAL_ORGANIZATIONS: "11",
    ApplicantType.NONPROFITS_WITH_501C3: "12",
    ApplicantType.NONPROFITS_WITHOUT_501C3: "13",
    ApplicantType.PRIVATE_HIGHER_EDUCATION: "20",
    ApplicantType.INDIVIDUALS: "21",
    ApplicantType.FOR_PROFITS: "22",
    ApplicantType.SMALL_BUSINESSES: "23",
    ApplicantType.OTHER: "25",
    ApplicantType.UNRESTRICTED: "99",
}

_LABELS = {
    **{kind: kind.value.replace("_", " ") for kind in ApplicantType},
    ApplicantType.PUBLIC_HIGHER_EDUCATION: "public colleges and universities",
    ApplicantType.PRIVATE_HIGHER_EDUCATION: "private colleges and universities",
    ApplicantType.TRIBAL_GOVERNMENTS: "federally recognized tribal governments",
    ApplicantType.OTHER_TRIBAL_ORGANIZATIONS: "other Native American tribal organizations",
    ApplicantType.NONPROFITS_WITH_501C3: "nonprofits with 501(c)(3) status",
    ApplicantType.NONPROFITS_WITHOUT_501C3: "nonprofits without 501(c)(3) status",
    ApplicantType.FOR_PROFITS: "for-profit organizations",
    ApplicantType.OTHER: "others named in the notice",
    ApplicantType.UNRESTRICTED: "any applicant",
    ApplicantType.LOCAL_EDUCATIONAL_AGENCIES: "local educational agencies (LEAs)",
}

_SINGLE = {
    ApplicantType.STATE_GOVERNMENTS: "a state government",
    ApplicantType.COUNTY_GOVERNMENTS: "a county government",
    ApplicantType.CITY_OR_TOWNSHIP_GOVERNMENTS: "a city or township government",
    ApplicantType.SPECIAL_DISTRICT_GOVERNMENTS: "a special district government",
    ApplicantType.INDEPENDENT_SCHOOL_DISTRICTS: "an independent school district",
    ApplicantType.PUBLIC_HIGHER_EDUCATION: "a public college or university",
    ApplicantType.TRIBAL_GOVERNMENTS: "a federally recognized tribal government",
    ApplicantType.HOUSING_AUTHORITIES: "a public or Indian housing authority",
    ApplicantType.OTHER_TRIBAL_ORGANIZATIONS: "another Native American tribal organization",
    ApplicantType.NONPROFITS_WITH_501C3: "a nonprofit with 501(c)(3) status",
    ApplicantType.NONPROFITS_WITHOUT_501C3: "a nonprofit without 501(c)(3) status",
    ApplicantType.PRIVATE_HIGHER_EDUCATION: "a private college or university",
    ApplicantType.INDIVIDUALS: "an individual",
    ApplicantType.FOR_PROFITS: "a for-profit organization",
    ApplicantType.SMALL_BUSINESSES: "a small business",
    ApplicantType.OTHER: "another applicant named in the notice",
    ApplicantType.UNRESTRICTED: "any applicant",
    ApplicantType.LOCAL_EDUCATIONAL_AGENCIES: "a local educational agency (LEA)",
    ApplicantType.CHARTER_SCHOOLS: "a charter school",
}


class OpportunityStatus(StrEnum):
    """Where an opportunity stands in its life."""

    FORECASTED = "forecasted"
    POSTED = "posted"
    CLOSED = "closed"
    ARCHIVED = "archived"
    UNKNOWN = "unknown"


OVER = frozenset({OpportunityStatus.CLOSED, OpportunityStatus.ARCHIVED})
"""Where the time to apply is known to be over."""


class PriorityKind(StrEnum):
    """What a priority does to an application: 34 CFR 75.105(c), and what other funders state instead."""

    ABSOLUTE = "absolute"
    COMPETITIVE_PREFERENCE = "competitive_preference"
    INVITATIONAL = "invitational"
    GOAL = "goal"
    """One of several goals that a challenge lets the applicant choose from."""
    PURPOSE = "purpose"
    """What the money is for, where a notice states no priority."""


class SizeMeasure(StrEnum):
    """What a threshold on the applicant's size counts."""

    ANNUAL_BUDGET = "annual_budget"
    """Whole units of the notice's currency a year."""
    EMPLOYEES = "employees"
    PEOPLE_SERVED = "people_served"


class Verdict(StrEnum):
    """Whether an applicant may apply."""

    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"
    UNKNOWN = "unknown"


class Basis(StrEnum):
    """Where a value comes from."""

    STATED = "stated"
    """The text says so."""
    INFERRED = "inferred"
    """Concluded from the text by a rule."""
    SUPPLIED = "supplied"
    """Said by the caller, not by the text."""
