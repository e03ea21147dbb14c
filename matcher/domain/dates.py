"""Dates as notices give them: sometimes without a year."""

from dataclasses import dataclass
from datetime import date

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day of a month, whose year may be unknown.

    Raises:
        ValueError: No such day exists (29 February is allowed while the year is unknown).
    """

    month: int
    day: int
    year: int | None = None

    def __post_init__(self) -> None:
        date(self.year or _LEAP_YEAR, self.month, self.day)

    @classmethod
    def of(cls, day: date) -> "PartialDate":
        """Return the complete date `day`."""
        return cls(day.month, day.day, day.year)

    def as_date(self) -> date | None:
        """Return the calendar date, or None while the year is unknown."""
        return None if self.year is None else date(self.year, self.month, self.day)

    def on_or_after(self, earliest: date) -> "PartialDate":
        """Return this date in the first year that puts it on or after `earliest`; unchanged if it has a year."""
        if self.year is not None:
            return self
        for year in range(earliest.year, earliest.year + 9):
            try:
                candidate = date(year, self.month, self.day)
            except ValueError:  # 29 February outside a leap year
                continue
            if candidate >= earliest:
                return PartialDate.of(candidate)
        raise AssertionError("every day of the calendar comes back within eight years")

    def __str__(self) -> str:
        words = f"{_MONTHS[self.month - 1]} {self.day}"
        return f"{words}, year not stated" if self.year is None else f"{words}, {self.year}"
