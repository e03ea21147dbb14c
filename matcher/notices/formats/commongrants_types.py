"""The applicant types of CommonGrants."""

from matcher.domain.vocabulary import ApplicantType

_Types = ApplicantType
APPLICANT_TYPES: dict[str, tuple[ApplicantType, ...]] = {
    "individual": (_Types.INDIVIDUALS,),
    "government_state": (_Types.STATE_GOVERNMENTS,),
    "government_county": (_Types.COUNTY_GOVERNMENTS,),
    "government_municipal": (_Types.CITY_OR_TOWNSHIP_GOVERNMENTS,),
    "government_special_district": (_Types.SPECIAL_DISTRICT_GOVERNMENTS,),
    "government_tribal": (_Types.TRIBAL_GOVERNMENTS,),
    "organization_tribal_other": (_Types.OTHER_TRIBAL_ORGANIZATIONS,),
    "school_district_independent": (_Types.INDEPENDENT_SCHOOL_DISTRICTS,),
    "higher_education_public": (_Types.PUBLIC_HIGHER_EDUCATION,),
    "higher_education_private": (_Types.PRIVATE_HIGHER_EDUCATION,),
    "non_profit_with_501c3": (_Types.NONPROFITS_WITH_501C3,),
    "nonprofit_without_501c3": (_Types.NONPROFITS_WITHOUT_501C3,),
    "for_profit_small_business": (_Types.SMALL_BUSINESSES,),
    "for_profit_not_small_business": (_Types.FOR_PROFITS,),
    "unrestricted": (_Types.UNRESTRICTED,),
}
"""`organization` and `custom` are not among them: they name no type."""
