"""Days in prose, with or without their year.

General date parsers read the verb in "you may 5 ..." as a month and cut times out of sentences; a deadline deserves a
grammar of its own. Numbers with slashes are read in the order that the United States write, month before day, unless
the document shows that it writes the day first.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from matcher.domain.dates import PartialDate
from matcher.domain.evidence import Span

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAMES = (
    r"(?ai:jan(?:uary)?|feb(?:ruary)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?)"
    # These are verbs too, so they count as months only where they are written as names.
    r"|March|MARCH|Mar|MAR|May|MAY"
)
_CENTURY = 2000

# Every repetition is bounded, so that a long line costs time in proportion to its length.
_NO_LETTER = r"(?![^\W\d_])"
_NO_LETTER_BEFORE = r"(?<![^\W\d_])"
_GAP = r"\s{1,3}"
_YEAR = r"(?:19|20)\d\d(?!\d)"
_DAY_END = r"(?!\d|[.,]\d|:\d\d|\s?%)"
_ORDINAL = r"(?i:st|nd|rd|th)?"
_MONTH_FIRST = (
    rf"{_NO_LETTER_BEFORE}(?P<month_a>{_MONTH_NAMES}){_NO_LETTER}\.?{_GAP}"
    rf"(?P<day_a>\d{{1,2}}){_ORDINAL}{_NO_LETTER}{_DAY_END}(?P<first_a>)"
    rf"(?:\s?[-–]\s?(?P<last_a>\d{{1,2}}){_ORDINAL}(?!\w){_DAY_END})?"
    rf"(?:,?{_GAP}(?P<year_a>{_YEAR}))?"
)
_DAY_FIRST = (
    rf"(?<![\d.,:$€£/-])(?P<day_b>\d{{1,2}}){_ORDINAL}{_GAP}(?:of{_GAP}(?:the{_GAP})?)?"
    rf"(?P<month_b>{_MONTH_NAMES}){_NO_LETTER}\.?(?:,?{_GAP}(?P<year_b>{_YEAR}))?"
)
_YEAR_FIRST = (
    r"(?<![\d-])(?P<year_c>(?:19|20)\d\d)(?P<mark_c>[-/])(?P<month_c>\d{1,2})(?P=mark_c)(?P<day_c>\d{1,2})(?!\d)"
)
_NUMBERS = (
    r"(?<![\d/-])(?P<month_d>\d{1,2})(?P<mark_d>[-/])(?P<day_d>\d{1,2})(?P=mark_d)"
    r"(?P<year_d>(?:19|20)\d\d|\d\d)(?![\d/])"
)
_WITH_NUMBERS = re.compile(_NUMBERS)
_DATE = re.compile("|".join((_MONTH_FIRST, _DAY_FIRST, _YEAR_FIRST, _NUMBERS)))
_RANGE_JOIN = re.compile(r"\s{0,2}(?:-|–|—|to|through|until|and)\s{0,2}$", re.IGNORECASE)
_LONGEST_JOIN = 11
_MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class DateMention:
    """One day that a text names; `span` covers its words."""

    day: PartialDate
    span: Span


def find_dates(text: str, *, day_first: bool = False) -> tuple[DateMention, ...]:
    """Return every day that `text` names, in order of appearance; days that no calendar has are not among them.

    "October 30-31, 2012" names two days. In "October 1 to November 5, 2012" the year holds for both days. Whether
    "06/10/2026" is of June or, with `day_first`, of October is for the whole document to say: `writes_day_first`.
    """
    found: list[DateMention] = []
    for mention in _mentions(text, day_first=day_first):
        if found and mention.day.year and _shares_year(text, found[-1], mention):
            found[-1] = replace(found[-1], day=replace(found[-1].day, year=mention.day.year))
        found.append(mention)
    return tuple(found)


def writes_day_first(text: str) -> bool:
    """Return whether a document writes the day before the month in numbers: some of its dates allow no other order."""
    numbers = [(int(match["month_d"]), int(match["day_d"])) for match in _WITH_NUMBERS.finditer(text)]
    only_day_first = any(first > _MONTHS_OF_A_YEAR >= second for first, second in numbers)
    return only_day_first and not any(second > _MONTHS_OF_A_YEAR >= first for first, second in numbers)


def _mentions(text: str, *, day_first: bool) -> Iterator[DateMention]:
    for match in _DATE.finditer(text):
        form = next(form for form in "abcd" if match[f"day_{form}"])
        last = match["last_a"]
        first_span = Span(match.start(), match.end("first_a") if last else match.end())
        days = [(match[f"day_{form}"], first_span)]
        if last:
            days.append((last, Span(match.start("last_a"), match.end())))
        for day, span in days:
            month = match[f"month_{form}"]
            if form == "d" and day_first:
                month, day = day, month
            partial = _partial_date(month, day, match[f"year_{form}"])
            if partial:
                yield DateMention(partial, span)


def _partial_date(month: str, day: str, year: str | None) -> PartialDate | None:
    number = int(month) if month.isdecimal() else _MONTHS.index(month[:3].lower()) + 1
    full_year = None if year is None else int(year) if len(year) > 2 else _CENTURY + int(year)
    try:
        return PartialDate(number, int(day), full_year)
    except ValueError:  # no calendar has that day
        return None


def _shares_year(text: str, first: DateMention, second: DateMention) -> bool:
    """Whether `first` is the open end of a range whose other end, `second`, states the year."""
    gap = text[first.span.end : second.span.start]
    in_order = (first.day.month, first.day.day) <= (second.day.month, second.day.day)
    return first.day.year is None and in_order and len(gap) <= _LONGEST_JOIN and bool(_RANGE_JOIN.fullmatch(gap))
