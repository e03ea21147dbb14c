"""What the California Grants Portal writes into its columns, and what that means.

The portal asks agencies with a form, so most columns have few values; the words around them are free.
https://data.ca.gov/dataset/california-grants-portal, resource 111c8c88-21f6-453c-ae2c-b4785a0624f5.
"""

import re

from matcher.domain.vocabulary import ApplicantType, OpportunityStatus
from matcher.notices.formats.state_categories import STATE_CATEGORIES
from matcher.notices.places import limiting_places
from matcher.text.money import find_money
from matcher.text.sentences import sentence_spans

STATUSES = {
    "active": OpportunityStatus.POSTED,
    "closed": OpportunityStatus.CLOSED,
    "forecasted": OpportunityStatus.FORECASTED,
}
INSTRUMENTS = {"grant": "grant", "loan": "loan"}

_Types = ApplicantType
_APPLICANTS: dict[str, tuple[ApplicantType, ...]] = {
    "nonprofit": (_Types.NONPROFITS_WITH_501C3, _Types.NONPROFITS_WITHOUT_501C3, _Types.PRIVATE_HIGHER_EDUCATION),
    "public agency": (
        _Types.STATE_GOVERNMENTS,
        _Types.COUNTY_GOVERNMENTS,
        _Types.CITY_OR_TOWNSHIP_GOVERNMENTS,
        _Types.SPECIAL_DISTRICT_GOVERNMENTS,
        _Types.INDEPENDENT_SCHOOL_DISTRICTS,
        _Types.LOCAL_EDUCATIONAL_AGENCIES,
        _Types.PUBLIC_HIGHER_EDUCATION,
        _Types.HOUSING_AUTHORITIES,
    ),
    "tribal government": (_Types.TRIBAL_GOVERNMENTS,),
    "business": (_Types.SMALL_BUSINESSES, _Types.FOR_PROFITS),
    "individual": (_Types.INDIVIDUALS,),
    "other legal entity": (_Types.OTHER,),
}
"""The portal knows these classes only, so that every public body is a public agency and every college is somewhere."""

_ONLY_501C3 = re.compile(r"501 ?\(c\) ?\(3\)", re.IGNORECASE)
_BESIDES_501C3 = re.compile(r"\b(?:without|or|not)\b|501 ?\(c\) ?\((?!3)", re.IGNORECASE)
_STATEWIDE = re.compile(
    r"(?:the )?(?:(?:within |located in )?(?:the )?(?:state of )?(?:california|ca)|state-?wide|all california counties"
    r"|entire state|all counties in california)\W*",
    re.IGNORECASE,
)
_BARE_PLACES = re.compile(
    r"(?:(?:the )?[A-Z][\w.'’-]*(?:(?:,? and |, | & | of (?:the )?|/| )(?:the )?[A-Z][\w.'’-]*){0,40})\.?"
)
_NO_PLACE = re.compile(r"(?:none|n/?a|not applicable|any|tbd|no(?: restrictions?| limit\w*)?|see .*)\W*", re.IGNORECASE)
_COUNT = re.compile(r"Exactly (?P<exact>\d{1,9})|Between (?P<low>\d{1,9}) and (?P<high>\d{1,9})", re.IGNORECASE)
_FILLER = 1
"""Dollars: the form wants a number, so agencies that know none write this one."""


def applicant_types(classes: tuple[str, ...], notes: str) -> tuple[tuple[ApplicantType, ...], tuple[str, ...]]:
    """Return the types that the portal's classes stand for, and the classes that it did not have so far.

    Where the notes on nonprofits ask for 501(c)(3) status and name no alternative, a nonprofit without it is none of
    those that the notice lets apply.
    """
    found = dict.fromkeys(kind for name in classes for kind in _APPLICANTS.get(name.casefold(), ()))
    sentences = [sentence for sentence in re.split(r"[.;\n]", notes) if _ONLY_501C3.search(sentence)]
    if sentences and not any(_BESIDES_501C3.search(sentence) for sentence in sentences):
        found.pop(_Types.NONPROFITS_WITHOUT_501C3, None)
    return tuple(found), tuple(name for name in classes if name.casefold() not in _APPLICANTS)


def funding_categories(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the funding categories that the portal's categories stand for."""
    return tuple(dict.fromkeys(one for name in names for one in STATE_CATEGORIES.get(name.casefold(), ("other",))))


def places(geography: str) -> tuple[str, ...]:
    """Return the places that a cell on geography names: one that is only a name, or those that its sentences demand."""
    if not geography or _NO_PLACE.fullmatch(geography):
        return ()
    if _STATEWIDE.fullmatch(geography):
        return ("California",)
    if _BARE_PLACES.fullmatch(geography):
        return tuple(part for part in re.split(r",? and |, | & |/", geography.rstrip(".")) if part)
    sentences = (span.of(geography) for span in sentence_spans(geography))
    found = (place for words in sentences for place in limiting_places(words, is_about_applicants=True))
    return tuple(dict.fromkeys(found))


def award_range(cell: str) -> tuple[int | None, int | None]:
    """Return the least and the most that one award may be, for "Between $50,000 and $1,000,000" or "$10,000"."""
    mentions = find_money(cell)
    if len(mentions) != 1:
        return None, None
    least, most = mentions[0].minimum, mentions[0].maximum
    return least if least and least > _FILLER else None, most if most and most > _FILLER else None


def total_funds(cell: str) -> int | None:
    """Return the money for the whole program."""
    mentions = find_money(cell)
    amount = mentions[0].maximum if len(mentions) == 1 else None
    return amount if amount and amount > _FILLER else None


def award_count(cell: str) -> int | None:
    """Return how many awards are expected where the cell says one number; a range is none."""
    match = _COUNT.fullmatch(cell)
    if match is None:
        return None
    if match["exact"] is None and match["low"] != match["high"]:
        return None
    return int(match["exact"] or match["high"]) or None
