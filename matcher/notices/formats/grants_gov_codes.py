"""What the codes of Grants.gov mean in our vocabulary, which is that of Simpler.Grants.gov."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from matcher.domain.vocabulary import ApplicantType

Name = TypeVar("Name")

APPLICANT_TYPES: Mapping[str, ApplicantType] = {
    code: kind for kind in ApplicantType if (code := kind.grants_gov_code) is not None
}
"""Who may apply, by the two digits of `EligibleApplicants`; 25 means those whom the text on eligibility names."""

FUNDING_CATEGORIES: Mapping[str, str] = {
    "ACA": "affordable_care_act",
    "AG": "agriculture",
    "AR": "arts",
    "BC": "business_and_commerce",
    "CD": "community_development",
    "CP": "consumer_protection",
    "DPR": "disaster_prevention_and_relief",
    "ED": "education",
    "EIC": "energy_infrastructure_and_critical_mineral_and_materials",
    "ELT": "employment_labor_and_training",
    "EN": "energy",
    "ENV": "environment",
    "FN": "food_and_nutrition",
    "HL": "health",
    "HO": "housing",
    "HU": "humanities",
    "IIJ": "infrastructure_investment_and_jobs_act",
    "IS": "information_and_statistics",
    "ISS": "income_security_and_social_services",
    "LJL": "law_justice_and_legal_services",
    "NR": "natural_resources",
    "O": "other",
    "OZ": "opportunity_zone_benefits",
    "RA": "recovery_act",
    "RD": "regional_development",
    "RT": "recreation_and_tourism",
    "ST": "science_technology_and_other_research_and_development",
    "T": "transportation",
}
"""What the money is for, by the letters of `CategoryOfFundingActivity`."""

FUNDING_INSTRUMENTS: Mapping[str, str] = {
    "CA": "cooperative_agreement",
    "G": "grant",
    "O": "other",
    "PC": "procurement_contract",
}
"""How the money is given, by the letters of `FundingInstrumentType`."""

PLACEHOLDER_YEAR = 2099
"""A closing date in this year means that there is none: applications are taken at any time."""


def named(codes: Iterable[str], names: Mapping[str, Name]) -> tuple[Name, ...]:
    """Return the names of those `codes` that have one, each once; the others are left out."""
    return tuple(dict.fromkeys(names[code] for code in codes if code in names))
