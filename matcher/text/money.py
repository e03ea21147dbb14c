"""Amounts of money in prose: ranges, scales and limits, which general price parsers read wrongly.

`Between $50,000 and $1,000,000` has two ends, `up to $1.5 million` has one and a scale, and in `$5-10m` one scale
holds for both ends.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from matcher.domain.evidence import Span

_SIGNS = {
    "US$": "USD", "U.S.$": "USD", "CA$": "CAD", "C$": "CAD", "AU$": "AUD", "A$": "AUD", "NZ$": "NZD",
    "$": "USD", "€": "EUR", "£": "GBP",
}  # fmt: skip
_CODES = ("USD", "EUR", "GBP", "CAD", "AUD", "NZD", "CHF", "SEK", "NOK", "DKK", "JPY", "INR", "ZAR")
_WORDS = {"dollar": "USD", "dollars": "USD", "euro": "EUR", "euros": "EUR"}
_SCALES = {
    "k": 10**3, "thousand": 10**3,
    "m": 10**6, "mm": 10**6, "mn": 10**6, "mio": 10**6, "million": 10**6, "millions": 10**6,
    "b": 10**9, "bn": 10**9, "billion": 10**9, "billions": 10**9, "trillion": 10**12,
}  # fmt: skip

# Every repetition is bounded, so that a long line costs time in proportion to its length.
_NO_LETTER = r"(?![^\W\d_])"
_NO_LETTER_BEFORE = r"(?<![^\W\d_])"
_GAP = r"\s{0,2}"
_SIGN = "|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True))
_CODE = "|".join(_CODES)
_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
_NUMBER = (
    r"\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,2})?(?![\d])"
    r"|\d{1,3}(?:\.\d{3}){2,5}(?:,\d{1,2})?(?![\d])"
    r"|\d{1,3}(?:[ \u00a0\u202f]\d{3}){1,5}(?:,\d{1,2})?(?![\d])"
    r"|\d{1,15}(?:[.,]\d{1,3})?(?![\d])"
)


_CURRENCY = re.compile(rf"[$€£]|{_CODE}|(?ai:{_WORD})")
"""What every amount carries, so that most sentences are passed over at once."""


def _amount(tag: str) -> str:
    return (
        rf"(?:{_NO_LETTER_BEFORE}(?P<before_{tag}>{_SIGN}|(?:{_CODE}){_NO_LETTER}){_GAP})?"
        rf"(?<![\d.,])(?P<number_{tag}>{_NUMBER})"
        rf"(?:{_GAP}-?(?P<scale_{tag}>(?ai:{_SCALE})){_NO_LETTER})?"
        rf"(?:{_GAP}(?P<after_{tag}>€|£|(?:{_CODE}|(?ai:{_WORD})){_NO_LETTER}))?"
    )


_FIRST = re.compile(_amount("a"))
_SECOND = re.compile(rf"{_GAP}(?P<join>-{{1,2}}|-\s-|–|—|(?i:to|and|through)\b){_GAP}" + _amount("b"))
_AT_MOST = re.compile(
    r"(?:up\s{1,2}to(?:\s{1,2}but\s{1,2}not\s{1,2}including)?|not\s{1,2}(?:to\s{1,2})?exceed(?:ing)?|no\s{1,2}(?:more|greater)\s{1,2}than|at\s{1,2}most|under"
    r"|(?<!\bno\s)(?<!\bnot\s)less\s{1,2}than|maximum(?:\s{1,2}award)?\s{1,2}of)"
    r"(?:\s{1,2}(?:an?|the)(?:\s{1,2}(?:(?:grand\s{1,2})?total|maximum|amount)\s{1,2}of)?)?"
    r"(?:\s{1,2}(?:approximately|about))?\s{1,2}$",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(
    r"(?:at\s{1,2}least|no\s{1,2}less\s{1,2}than|not\s{1,2}less\s{1,2}than|more\s{1,2}than|over|minimum\s{1,2}of"
    r"|starting\s{1,2}(?:at|from))\s{1,2}$",
    re.IGNORECASE,
)
_OR_MORE = re.compile(r"\+|\s{1,2}(?:or|and)\s{1,2}(?:more|above|over)\b(?!\s{1,2}than)", re.IGNORECASE)
_OR_LESS = re.compile(r"\s{1,2}or\s{1,2}(?:less|fewer|below)\b(?!\s{1,2}than)", re.IGNORECASE)
_BETWEEN = re.compile(r"(?:between|from)\s{1,2}$", re.IGNORECASE)
_WORDS_BEFORE = 40
_SAID_TWICE = 10**6
"""A number that is written out in millions carries no scale of millions besides."""


@dataclass(frozen=True, slots=True)
class MoneyMention:
    """One amount or range of money; whole units of `currency` (ISO 4217), rounded half up.

    `minimum` is None for "up to X", `maximum` is None for "at least X", and both are equal for an exact amount. `span`
    covers the amount with its currency and the words that make it a limit or a range.
    """

    minimum: int | None
    maximum: int | None
    currency: str
    span: Span


@dataclass(frozen=True, slots=True)
class _End:
    """One end of a range as written: its bare number, its scale (None if unwritten) and its currency, if any."""

    number: Decimal
    scale: int | None
    currency: str | None

    def units(self, scale: int | None = None) -> int:
        """Return the whole amount; "2,500,000 million" is a slip of the pen, and its digits say it all."""
        scale = self.scale or scale or 1
        value = self.number if scale >= _SAID_TWICE <= self.number else self.number * scale
        return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def find_money(text: str) -> tuple[MoneyMention, ...]:
    """Return every amount of money in `text` that carries a currency sign, code or name, in order of appearance."""
    return tuple(_mentions(text)) if _CURRENCY.search(text) else ()


def _mentions(text: str) -> Iterator[MoneyMention]:
    position = 0
    while match := _FIRST.search(text, position):
        mention = _mention(text, match, position)
        position = mention.span.end if mention else match.end()
        if mention:
            yield mention


def _mention(text: str, first: re.Match[str], floor: int) -> MoneyMention | None:
    second = _SECOND.match(text, first.end())
    if not (_names_currency(first, "a") or (second and _names_currency(second, "b"))):
        return None
    low = _end(first, "a")
    high = _end(second, "b") if second and _joins(text, first, second, low) else None
    currency = low.currency or (high.currency if high else None)
    if currency is None:
        return None
    start = max(floor, first.start() - _WORDS_BEFORE)
    if second and high and high.currency in (None, currency) and (ends := _range(low, high)):
        opening = None if second["join"][0] in "-–—" else _BETWEEN.search(text[start : first.start()])
        begin = start + opening.start() if opening else first.start()
        return MoneyMention(*ends, currency, Span(begin, second.end()))
    if low.currency is None:
        return None
    return _limit(text, first, start, low.units(), currency)


def _joins(text: str, first: re.Match[str], second: re.Match[str], low: _End) -> bool:
    """Whether both numbers are one amount: "$5-10" and "5-10 dollars" are, "$5 to 40 students", "Tier 1-$5" are not."""
    high = _end(second, "b")
    word = second["join"].lower()
    if word == "and" and not _BETWEEN.search(text[max(0, first.start() - _WORDS_BEFORE) : first.start()]):
        return False
    if low.currency is None:
        return second["after_b"] is not None
    return word[0] in "-–—" or high.currency is not None or high.scale is not None


def _range(low: _End, high: _End) -> tuple[int, int] | None:
    """Return the two ends, the scale of the second spread over the first where that keeps them in order."""
    maximum = high.units()
    minimum = low.units(high.scale)
    if minimum > maximum:
        minimum = low.units()
    return (minimum, maximum) if minimum <= maximum else None


def _limit(text: str, match: re.Match[str], start: int, units: int, currency: str) -> MoneyMention:
    before = text[start : match.start()]
    at_most, at_least = _AT_MOST.search(before), _AT_LEAST.search(before)
    or_more, or_less = _OR_MORE.match(text, match.end()), _OR_LESS.match(text, match.end())
    opening, closing = at_most or at_least, or_more or or_less
    span = Span(start + opening.start() if opening else match.start(), closing.end() if closing else match.end())
    minimum = None if at_most or (or_less and not at_least) else units
    maximum = None if minimum is not None and (at_least or or_more) else units
    return MoneyMention(minimum, maximum, currency, span)


def _names_currency(match: re.Match[str], tag: str) -> bool:
    return bool(match[f"before_{tag}"] or match[f"after_{tag}"])


def _end(match: re.Match[str], tag: str) -> _End:
    scale = match[f"scale_{tag}"]
    multiplier = _SCALES[scale.lower()] if scale else None
    sign, name = match[f"before_{tag}"], match[f"after_{tag}"]
    currency = _currency(sign) or _currency(name)
    return _End(_number(match[f"number_{tag}"], bool(scale), currency), multiplier, currency)


def _currency(written: str | None) -> str | None:
    if not written:
        return None
    return _SIGNS.get(written) or _WORDS.get(written.lower()) or written


def _number(written: str, is_scaled: bool, currency: str | None) -> Decimal:
    """Read digits with their separators: a mark repeated, or followed by three digits, groups thousands."""
    digits = re.sub(r"[ \u00a0\u202f]", "", written)
    marks = [mark for mark in digits if mark in ".,"]
    if not marks:
        return Decimal(digits)
    last = marks[-1]
    head, _, tail = digits.rpartition(last)
    groups_thousands = len(tail) == 3 and (last == "," or (not is_scaled and currency != "USD"))
    if marks.count(last) > 1 or groups_thousands:
        return Decimal(re.sub("[.,]", "", digits))
    return Decimal(f"{re.sub('[.,]', '', head)}.{tail}")
