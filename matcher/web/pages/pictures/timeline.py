"""When the deadlines of the coming months fall, and by when to start on each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from matcher.domain.wording import day_words, days_left_words
from matcher.web.pages.pictures.drawing import Anchor, Drawing, clipped
from matcher.web.pages.pictures.picture import Key, Picture, Row, Table

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_FEWEST_MONTHS, _MOST_MONTHS = 3, 12
_TITLE_LENGTH = 80
_HEAD, _LANE, _BAR = 30, 48, 8
_LEGEND = (
    Key("wait", "time before you must start"),
    Key("work", "time that the work takes"),
    Key("late", "the day to start has passed"),
)


@dataclass(frozen=True, slots=True)
class Due:
    """One deadline ahead: what it is of, the day, and the last day to start (None: unknown)."""

    title: str
    day: date
    start_by: date | None
    address: str | None = None


def deadline_timeline(dues: Sequence[Due], as_of: date) -> Picture:
    """Return a lane for each deadline that is not over on the day `as_of`, the nearest first.

    The axis ends with the month of the last deadline, after twelve months at the latest; what lies beyond has
    an arrow.
    """
    ahead = sorted((due for due in dues if due.day >= as_of), key=lambda due: (due.day, due.title))
    axis = _Axis(as_of, ahead)
    title, description = "Deadlines ahead", _description(ahead, as_of)
    drawing = Drawing(title, description)
    height = _HEAD + _LANE * len(ahead)
    axis.draw(drawing, height)
    for lane, due in enumerate(ahead):
        _draw(drawing, due, axis, _HEAD + lane * _LANE)
    return Picture(title, description, drawing.markup(height), _table(ahead, as_of), _LEGEND)


class _Axis:
    """Days across: the day `as_of` at the left edge, and the end of a month at the right one."""

    def __init__(self, as_of: date, dues: Sequence[Due]) -> None:
        last = max((due.day for due in dues), default=as_of)
        months = (last.year - as_of.year) * 12 + last.month - as_of.month + 1
        self.as_of = as_of
        self.months = min(max(months, _FEWEST_MONTHS), _MOST_MONTHS)
        self.end = _month(as_of, self.months)

    def place(self, day: date) -> float:
        """Return where a day stands, in per cent; the edges stand for what lies beyond them."""
        share = (day - self.as_of).days / (self.end - self.as_of).days
        return 100 * min(max(share, 0), 1)

    def draw(self, drawing: Drawing, height: float) -> None:
        """Draw a line at the beginning of each month, and where there is room its name, with each new year."""
        drawing.line(_TODAY, _HEAD - 8, _TODAY, height, "now")
        drawing.text(0, 12, "today", "axis")
        step = 1 if self.months <= 6 else 2
        year = self.as_of.year
        for ahead in range(1, self.months):
            first = _month(self.as_of, ahead)
            drawing.line(self.place(first), _HEAD - 8, self.place(first), height, "grid")
            is_clear = self.place(first) > _ROOM_OF_TODAY
            if is_clear and ahead % step == 0:
                words = _MONTHS[first.month - 1] if first.year == year else f"{_MONTHS[first.month - 1]} {first.year}"
                drawing.text(self.place(first), 12, words, "axis", anchor=Anchor.MIDDLE)
                year = first.year


_TODAY = -0.6
"""Per cent: the line of today stands a little before the bars, so that it strikes no title through."""
_ROOM_OF_TODAY = 17
"""Per cent of the width that the word at the left edge takes on a narrow page."""


def _draw(drawing: Drawing, due: Due, axis: _Axis, y: float) -> None:
    end = axis.place(due.day)
    hint = _hint(due, axis.as_of)
    is_late = due.start_by is not None and due.start_by < axis.as_of
    start = end if due.start_by is None else axis.place(due.start_by)
    drawing.line_of_text(y + 14, clipped(due.title, _TITLE_LENGTH), 72 if due.day < axis.end else 60)
    drawing.text(100, y + 14, _day_words(due.day, axis), "quiet", anchor=Anchor.END)
    drawing.bar(0, y + 23, end, _BAR, "wait", hint)
    drawing.bar(start, y + 23, end - start, _BAR, "late" if is_late else "work", hint)
    drawing.dot(min(max(end, 1.6), 98.4), y + 23 + _BAR / 2, 5, "late" if is_late else "due", hint)


def _day_words(day: date, axis: _Axis) -> str:
    """Return a day without the year, which the axis tells; with it and an arrow where the axis ends before."""
    words = f"{_MONTHS[day.month - 1]} {day.day}"
    return words if day < axis.end else f"{words}, {day.year} →"


def _month(day: date, ahead: int) -> date:
    """Return the first day of the month that comes `ahead` months after that of `day`."""
    year, month = divmod(day.year * 12 + day.month - 1 + ahead, 12)
    return date(year, month + 1, 1)


def _hint(due: Due, as_of: date) -> str:
    start = "" if due.start_by is None else f", start by {day_words(due.start_by)}"
    return f"{clipped(due.title, _TITLE_LENGTH)}: {day_words(due.day)}, {days_left_words(due.day, as_of)}{start}"


def _description(ahead: Sequence[Due], as_of: date) -> str:
    """Return what the picture shows; a title comes last, so that its direction of writing turns nothing after it."""
    if not ahead:
        return f"No dated deadline lies ahead of {day_words(as_of)}."
    first = ahead[0]
    late = sum(due.start_by is not None and due.start_by < as_of for due in ahead)
    count = "One deadline lies" if len(ahead) == 1 else f"{len(ahead):,} deadlines lie"
    told = f"{count} ahead of {day_words(as_of)}. "
    if late:
        told += f"For {late:,} of them the day to start has passed. "
    return f"{told}The next one, on {day_words(first.day)}: {first.title}"


def _table(ahead: Sequence[Due], as_of: date) -> Table:
    rows = [
        Row(
            due.title,
            (
                day_words(due.day),
                days_left_words(due.day, as_of),
                "unknown" if due.start_by is None else day_words(due.start_by),
            ),
            due.address,
        )
        for due in ahead
    ]
    return Table(("Opportunity", "Deadline", "Time left", "Start by"), rows)
