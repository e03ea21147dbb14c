"""Which types of applicant count as another type."""

from collections.abc import Iterable, Mapping

from matcher.domain.vocabulary import ApplicantType

_Types = ApplicantType
_LOCAL = frozenset({_Types.COUNTY_GOVERNMENTS, _Types.CITY_OR_TOWNSHIP_GOVERNMENTS})
_SCHOOLS = frozenset({_Types.LOCAL_EDUCATIONAL_AGENCIES, _Types.INDEPENDENT_SCHOOL_DISTRICTS})

_INCLUDES: Mapping[ApplicantType, frozenset[ApplicantType]] = {
    _Types.LOCAL_EDUCATIONAL_AGENCIES: frozenset({_Types.INDEPENDENT_SCHOOL_DISTRICTS}),
}
"""Types that count as another one in every case."""

_MAY_INCLUDE: Mapping[ApplicantType, frozenset[ApplicantType]] = {
    _Types.LOCAL_EDUCATIONAL_AGENCIES: frozenset({_Types.CHARTER_SCHOOLS}),
    _Types.INDEPENDENT_SCHOOL_DISTRICTS: frozenset({_Types.LOCAL_EDUCATIONAL_AGENCIES, _Types.CHARTER_SCHOOLS}),
    _Types.CHARTER_SCHOOLS: frozenset({_Types.LOCAL_EDUCATIONAL_AGENCIES}),
    _Types.NONPROFITS_WITH_501C3: frozenset(
        {_Types.NONPROFITS_WITHOUT_501C3, _Types.CHARTER_SCHOOLS, _Types.OTHER_TRIBAL_ORGANIZATIONS}
    ),
    _Types.NONPROFITS_WITHOUT_501C3: frozenset(
        {_Types.NONPROFITS_WITH_501C3, _Types.CHARTER_SCHOOLS, _Types.OTHER_TRIBAL_ORGANIZATIONS}
    ),
    _Types.SMALL_BUSINESSES: frozenset({_Types.FOR_PROFITS}),
    _Types.FOR_PROFITS: frozenset({_Types.SMALL_BUSINESSES}),
    _Types.TRIBAL_GOVERNMENTS: frozenset({_Types.OTHER_TRIBAL_ORGANIZATIONS}),
    _Types.OTHER_TRIBAL_ORGANIZATIONS: frozenset({_Types.TRIBAL_GOVERNMENTS}),
    _Types.COUNTY_GOVERNMENTS: frozenset({_Types.CITY_OR_TOWNSHIP_GOVERNMENTS, _Types.SPECIAL_DISTRICT_GOVERNMENTS}),
    _Types.CITY_OR_TOWNSHIP_GOVERNMENTS: frozenset(
        {_Types.COUNTY_GOVERNMENTS, _Types.HOUSING_AUTHORITIES, _Types.SPECIAL_DISTRICT_GOVERNMENTS}
    ),
    _Types.SPECIAL_DISTRICT_GOVERNMENTS: frozenset({_Types.HOUSING_AUTHORITIES}) | _LOCAL | _SCHOOLS,
    _Types.HOUSING_AUTHORITIES: frozenset({_Types.SPECIAL_DISTRICT_GOVERNMENTS}) | _LOCAL,
}
"""Types that may count as another one, which neither side settles."""


def counts_as(kind: ApplicantType, named: Iterable[ApplicantType]) -> bool:
    """Whether an applicant of `kind` is one of the `named` types in every case."""
    return any(kind is other or kind in _INCLUDES.get(other, ()) for other in named)


def may_count_as(kind: ApplicantType, named: Iterable[ApplicantType]) -> bool:
    """Whether an applicant of `kind` may be one of the `named` types, which must be asked."""
    return any(kind in _MAY_INCLUDE.get(other, ()) for other in named)
