"""The day as of which an answer judges deadlines, and why it may not be today."""

from dataclasses import dataclass
from datetime import date

from matcher.domain.wording import day_words
from matcher.services.catalogue import CatalogueState


@dataclass(frozen=True, slots=True)
class RankingDay:
    """A day, and the reason where it is not today."""

    day: date
    note: str | None


def ranking_day(requested: date | None, state: CatalogueState, minimum_open: int) -> RankingDay:
    """Return the day that the caller names, or else today, or the catalogue's own date while too little is open."""
    today = date.today()
    day = requested or state.effective_date(today, minimum_open)
    if day == today:
        return RankingDay(day, None)
    if requested:
        return RankingDay(day, f"judged as of {day_words(day)}, as asked; today is {day_words(today)}")
    return RankingDay(
        day,
        f"fewer than {minimum_open} opportunities are open today, {day_words(today)}, so deadlines are judged as of "
        f"the catalogue's own date, {day_words(day)}; name another day with as_of",
    )
