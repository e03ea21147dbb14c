"""Lists of those who may apply: whom they name, whether they are complete, and whether they shut others out.

A portal's field on eligibility answers its codes: "other" means what the text says. So it matters whether a text says
all of it. A list is complete if every one of its items is a name that we know and no word ("including", "such as")
leaves it open; an item that we cannot name is kept, for it may be the reader's.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from matcher.domain.evidence import Span
from matcher.domain.vocabulary import ApplicantType
from matcher.notices.applicant_names import NOBODY, Types
from matcher.notices.applicants import REFUSED, applicant_types, class_mentions, type_mentions
from matcher.notices.list_units import ListUnit, list_units
from matcher.notices.refusals import refused_types, without_refusals_abroad
from matcher.notices.wording import cue
from matcher.text.layout import collapsed

_SUBJECT = (
    r"(?:eligible (?:[a-z]{1,14} ){0,3}?(?:applicants?|entit(?:y|ies)|organizations?|parties|recipients?|institutions?)"
    r"(?: (?:under|for|of|to) [^.;:]{1,60}?)?|(?:parties|entities|organizations|those)"
    r" (?:that are )?eligible to (?:apply|submit)(?: (?:for )?[^.;:]{1,40}?)?|applicants?)"
)
_INTRODUCTIONS = (
    cue(rf"\b{_SUBJECT} (?P<verb>may include|include|are|is|must be|can be|may be)(?: only)?"
        r"(?P<open>,? but (?:are |is )?not (?:be )?limited to)?"
        r"(?P<limit> (?:limited|restricted) to)?(?P<following> (?:the )?following)?(?P<colon> ?:)? ?"),
    cue(r"\b(?:applications?|proposals?) (?:may|can|must|will|are)? ?(?P<limit>only )?(?:be )?(?:submitted|accepted"
        r"|sought|invited)? ?(?P<late>only )?(?:by|from) (?P<following>the following)?(?P<colon> ?:)? ?"),
    cue(r"\b(?:is|are|be)? ?(?:(?:only )?open|available|intended) (?P<limit>only )?(?:to|for) "),
    cue(r"\b(?:fellowships?|awards?) (?:are|will be) (?:awards? |awarded |made |issued )?(?P<award>directly )?to"
        r" (?=individuals)"),
    cue(r"\b(?P<limit>limited|restricted|restricting eligibility)(?: only)? to "),
    cue(r"\b(?P<verb>eligible applicants?|other eligible applicants|the following (?:organizations|entities|applicants)"
        r" are eligible[^:.]{0,60})(?: include)?(?: the)?(?P<following> following)? ?: ?"),
)  # fmt: skip
_CONCLUSION = cue(
    r"\b(?:(?:is|are) (?:all )?(?:eligible(?! (?:for|as|only))|invited to apply)"
    r"|(?:may|can) (?:apply|submit (?:an? )?(?:proposals?|applications?))\b)"
    r"(?![^.;]{0,60} as (?:an? )?(?:non-?leads?|sub|co-|members?|partners?|collaborat))"
)
_LAST_CLAUSE = re.compile(r"[^.:]*\Z")
_OPEN = cue(r"\b(?:not (?:be )?limited to|such as|among others|may include|includ(?:e|es|ing) but)\b")
_VERB = cue(
    r"\b(?:is|are|was|were|must|may|can|will|should|has|have|see|refer|please|note|include|includes|encourages?)\b"
)
_EXAMPLES = cue(r"\b(?:such as|including|includes|e\.g\.,?|like|i\.e\.,?)\b[^;.\n]{0,300}")
_APPLYING = cue(r"\b(?:apply|applies|submit|eligible|welcome|applicants?|proposers?)\b")
_DEFINITION = cue(r"\b(?:means?|(?:is|are) defined (?:as|at|in|under|by)|defines?|the terms?)\b")
_PARENTHESES = re.compile(r"\([^()]{0,200}\)")
_RELATIVE = cue(
    r"\b(?:not|that|which|who|whose|located|accredited|acting|established|described|defined|as defined|with|having"
    r"|held by|on trust|within|from|under|in (?:the|any|one)|for the|of the|subject to|applying|serving|representing)\b"
    r"[^,;]{0,300}"
)
_PART = re.compile(r"[,/]|\s(?:and|or|&)\s|\sand/or\s", re.IGNORECASE)
_EMPTY_WORDS = frozenset({
    "a", "academic", "accredited", "agencies", "all", "american", "an", "and", "any", "based", "both", "certain",
    "city", "county", "domestic", "eligible", "entities", "fewer", "following", "governments", "indian", "individual",
    "institutions", "its", "large", "less", "local", "more", "native", "non", "only", "or", "organizations", "other",
    "others", "private", "public", "separately", "similar", "small", "state", "states", "the", "their", "tribal",
    "u.s", "us",
})  # fmt: skip
"""Words that name nobody by themselves: adjectives whose noun stands in another part, and nouns without them."""
_MARKS_OF_STATES = cue(r"^\W{0,4}(?:the )?(?:all )?(?:u\.?s\.? )?states?\W{0,4}$")
_SHORT_HEAD = 90
_LONGEST_BARE_LIST = 1500
_LONGEST_CLAUSE = 600
_LONGEST_ITEM = 120


@dataclass(frozen=True, slots=True)
class ApplicantList:
    """What lists say: types named, items that name no type we know, and how far others are shut out.

    `classes` are names of some of a type, each with the types that it may mean. `passed_over` are types of which the
    rest of the text speaks as applicants in some other way. The lists leave nothing open if `is_complete`; they say so
    ("only", "limited to") if `is_exclusive`. `span` covers them.
    """

    types: tuple[ApplicantType, ...]
    unrecognized: tuple[str, ...]
    classes: tuple[tuple[str, Types], ...]
    passed_over: Types
    is_complete: bool
    is_exclusive: bool
    span: Span


class _Place(Enum):
    """Where in the text the reading is."""

    BEFORE = "before any list"
    IN_LIST = "in a list of applicants"
    ASIDE = "in a remark within such a list"
    ELSEWHERE = "in a list of something else"


@dataclass(slots=True)
class _Reading:
    """What was read so far; the keys of the dictionaries are in the order of the text."""

    types: dict[ApplicantType, None] = field(default_factory=dict)
    unrecognized: dict[str, None] = field(default_factory=dict)
    classes: dict[tuple[str, Types], None] = field(default_factory=dict)
    passed_over: dict[ApplicantType, None] = field(default_factory=dict)
    is_open: bool = False
    is_exclusive: bool = False
    place: _Place = _Place.BEFORE
    mark: str = ""
    start: int | None = None
    end: int = 0


def read_applicant_lists(words: str) -> ApplicantList | None:
    """Return what the lists in a text about eligibility say, all taken together, or None if there is none.

    `words` is plain text (offsets into it are the span's) that speaks of nothing but eligibility.
    """
    reading = _Reading()
    for unit in list_units(without_refusals_abroad(words)):
        _read_unit(unit, reading)
        if reading.start is None and (reading.types or reading.unrecognized or reading.classes):
            reading.start = unit.start
        if reading.place is _Place.IN_LIST:
            reading.end = unit.start + len(unit.words)
    if reading.start is None:
        return None
    return ApplicantList(
        types=tuple(reading.types),
        unrecognized=tuple(reading.unrecognized),
        classes=tuple(reading.classes),
        passed_over=tuple(reading.passed_over),
        is_complete=not reading.is_open and not reading.unrecognized,
        is_exclusive=reading.is_exclusive,
        span=Span(reading.start, max(reading.end, reading.start)),
    )


def _read_unit(unit: ListUnit, reading: _Reading) -> None:
    """Read one stretch into `reading`, which knows after it whether a list is under way."""
    words = unit.words
    if REFUSED.search(words) or _DEFINITION.search(words):
        _pass_over(words, reading)
    elif not _read_statement(unit, reading):
        _read_listed(unit, reading)


def _read_statement(unit: ListUnit, reading: _Reading) -> bool:
    """Read "eligible are …" or "… may apply"; return whether the stretch is one of these."""
    words = unit.words
    introduction = next(filter(None, (pattern.search(words) for pattern in _INTRODUCTIONS)), None)
    concluded = _concluded(words)
    if introduction and _introduces(introduction, unit, reading):
        _note_limits(words, introduction, reading)
        names = words[introduction.end() :].strip(" :-*")
    elif concluded:
        names = concluded
    else:
        return False
    if names:
        _read_items(names, reading)
    reading.place, reading.mark = _Place.IN_LIST, ""
    return True


def _read_listed(unit: ListUnit, reading: _Reading) -> None:
    """Read an item, or a text that is nothing but names; note where a list ends."""
    words = unit.words
    if words.rstrip().endswith(":") and _VERB.search(words):
        reading.place = _Place.ELSEWHERE
    elif _is_listed(unit, reading):
        reading.place, reading.mark = _Place.IN_LIST, unit.mark
        _read_item(words, reading)
    elif reading.place is _Place.BEFORE and _is_bare_list(words):
        _read_item(words, reading)
        reading.mark = unit.mark
    else:
        _pass_over(words, reading)
        if not unit.mark and reading.place is _Place.IN_LIST:
            reading.place = _Place.ASIDE


def _is_bare_list(words: str) -> bool:
    """Whether a text is nothing but names, at least one of them known."""
    return len(words) <= _LONGEST_BARE_LIST and not _VERB.search(_head(words)) and bool(_known(words))


def _pass_over(words: str, reading: _Reading) -> None:
    """Note whom a stretch that is no list speaks of as applicants; those whom it plainly refuses are told elsewhere."""
    if _APPLYING.search(words):
        refused = refused_types(words)
        for mention in type_mentions(words):
            reading.passed_over.update(dict.fromkeys(one for one in mention.types if one not in refused))


def _concluded(words: str) -> str:
    """Return the names before "may apply", or "" where there are none or a whole sentence stands there."""
    conclusion = _CONCLUSION.search(words)
    if conclusion is None:
        return ""
    clause = _LAST_CLAUSE.search(words[max(0, conclusion.start() - _LONGEST_CLAUSE) : conclusion.start()])
    names = clause.group() if clause else ""
    return "" if _VERB.search(names) else names


def _introduces(introduction: re.Match[str], unit: ListUnit, reading: _Reading) -> bool:
    """Whether words that may introduce applicants do: "applicants must be" also introduces much else."""
    found = introduction.groupdict()
    is_sure = "eligible" in introduction.group().lower() or "award" in found or bool(found.get("limit"))
    if _is_listed(unit, reading):
        return is_sure
    names = unit.words[introduction.end() :]
    return is_sure or not names.strip(" :-*") or bool(_known(names))


def _is_listed(unit: ListUnit, reading: _Reading) -> bool:
    """Whether a stretch is an item of the list under way, or of one that a remark interrupted."""
    if reading.place is _Place.IN_LIST:
        return unit.mark != "" and unit.mark in (reading.mark or unit.mark)
    return reading.place is _Place.ASIDE and unit.mark == reading.mark and unit.mark not in ("", ";")


def _note_limits(unit: str, introduction: re.Match[str], reading: _Reading) -> None:
    found = introduction.groupdict()
    verb = (found.get("verb") or "").lower()
    says_following = found.get("following") or found.get("colon")
    if (
        found.get("open")
        or _OPEN.search(unit)
        or ((verb in ("may include", "may be") or "include" in verb) and not says_following)
    ):
        reading.is_open = True
    if found.get("limit") or found.get("late") or " only" in introduction.group().lower():
        reading.is_exclusive = True


def _head(item: str) -> str:
    """Return what an item is about: its words before a colon or the end of its first sentence."""
    head, colon, _ = item.partition(":")
    if colon and len(head) <= _SHORT_HEAD:
        return head
    return item


def _read_item(item: str, reading: _Reading) -> None:
    """Read one item of a list: its head, or what follows a head that names nobody ("Track 1: colleges")."""
    head = _head(item)
    if _VERB.search(head):
        return
    if head is not item and not _known(head):
        head = item[len(head) + 1 :].partition(":")[0]
        if not head.strip() or _VERB.search(head):
            return
    _read_items(head, reading)


def _read_items(names: str, reading: _Reading) -> None:
    """Read names that commas and "and" part."""
    if _OPEN.search(names):
        reading.is_open = True
    types, classes = applicant_types(names), class_mentions(names)
    reading.types.update(dict.fromkeys(types))
    reading.classes.update(dict.fromkeys((collapsed(names[one.start : one.end]), one.types) for one in classes))
    if ApplicantType.UNRESTRICTED in types:
        return
    covered = bytearray(len(names))
    for left, right in _known(names):
        covered[left:right] = b"\1" * (right - left)
    bare = _blanked(_blanked(_blanked(names, _PARENTHESES), _EXAMPLES), _RELATIVE)
    for start, end in _parts(bare):
        if any(covered[start:end]):
            continue
        part = bare[start:end]
        if _MARKS_OF_STATES.match(part):
            reading.types.setdefault(ApplicantType.STATE_GOVERNMENTS)
        elif any(word not in _EMPTY_WORDS for word in re.findall(r"[a-z.]*[a-z]", part.lower())):
            reading.unrecognized.setdefault(collapsed(part)[:_LONGEST_ITEM])


def _known(names: str) -> list[tuple[int, int]]:
    """Return the offsets of all names that we know."""
    mentions = [(one.start, one.end) for one in (*type_mentions(names), *class_mentions(names))]
    return mentions + [match.span() for match in NOBODY.finditer(names)]


def _blanked(text: str, pattern: re.Pattern[str]) -> str:
    return pattern.sub(lambda match: " " * len(match.group()), text)


def _parts(names: str) -> Iterator[tuple[int, int]]:
    start = 0
    for mark in _PART.finditer(names):
        yield start, mark.start()
        start = mark.end()
    yield start, len(names)
