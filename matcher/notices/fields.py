"""A file of fields (YAML or JSON) as plain values, each with its place in the file."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import yaml

from matcher.domain.evidence import Span
from matcher.errors import NoticeRejected
from matcher.text.documents import Document, DocumentKind
from matcher.text.yaml_nodes import compose

Path = tuple[str | int, ...]
"""The way from the file to one value: names of fields, and positions in lists counted from 0."""

_LONGEST_NOTICE = 500_000
"""Characters; the longest notices that agencies publish in full have about 300,000."""

_HALF_CHARACTER = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")
_PLAIN_TAGS = frozenset(f"tag:yaml.org,2002:{name}" for name in ("bool", "float", "int", "null"))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: its stretch of the text, and its line counted from 1."""

    span: Span
    line: int


@dataclass(slots=True)
class Fields:
    """The values of a file, white space around texts removed, and the place of every value and every field name.

    `repeated` lists the fields that are written more than once in the same group.
    """

    values: dict[str, Any]
    places: dict[Path, Place] = field(default_factory=dict)
    name_places: dict[Path, Place] = field(default_factory=dict)
    repeated: list[Path] = field(default_factory=list)


def read_fields(document: Document) -> Fields:
    """Read a YAML or JSON document whose top is a mapping.

    Dates stay the text that was written, so that 08-30 and 2027-03-15 are read alike.

    Raises:
        NoticeRejected: It is no YAML or JSON (cut off, for example), or no mapping, or it refers to itself.
    """
    root = _compose(document)
    if not isinstance(root, yaml.MappingNode):
        raise NoticeRejected(
            "a notice is a list of fields such as `title: Healthy Streets Fund`, each on its own line; "
            "write it so, or send the notice as plain text",
            source=document.name,
            line=_line(root) if root else 1,
        )
    _refuse_references(root, document)
    return _Walk(document).fields(root)


def _refuse_references(root: yaml.Node, document: Document) -> None:
    """Refuse a value that is used twice by reference: nine such lines can stand for a billion values."""
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            reason = "this value is used again by reference (*name); write it out in both places"
            raise NoticeRejected(reason, source=document.name, line=_line(node))
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            waiting.extend(part for entry in node.value for part in entry)
        elif isinstance(node, yaml.SequenceNode):
            waiting.extend(node.value)


def _compose(document: Document) -> yaml.Node | None:
    text = document.text
    if len(text) > _LONGEST_NOTICE:
        reason = f"{len(text):,} characters are more than a notice of fields can have ({_LONGEST_NOTICE:,}); shorten it"
        raise NoticeRejected(reason, source=document.name)
    try:
        return compose(_as_yaml(text) if document.kind is DocumentKind.JSON else text)
    except yaml.MarkedYAMLError as error:
        raise _unreadable(error, document) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        reason = "a character on or near this line cannot be shown as text; delete it"
        raise NoticeRejected(reason, source=document.name, line=line) from None
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        reason = f"this is not valid {document.kind.upper()}: {error}"
        raise NoticeRejected(reason, source=document.name) from None


def _as_yaml(json_text: str) -> str:
    """Return JSON as YAML of the same length: no tabs, and no characters written as two halves."""
    return _HALF_CHARACTER.sub(r"\\u0020", json_text.replace("\t", " "))


def _unreadable(error: yaml.MarkedYAMLError, document: Document) -> NoticeRejected:
    mark = error.problem_mark or error.context_mark
    begun = error.context_mark
    origin = f" (in what began on line {begun.line + 1})" if begun and mark and begun.line != mark.line else ""
    return NoticeRejected(
        f"from here on this is not valid {document.kind.upper()}: {error.problem or error.context}{origin}; "
        "either the file is cut off, or a quotation mark, colon or indentation is missing",
        source=document.name,
        line=mark.line + 1 if mark else None,
    )


class _Walk:
    """Turns a tree of nodes into plain values and notes their places on the way."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._fields = Fields({})

    def fields(self, root: yaml.MappingNode) -> Fields:
        """Return the fields of the whole tree."""
        self._fields.places[()] = _place(root)
        self._fields.values = dict(self._entries(root, ()))
        return self._fields

    def _value(self, node: yaml.Node, path: Path) -> object:
        self._fields.places[path] = _place(node)
        if isinstance(node, yaml.MappingNode):
            return dict(self._entries(node, path))
        if isinstance(node, yaml.SequenceNode):
            return [self._value(item, (*path, position)) for position, item in enumerate(node.value)]
        return self._scalar(node)

    def _entries(self, node: yaml.MappingNode, path: Path) -> Iterator[tuple[str, object]]:
        for name_node, value_node in node.value:
            name = str(name_node.value) if isinstance(name_node, yaml.ScalarNode) else "?"
            here = (*path, name)
            if here in self._fields.name_places:
                self._fields.repeated.append(here)
            self._fields.name_places[here] = _place(name_node)
            yield name, self._value(value_node, here)

    def _scalar(self, node: yaml.Node) -> object:
        if node.tag in _PLAIN_TAGS:
            try:
                return yaml.constructor.SafeConstructor().construct_object(node)
            except (ValueError, KeyError, OverflowError):  # tagged as a number, or too long for one
                return node.value
        if self._document.kind is DocumentKind.JSON:
            with suppress(ValueError):  # words without quotation marks, which YAML allows
                return _text(json.loads(_place(node).span.of(self._document.text), strict=False))
        return _text(node.value)


def _text(value: object) -> str:
    """Return a text without white space at its ends; half a character, which no file can hold, is replaced."""
    return str(value).encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip()


def _place(node: yaml.Node) -> Place:
    return Place(Span(node.start_mark.index, node.end_mark.index), _line(node))


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
