"""What the explanation of its closing date adds to the dates of a Grants.gov notice."""

from datetime import date

from matcher.domain.opportunity import APPLICATION, KeyDate
from matcher.domain.vocabulary import Basis
from matcher.notices.milestones import read_milestones
from matcher.notices.page import Page
from matcher.notices.publication import dated_by_publication


def with_prose_dates(key_dates: tuple[KeyDate, ...], explanation: Page) -> tuple[KeyDate, ...]:
    """Return the dates of the fields, and those that only the explanation of the closing date has.

    The field for the closing date is the last word: where it is filled, the prose adds earlier days that it states in
    full only. It adds none to a milestone that a field dates.

    Args:
        key_dates: The dates of the fields.
        explanation: The explanation laid out for reading; without blocks where there is none.
    """
    known = {(key.name, key.day) for key in key_dates}
    names = {key.name for key in key_dates} - {APPLICATION}
    last = max((day for key in key_dates if key.name == APPLICATION and (day := key.day.as_date())), default=None)
    read = read_milestones(explanation)
    new = (key for key in read if (key.name, key.day) not in known and key.name not in names)
    added = dated_by_publication((*key_dates, *new), None)[len(key_dates) :]
    return key_dates + tuple(key for key in added if last is None or _is_before(key, last))


def _is_before(key: KeyDate, last: date) -> bool:
    day = key.day.as_date()
    return day is not None and day < last and key.basis is Basis.STATED
