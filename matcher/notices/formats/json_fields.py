"""Fields of JSON records whose values may be anything: each is read as what it should be, or is not there."""

import re
from datetime import date
from typing import Any

from matcher.text.html import html_text

Values = dict[str, Any]

LARGEST_AMOUNT = 10**15
_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def text_of(values: Values, name: str) -> str | None:
    """Return a text without characters that cannot be stored and without white space at its ends, or None."""
    value = values.get(name)
    return _readable(value) or None if isinstance(value, str) else None


def reading_text_of(values: Values, name: str) -> str:
    """Return the reading text of a field that may hold HTML; "" where it says nothing."""
    markup = text_of(values, name)
    return html_text(markup).strip() if markup else ""


def texts_of(values: Values, name: str) -> tuple[str, ...]:
    """Return the texts of a list, each once."""
    entries = values.get(name)
    found = entries if isinstance(entries, list) else []
    return tuple(dict.fromkeys(filter(None, (_readable(one) for one in found if isinstance(one, str)))))


def whole_of(values: Values, name: str) -> int | None:
    """Return a whole number above zero, or None: 0 stands for "not stated", and true is no number."""
    value = values.get(name)
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 0 < value <= LARGEST_AMOUNT else None


def truth_of(values: Values, name: str) -> bool | None:
    """Return true or false, or None where the field is neither."""
    value = values.get(name)
    return value if isinstance(value, bool) else None


def day_of(values: Values, name: str) -> date | None:
    """Return the day with which a date of ISO 8601 begins."""
    written = text_of(values, name)
    try:
        return date.fromisoformat(written[:10]) if written else None
    except ValueError:
        return None


def group_of(values: Values, name: str) -> Values:
    """Return a group of fields, an empty one where there is none."""
    value = values.get(name)
    return value if isinstance(value, dict) else {}


def _readable(value: str) -> str:
    return _UNREADABLE.sub("", value).strip()
