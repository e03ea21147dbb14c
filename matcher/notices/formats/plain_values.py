"""Amounts, days and yes-or-no answers as sources write them in fields; whatever is not certain is None."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, tzinfo
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from matcher.domain.dates import PartialDate
from matcher.domain.opportunity import SourceCode

_LARGEST_AMOUNT = 10**15
_YEARS = range(1990, 2100)
"""Years that a notice can mean; sources write 0001-01-01, 1900-01-01 or 9999-12-31 for "not known"."""

_ISO_DAY = re.compile(r"\s*(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ROLLING = re.compile(
    r"\b(?:rolling|on-?\s?going|continuous(?:ly)?|any\s?time|always\s+open|year[\s-]?round|open\s+until\s+filled)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:not|no\s+longer|never|non)\b", re.IGNORECASE)
_NO_MATCH = re.compile(
    r"\s*(?:no|none|n/?a|0(?:\.0+)?\s?%?)\s*\.?\s*$|.*\b(?:not|isn't|aren't)\s+required", re.I | re.DOTALL
)
_SOME_MATCH = re.compile(r"\s*(?:yes\b|0?\.\d|\d{1,3}(?:\.\d+)?\s?%|\d+\s*(?::|to)\s*\d|1\s*$)", re.IGNORECASE)


def whole_amount(value: object) -> int | None:
    """Return a number of a field as whole units, rounded half up; zero and what is below it mean that none is known."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        amount = Decimal(value.replace(",", "").strip().removeprefix("$") if isinstance(value, str) else value)
    except InvalidOperation:
        return None
    if not amount.is_finite() or not 0 < amount < _LARGEST_AMOUNT:
        return None
    return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP)) or None


def calendar_day(value: object) -> PartialDate | None:
    """Return the day with which a text of ISO 8601 begins, time and zone left aside; None for a placeholder."""
    match = _ISO_DAY.match(value) if isinstance(value, str) else None
    if match is None or int(match["year"]) not in _YEARS:
        return None
    try:
        return PartialDate(int(match["month"]), int(match["day"]), int(match["year"]))
    except ValueError:  # no calendar has that day
        return None


def epoch_day(value: object, zone: tzinfo) -> PartialDate | None:
    """Return the day in the time zone `zone` of a number of milliseconds since 1970 (UTC)."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        moment = (_EPOCH + timedelta(milliseconds=value)).astimezone(zone)
    except (OverflowError, ValueError):  # beyond the calendar, or no number
        return None
    return PartialDate.of(moment.date()) if moment.year in _YEARS else None


def says_rolling(words: str) -> bool:
    """Whether a short field says that applications are taken at any time ("Ongoing", "Always Open")."""
    return bool(_ROLLING.search(words)) and not _DENIED.search(words)


def asks_for_match(words: str) -> bool | None:
    """Return whether a field on matching funds asks for some ("25%", "0.5", "1:1"), or None where it does not say."""
    if not words or _NO_MATCH.match(words):
        return False if words else None
    return True if _SOME_MATCH.match(words) else None


def source_codes(*codes: tuple[str, str] | tuple[str, Iterable[str]]) -> tuple[SourceCode, ...]:
    """Return pairs of a field's name and its code or codes; empty codes are left out, double ones are said once."""
    flat = ((name, [code] if isinstance(code, str) else code) for name, code in codes)
    return tuple(dict.fromkeys(SourceCode(name, code) for name, several in flat for code in several if code))
