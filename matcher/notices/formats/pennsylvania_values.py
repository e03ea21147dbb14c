"""What Pennsylvania's agencies write into the fields of their grants, and what that means."""

import re

from matcher.domain.vocabulary import ApplicantType, OpportunityStatus
from matcher.notices import applicants
from matcher.notices.formats.plain_values import whole_amount
from matcher.notices.formats.state_categories import STATE_CATEGORIES
from matcher.text.layout import collapsed
from matcher.text.money import find_money

STATUSES = {
    "accepting applications": OpportunityStatus.POSTED,
    "closed": OpportunityStatus.CLOSED,
    "upcoming": OpportunityStatus.FORECASTED,
}
LONGEST_YEARS_AHEAD = 5
"""Years from the last change of a record to a deadline that means one; 2035-12-31 stands for "always open"."""

_Types = ApplicantType
_CLASSES: dict[str, tuple[ApplicantType, ...]] = {
    "nonprofit": (_Types.NONPROFITS_WITH_501C3, _Types.NONPROFITS_WITHOUT_501C3),
    "municipality": (_Types.COUNTY_GOVERNMENTS, _Types.CITY_OR_TOWNSHIP_GOVERNMENTS),
    "local government": (_Types.COUNTY_GOVERNMENTS, _Types.CITY_OR_TOWNSHIP_GOVERNMENTS),
    "public agency": (
        _Types.STATE_GOVERNMENTS,
        _Types.COUNTY_GOVERNMENTS,
        _Types.CITY_OR_TOWNSHIP_GOVERNMENTS,
        _Types.SPECIAL_DISTRICT_GOVERNMENTS,
        _Types.HOUSING_AUTHORITIES,
    ),
    "school": (
        _Types.LOCAL_EDUCATIONAL_AGENCIES,
        _Types.INDEPENDENT_SCHOOL_DISTRICTS,
        _Types.CHARTER_SCHOOLS,
    ),
    "business": (_Types.SMALL_BUSINESSES, _Types.FOR_PROFITS),
    "individual": (_Types.INDIVIDUALS,),
    "native american tribal organization or government": (
        _Types.TRIBAL_GOVERNMENTS,
        _Types.OTHER_TRIBAL_ORGANIZATIONS,
    ),
    "other legal entity": (_Types.OTHER,),
    "other": (_Types.OTHER,),
    "all": (_Types.UNRESTRICTED,),
}
"""The classes of `applicantCategory`. A municipality of Pennsylvania may be a county: 1 Pa.C.S. 1991."""

_CLASS_SEPARATOR = re.compile(r"[;,\n]\s*(?:and\s+)?")
_KIND_SEPARATOR = re.compile(r"[;\n]\s*")
_INSTRUMENTS = {"grant": "grant", "grants": "grant", "grant agreement": "grant", "loan": "loan"}
_STATEWIDE = re.compile(r"(?:state-?wide|commonwealth[ -]?wide|(?:all (?:of )?)?(?:pennsylvania|pa))\W*", re.IGNORECASE)
_NAMED_PLACE = re.compile(r"(?:[\w.'’-]+,? ){1,8}(?:county|counties|watershed|region)\W*", re.IGNORECASE)
_MOST_WORDS_BESIDE_AMOUNT = 2


def applicant_types(classes: str, kinds: str) -> tuple[tuple[ApplicantType, ...], tuple[str, ...]]:
    """Return the types that may apply and the words for others that mean none of them.

    Args:
        classes: The field `applicantCategory`, a list of the portal's classes.
        kinds: The field `applicantType`, in the agency's own words; its unknown names count only where the portal's
            classes say nothing.
    """
    found: dict[ApplicantType, None] = {}
    unknown: dict[str, None] = {}
    for part in filter(None, map(collapsed, _CLASS_SEPARATOR.split(classes))):
        types = _CLASSES.get(part.casefold()) or applicants.applicant_types(part)
        found.update(dict.fromkeys(types))
        if not types:
            unknown[part] = None
    has_classes = bool(found or unknown)
    for part in filter(None, map(collapsed, _KIND_SEPARATOR.split(kinds))):
        types = _CLASSES.get(part.casefold()) or applicants.applicant_types(part)
        found.update(dict.fromkeys(types))
        if not types and not has_classes:
            unknown[part] = None
    return tuple(found), tuple(unknown)


def funding_categories(category: str) -> tuple[str, ...]:
    """Return the funding categories that the portal's category stands for."""
    return STATE_CATEGORIES.get(category.casefold(), ("other",)) if category else ()


def instruments(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """Return what the money is: `grant`, `loan`, or `other` (tax credits, rebates, bonds)."""
    return tuple(dict.fromkeys(_INSTRUMENTS.get(kind.casefold(), "other") for kind in kinds))


def places(geography: str) -> tuple[str, ...]:
    """Return the places of a field on geography that is the name of one; people and conditions are no places."""
    if _STATEWIDE.fullmatch(geography):
        return ("Pennsylvania",)
    return (geography.rstrip("."),) if _NAMED_PLACE.fullmatch(geography) else ()


def amount(written: str) -> int | None:
    """Return the dollars of a field: a bare number, or one amount with hardly a word beside it ("$10 million total").

    A sentence says more than one number can ("40% of the total, whichever is less"), so it is left to the text.
    """
    bare = whole_amount(written)
    mentions = find_money(written)
    if bare is not None or len(mentions) != 1:
        return bare
    span = mentions[0].span
    beside = written[: span.start].split() + written[span.end :].split()
    return mentions[0].maximum or None if len(beside) <= _MOST_WORDS_BESIDE_AMOUNT else None
