"""What is wrong with a notice of fields, in sentences for the person who wrote it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from matcher.errors import NoticeRejected
from matcher.notices.fields import Fields, Path

_LONGEST_VALUE = 60


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One thing that is wrong: the line (counted from 1), the field and a sentence about it."""

    line: int
    path: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.path} {self.sentence}" if self.path else self.sentence


def schema_violations(fields: Fields) -> tuple[Violation, ...]:
    """Return everything in which `fields` depart from `notice_schema.json`, in the order of lines."""
    found = [_repeated(fields, path) for path in fields.repeated]
    for error in _validator().iter_errors(fields.values):
        found.extend(_explained(error, fields))
    return tuple(sorted(set(found)))


def violation(fields: Fields, path: Path, sentence: str) -> Violation:
    """Return a violation by the value at `path`."""
    place = fields.places.get(path) or fields.places[()]
    return Violation(place.line, path_words(path), sentence)


def rejection(violations: tuple[Violation, ...], source: str) -> NoticeRejected:
    """Return the one error that reports all `violations`; its line is the first one's."""
    first, *others = violations
    reason = "; ".join([str(first), *(f"line {other.line}: {other}" for other in others)])
    return NoticeRejected(reason, source=source, line=first.line)


def path_words(path: Path) -> str:
    """Return a path as a person reads it, items counted from 1: `priorities[1].title`."""
    words = ""
    for step in path:
        words += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if words else step
    return words


@cache
def _validator() -> Draft202012Validator:
    schema = files("matcher.notices").joinpath("notice_schema.json").read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(schema))


def _repeated(fields: Fields, path: Path) -> Violation:
    return Violation(fields.name_places[path].line, path_words(path), "is written twice; keep one of the two")


def _explained(error: ValidationError, fields: Fields) -> Iterator[Violation]:
    path: Path = tuple(error.absolute_path)
    written: Any = error.instance
    schema: Any = error.schema
    if error.validator == "additionalProperties":
        for name in (name for name in written if name not in schema["properties"]):
            place = fields.name_places[(*path, name)]
            yield Violation(place.line, path_words((*path, name)), _unknown(name, list(schema["properties"])))
    elif error.validator == "required":
        for name in (name for name in schema["required"] if name not in written):
            needed = f"is missing; a notice cannot do without it{_owner(path)}"
            yield Violation(fields.places[path].line, path_words((*path, name)), needed)
    else:
        yield violation(fields, path, _wrong_value(error))


def _owner(path: Path) -> str:
    return f" in {path_words(path)}" if path else ""


def _unknown(name: str, known: list[str]) -> str:
    return f"is not a field of a notice here; {_alternatives(name, known)}"


def _wrong_value(error: ValidationError) -> str:
    schema: Any = error.schema
    description = schema["description"]
    if error.instance is None:
        return f"is empty; write {description}, or leave the whole line out if it is unknown"
    if error.validator == "enum":
        known = _alternatives(str(error.instance), schema["enum"])
        return f"is {_shown(error.instance)}, which is not {_article(description)}; {known}"
    if error.validator == "uniqueItems":
        return "names the same thing twice; keep one of the two"
    if error.validator == "maxLength":
        return f"is longer than {error.validator_value} characters; shorten it"
    return f"is {_shown(error.instance)}, but must be {description}"


def _article(description: str) -> str:
    return description if description.startswith(("a ", "an ")) else f"a word for {description}"


def _alternatives(written: str, known: list[str]) -> str:
    close = get_close_matches(written[:_LONGEST_VALUE], known, n=2, cutoff=0.5)
    if close:
        return f"did you mean {' or '.join(close)}?"
    return f"write one of {', '.join(known)}"


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "a group of fields" if value else "an empty group"
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    if value == "":
        return "empty"
    words = str(value).lower() if isinstance(value, bool) else str(value)
    return f"`{words if len(words) <= _LONGEST_VALUE else words[: _LONGEST_VALUE - 1] + '…'}`"
