"""Points that a notice gives: for a criterion, or for meeting a preference."""

from matcher.notices.page import Page
from matcher.notices.wording import cue

_WORDS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "fifteen": 15,
    "twenty": 20,
}  # fmt: skip
_NUMBER = rf"(?:\d{{1,3}}|{'|'.join(_WORDS)})"
POINTS = (
    rf"(?:(?:{_NUMBER}|zero|no) ?(?:-|–|or|to) ?)?(?P<points>{_NUMBER})"
    r"(?: ?\(\d{1,3}\))?(?: |-)(?:(?:additional|extra|bonus|preference|possible|total|maximum|priority) ){0,2}"
    r"(?:points?|pts)\b"
)
"""A number of points, perhaps as the upper end of a range; the group `points` holds the number for `number_of`."""

_POINTS = cue(rf"\b{POINTS}")
_FOR_PREFERENCE = cue(
    rf"\b{POINTS}(?:(?!\bpoints?\b).){{0,160}}?"
    r"\bcompetitive(?: preference)? priority (?P<number>\d{1,2}|[IVX]{1,4})\b"
)


def points_in(words: str) -> int | None:
    """Return the first number of points in `words`, the upper end of a range; None if there is none, or it is zero."""
    match = _POINTS.search(words)
    return number_of(match["points"]) or None if match else None


def points_of_preferences(page: Page) -> dict[str, int]:
    """Return what sentences away from the priorities give for "Competitive Preference Priority N", by its number."""
    found: dict[str, int] = {}
    for sentence in page.sentences:
        for match in _FOR_PREFERENCE.finditer(sentence.words):
            points = number_of(match["points"])
            if points:
                found.setdefault(match["number"].upper(), points)
    return found


def number_of(written: str) -> int:
    """Return a number that `POINTS` matched, in digits or as a word."""
    return int(written) if written.isdigit() else _WORDS[written.lower()]
