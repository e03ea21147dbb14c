"""When two records are the same notice: decided with care, for a wrong join hides an opportunity.

An equal identifier settles it. Without one, either the opportunity number and the agency agree, or the title and nearly
all words do while neither number nor deadline speaks against it: last year's call often repeats this one's words.
"""

import re
import unicodedata
from collections.abc import Iterator

from matcher.domain.opportunity import Opportunity
from matcher.domain.source import JoinReason
from matcher.domain.vocabulary import OpportunityStatus

_LEAST_NUMBER_LENGTH = 4
_LEAST_TITLE_WORDS = 3
_SHINGLE_WORDS = 5
_LEAST_SHINGLES = 30
_LEAST_SHARE = 0.9
"""Of the shorter text's shingles, how many the longer one must hold."""
_WORD = re.compile(r"\w+")
_UNTELLING = frozenset({"the", "of", "and", "for", "u", "s", "us", "usa", "department", "dept"})
"""Words that one source writes in an agency's name and another leaves out."""


def number_key(opportunity: Opportunity) -> str | None:
    """Return the opportunity number without case and punctuation; None if it is missing or too short to tell."""
    key = "".join(_words(opportunity.opportunity_number or ""))
    is_telling = len(key) >= _LEAST_NUMBER_LENGTH and any(character.isdigit() for character in key)
    return key if is_telling else None


def title_key(opportunity: Opportunity) -> str | None:
    """Return the title without case and punctuation; None if it has too few words to tell."""
    words = _words(opportunity.title)
    return " ".join(words) if len(words) >= _LEAST_TITLE_WORDS else None


def sameness(record: Opportunity, other: Opportunity) -> tuple[JoinReason, str] | None:
    """Return why two records of different identifiers are the same notice, in a sentence, or None if they are not."""
    if _have_equal(number_key(record), number_key(other)) and _agencies_agree(record, other):
        return JoinReason.NUMBER, f"the same opportunity number, {other.opportunity_number}, of the same agency"
    if not _have_equal(title_key(record), title_key(other)) or _contradict(record, other):
        return None
    share = _shared(record.text, other.text)
    if share < _LEAST_SHARE:
        return None
    return JoinReason.TEXT, f"the same title, and {share:.0%} of the words of the shorter text in the longer one"


def are_stages_of_one(record: Opportunity, other: Opportunity) -> bool:
    """Whether one is a forecast and the other is not: the only two records of one source that may be one notice."""
    return (record.status is OpportunityStatus.FORECASTED) != (other.status is OpportunityStatus.FORECASTED)


def _have_equal(one: str | None, other: str | None) -> bool:
    return one is not None and one == other


def _agencies_agree(one: Opportunity, other: Opportunity) -> bool:
    """Whether both name their agency, and one name or code holds the other."""
    if one.agency_code and other.agency_code:
        shorter, longer = sorted((one.agency_code.casefold(), other.agency_code.casefold()), key=len)
        if longer == shorter or longer.startswith(f"{shorter}-"):
            return True
    names = [set(_words(name)) - _UNTELLING for name in (one.agency_name or "", other.agency_name or "")]
    shorter_name, longer_name = sorted(names, key=len)
    return bool(shorter_name) and shorter_name <= longer_name


def _contradict(one: Opportunity, other: Opportunity) -> bool:
    """Whether both state a number, a set of deadlines or an agency, and these have nothing in common."""
    numbers = number_key(one), number_key(other)
    if all(numbers) and numbers[0] != numbers[1]:
        return True
    days = [{key.day for key in side.application_dates if key.day.year is not None} for side in (one, other)]
    if all(days) and not days[0] & days[1]:
        return True
    return bool(one.agency_name and other.agency_name) and not _agencies_agree(one, other)


def _shared(one: str, other: str) -> float:
    """Return the share of the shorter text's shingles in the longer one; 0 if it is too short to tell."""
    shorter, longer = sorted((set(_shingles(one)), set(_shingles(other))), key=len)
    return len(shorter & longer) / len(shorter) if len(shorter) >= _LEAST_SHINGLES else 0.0


def _shingles(text: str) -> Iterator[tuple[str, ...]]:
    words = _words(text)
    return zip(*(words[start:] for start in range(_SHINGLE_WORDS)), strict=False)


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
