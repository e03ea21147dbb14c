"""The reference of the REST API: the OpenAPI file in the order and the words in which a person reads it."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

Json = dict[str, Any]

_CODE = re.compile(r"`([^`]+)`")
_PARAGRAPH = re.compile(r"\n\s*\n")
_REFERENCE = "#/components/schemas/"


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter of a call, or a field of an answer; `place` is where a parameter stands."""

    name: str
    kind: Markup
    is_required: bool
    description: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """What a call takes or answers in one media type; `example` is its text, empty if there is none."""

    media_type: str
    kind: Markup
    example: str


@dataclass(frozen=True, slots=True)
class Reply:
    """One status that a call may be answered with."""

    status: str
    description: str
    contents: tuple[Content, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """One call."""

    name: str
    method: str
    path: str
    summary: str
    description: str
    needs_key: bool
    parameters: tuple[Field, ...]
    body: tuple[Content, ...]
    replies: tuple[Reply, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """One named schema: its fields, or the words that it is one of."""

    name: str
    description: str
    fields: tuple[Field, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Calls that belong together, and every shape that they take or answer."""

    name: str
    description: str
    operations: tuple[Operation, ...]
    shapes: tuple[Shape, ...]


def sections(document: Json) -> list[Section]:
    """Return the calls of an OpenAPI file by their first tag, in the order of the file."""
    told = {tag["name"]: tag.get("description", "") for tag in document.get("tags", ())}
    found: dict[str, list[tuple[str, str, Json]]] = {name: [] for name in told}
    for path, item in document["paths"].items():
        for method, operation in item.items():
            found.setdefault(operation.get("tags", ["other"])[0], []).append((path, method, operation))
    schemas: Json = document.get("components", {}).get("schemas", {})
    return [
        Section(
            name,
            told.get(name, ""),
            tuple(_operation(*call) for call in calls),
            tuple(_shape(shape, schemas[shape]) for shape in sorted(_named(calls, schemas))),
        )
        for name, calls in found.items()
        if calls
    ]


def prose(text: str) -> Markup:
    """Return text with `code` between backticks as HTML, its paragraphs apart; everything else is escaped."""
    paragraphs = (_CODE.sub(r"<code>\1</code>", str(escape(part.strip()))) for part in _PARAGRAPH.split(text))
    return Markup("").join(Markup(f"<p>{part}</p>") for part in paragraphs if part)  # noqa: S704 - escaped just before


def kind_of(schema: Json) -> Markup:
    """Return what a schema asks for in words, with links to the schemas that it names."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(_REFERENCE)
        return Markup('<a href="#shape-{0}">{0}</a>').format(name)
    if "enum" in schema:
        return escape(", ".join(map(str, schema["enum"])))
    for joined in ("anyOf", "oneOf", "allOf"):
        if joined in schema:
            return Markup(" or ").join(kind_of(one) for one in schema[joined])
    if schema.get("type") == "array":
        return Markup("list of {0}").format(kind_of(schema.get("items", {})))
    if "format" in schema:
        return escape(f"{schema.get('type', '')} ({schema['format']})")
    return escape(str(schema.get("const", schema.get("type", "anything"))))


def _named(told: object, schemas: Json) -> set[str]:
    """Return the names of the schemas that are named in a part of an OpenAPI file, and in those schemas in turn."""
    found: set[str] = set()
    ahead = [told]
    while ahead:
        part = ahead.pop()
        if isinstance(part, dict):
            name = str(part.get("$ref", "")).removeprefix(_REFERENCE)
            if name in schemas and name not in found:
                found.add(name)
                ahead.append(schemas[name])
            ahead += part.values()
        elif isinstance(part, list | tuple):
            ahead += part
    return found


def _shape(name: str, schema: Json) -> Shape:
    return Shape(
        name=name,
        description=schema.get("description", ""),
        fields=tuple(_fields(schema)),
        words=tuple(map(str, schema.get("enum", ()))),
    )


def _operation(path: str, method: str, operation: Json) -> Operation:
    return Operation(
        name=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation.get("summary", ""),
        description=operation.get("description", ""),
        needs_key=bool(operation.get("security")),
        parameters=tuple(_parameter(parameter) for parameter in operation.get("parameters", ())),
        body=tuple(_contents(operation.get("requestBody", {}))),
        replies=tuple(
            Reply(status, reply.get("description", ""), tuple(_contents(reply)))
            for status, reply in sorted(operation["responses"].items())
        ),
    )


def _parameter(parameter: Json) -> Field:
    return Field(
        name=parameter["name"],
        kind=kind_of(parameter.get("schema", {})),
        is_required=parameter.get("required", False),
        description=parameter.get("description", ""),
        place=parameter["in"],
    )


def _fields(schema: Json) -> Iterator[Field]:
    required = schema.get("required", ())
    for name, asked in schema.get("properties", {}).items():
        yield Field(name, kind_of(asked), name in required, asked.get("description", ""))


def _contents(holder: Json) -> Iterator[Content]:
    for media_type, content in holder.get("content", {}).items():
        yield Content(media_type, kind_of(content.get("schema", {})), _shown(content.get("example")))


def _shown(example: object) -> str:
    if example is None:
        return ""
    return example if isinstance(example, str) else json.dumps(example, ensure_ascii=False, indent=2)
