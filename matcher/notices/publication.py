"""What the day of publication adds to milestones: the year that a notice leaves out."""

from dataclasses import replace
from datetime import date

from matcher.domain.dates import PartialDate
from matcher.domain.opportunity import APPLICATION, KeyDate
from matcher.domain.vocabulary import Basis

POST = "post"
INTENT = "intent"
AWARD = "award"

_AHEAD = frozenset({INTENT, APPLICATION, AWARD})
"""The milestones that a notice announces, so that they cannot lie before it."""


def dated_by_publication(key_dates: tuple[KeyDate, ...], published: date | None) -> tuple[KeyDate, ...]:
    """Return `key_dates` with inferred years: the next such day on or after the notice was published.

    `published` is said by the caller and joins as a supplied `post` date where the notice states none; a `post` date
    that the notice states in full is believed instead.
    """
    stated = next((key for key in key_dates if key.name == POST), None)
    if stated is None and published is not None:
        key_dates = (KeyDate(POST, PartialDate.of(published), basis=Basis.SUPPLIED), *key_dates)
    earliest = (stated.day.as_date() if stated else None) or published
    if earliest is None:
        return key_dates
    dated = tuple(_with_year(key, earliest) for key in key_dates)
    closing = max((day for key in dated if key.name == APPLICATION and (day := key.day.as_date())), default=date.max)
    return tuple(_not_after(closing, new, key) for new, key in zip(dated, key_dates, strict=True))


def _with_year(key: KeyDate, earliest: date) -> KeyDate:
    if key.day.year is not None or key.name not in _AHEAD:
        return key
    return replace(key, day=key.day.on_or_after(earliest), basis=Basis.INFERRED)


def _not_after(closing: date, inferred: KeyDate, original: KeyDate) -> KeyDate:
    """Give up an inferred year that would let an intent to apply follow the last application deadline."""
    day = inferred.day.as_date()
    return original if inferred.name == INTENT and day is not None and day > closing else inferred
