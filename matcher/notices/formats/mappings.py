"""Records that come as fields by name: read one by one, a bad one told apart by its number and the reason."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from matcher.domain.opportunity import Opportunity
from matcher.errors import NoticeRejected
from matcher.notices.formats.cleaning import one_line, words
from matcher.notices.formats.record import Outcome, Record, digest_of

Fields: TypeAlias = Mapping[str, object]
"""The fields of a record by name, as its file has them."""

_LONGEST_KEY = 200
_LONGEST_TITLE = 1_000
_LONGEST_KEY_KEPT = 100
_NOT_IN_ADDRESSES = re.compile(r"[^A-Za-z0-9._~-]+")


def read_mappings(
    items: Iterable[tuple[int, object]],
    source: str,
    key: Callable[[Fields], object],
    read: Callable[[Fields], Opportunity],
) -> Iterator[Record]:
    """Yield a record for every item: what `read` makes of its fields when it is asked for, or why it is none.

    Args:
        items: Places counted from 1, and values: fields by name, or why there are none.
        source: The name of the file, for the reasons.
        key: Finds the source's own identifier.
        read: Makes the opportunity, of the fields and of nothing else; what it cannot use it rejects with the reason
            alone.
    """
    for number, value in items:
        if isinstance(value, NoticeRejected):
            yield Record(number, None, value)
        elif isinstance(value, Mapping):
            yield _record(number, value, source, key, read)
        else:
            reason = f"record {number:,} is no group of fields; it is damaged, or the file is in another format"
            yield Record(number, None, NoticeRejected(reason, source=source))


def _record(
    number: int,
    fields: Fields,
    source: str,
    find_key: Callable[[Fields], object],
    read: Callable[[Fields], Opportunity],
) -> Record:
    try:
        key = one_line(find_key(fields))[:_LONGEST_KEY] or None
    except NoticeRejected as error:
        return Record(number, None, NoticeRejected(f"record {number:,}: {error.reason}", source=source))

    def outcome() -> Outcome:
        try:
            return read(fields)
        except NoticeRejected as error:
            named = f" ({key})" if key else ""
            return NoticeRejected(f"record {number:,}{named}: {error.reason}", source=source)

    return Record(number, key, outcome, lambda: digest_of(fields))


def field(name: str) -> Callable[[Fields], object]:
    """Return what finds the value of the field `name`."""
    return lambda fields: fields.get(name)


def required(fields: Fields, name: str) -> str:
    """Return the words of a field on one line.

    Raises:
        NoticeRejected: There are none, or more than a title has.
    """
    found = one_line(fields.get(name))
    if not found:
        raise NoticeRejected(f"`{name}` is empty, and an opportunity cannot do without it")
    if len(found) > _LONGEST_TITLE:
        raise NoticeRejected(f"`{name}` has {len(found):,} characters, more than {_LONGEST_TITLE:,}; it is no {name}")
    return found


def record_id(source: str, key: str) -> str:
    """Return the identifier of an opportunity: the source's name and its own key, made fit to stand in an address."""
    safe = _NOT_IN_ADDRESSES.sub("-", key).strip("-") or "-"
    if safe.strip(".-") and len(safe) <= _LONGEST_KEY_KEPT:
        return f"{source}:{safe}"
    return f"{source}:{safe[:_LONGEST_KEY_KEPT]}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"


def group(fields: Fields, name: str) -> Fields:
    """Return the fields within a field; none where it holds anything else."""
    value = fields.get(name)
    return value if isinstance(value, Mapping) else {}


def items_of(fields: Fields, name: str) -> list[object]:
    """Return the items of a field that holds a list; none where it holds anything else."""
    value = fields.get(name)
    return value if isinstance(value, list) else []


def parts(value: object, separator: str = ";") -> tuple[str, ...]:
    """Return the parts of a field that lists several things, on one line each."""
    return tuple(part for part in map(one_line, words(value).split(separator)) if part)
