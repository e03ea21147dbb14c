"""The subject line: what is inside, in one short line."""

from collections.abc import Sequence

from matcher.mail.cleaning import one_line
from matcher.mail.items import ItemWords

SUBJECT_LIMIT = 120
"""Characters that a subject never exceeds."""

_TITLE_LIMIT = 48


def subject_line(new: Sequence[ItemWords], changed: Sequence[ItemWords], closing_soon: Sequence[ItemWords]) -> str:
    """Return for instance "3 new matches: YouthBuild (0.82), …; 1 changed; 1 closing soon"; names in the given order.

    Raises:
        ValueError: There is nothing inside.
    """
    if new:
        others = ((changed, "changed"), (closing_soon, "closing soon"))
        return _named(_counted(new, "new "), new, "".join(f"; {len(items)} {word}" for items, word in others if items))
    if changed:
        ending = f"; {len(closing_soon)} closing soon" if closing_soon else ""
        return _named(f"{_counted(changed, '')} changed", changed, ending)
    if closing_soon:
        return _named(f"{_counted(closing_soon, '')} closing soon", closing_soon, "")
    raise ValueError("a subject says what is inside, and nothing is")


def _counted(items: Sequence[ItemWords], adjective: str) -> str:
    return f"{len(items)} {adjective}{'match' if len(items) == 1 else 'matches'}"


def _named(counted: str, items: Sequence[ItemWords], ending: str) -> str:
    """Return "counted: names ending", with as many names as the line holds and "…" for the others."""
    line = f"{counted}: {_name(items[0])}"
    for index, item in enumerate(items[1:], start=2):
        longer = f"{line}, {_name(item)}"
        reserve = 0 if index == len(items) else len(", …")
        if len(longer) + reserve + len(ending) > SUBJECT_LIMIT:
            return f"{line}, …{ending}"
        line = longer
    return f"{line}{ending}"


def _name(item: ItemWords) -> str:
    title = one_line(item.title, _TITLE_LIMIT)
    return title if item.fit is None else f"{title} ({item.fit:.2f})"
