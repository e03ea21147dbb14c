"""YAML and JSON as trees whose values know where they stand in the text."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matcher.domain.evidence import Span
from matcher.errors import DocumentRejected
from matcher.proposals.fields import Scalar
from matcher.text.alignment import locate
from matcher.text.yaml_nodes import compose

if TYPE_CHECKING:
    import yaml


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of values."""

    items: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with their values, in the order of the text; a key may come twice."""

    entries: tuple[tuple[str, "Node"], ...]


Node = Scalar | Listing | Mapping

_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
"""Half a character, which JSON can escape and no encoding can write."""
_JSON_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]|[^\s,:\[\]{}"]+')


def yaml_mapping(text: str, within: Span, name: str) -> Mapping:
    """Read the YAML in the stretch `within` of `text`; a value that an alias repeats is read once.

    Raises:
        DocumentRejected: It is no YAML (file and line are named), or no mapping of keys to values.
    """
    import yaml

    first_line = text.count("\n", 0, within.start)
    try:
        node = compose(within.of(text))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise DocumentRejected(
            f"the YAML cannot be read: {error.problem or error.context}; mend this line, often by quoting the value",
            source=name,
            line=first_line + mark.line + 1 if mark else None,
        ) from error
    except yaml.YAMLError as error:
        raise DocumentRejected(f"the YAML cannot be read: {error}", source=name) from error
    tree = _YamlTree(text, within.start).node(node) if node else None
    return _mapping(tree, "YAML", name)


def json_mapping(text: str, name: str) -> Mapping:
    """Read the JSON document `text`.

    Raises:
        DocumentRejected: It is no JSON (file and line are named), or no object.
    """
    try:
        json.loads(text)
        tokens = _JSON_TOKEN.finditer(text)
        tree = _json_node(next(tokens), tokens, text)
    except json.JSONDecodeError as error:
        raise DocumentRejected(
            f"the JSON cannot be read: {error.msg} (column {error.colno}); mend this line",
            source=name,
            line=error.lineno,
        ) from error
    except ValueError as error:  # Python reads no whole number of more than 4,300 digits
        raise DocumentRejected("the JSON holds a number that no one can mean; put it in quotes", source=name) from error
    except RecursionError as error:
        raise DocumentRejected("the JSON is nested too deeply; flatten it", source=name) from error
    return _mapping(tree, "JSON", name)


def _mapping(tree: Node | None, language: str, name: str) -> Mapping:
    if isinstance(tree, Mapping):
        return tree
    found = "a list" if isinstance(tree, Listing) else "a single value"
    raise DocumentRejected(
        f"the {language} holds {found}, but a proposal is a mapping: questions (or title, organization, sections) as "
        "keys, answers as values",
        source=name,
    )


class _YamlTree:
    """Turns the nodes of one YAML document into ours, each of them once."""

    def __init__(self, text: str, offset: int) -> None:
        self._text = text
        self._offset = offset
        self._seen: set[int] = set()

    def node(self, node: "yaml.Node") -> Node | None:
        """Return `node` as ours, or None for a null and for the target of an alias that was read before."""
        import yaml

        if id(node) in self._seen:
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node)
        if isinstance(node, yaml.SequenceNode):
            return Listing(tuple(item for child in node.value if (item := self.node(child)) is not None))
        pairs = ((str(key.value), self.node(value)) for key, value in node.value if isinstance(key, yaml.ScalarNode))
        return Mapping(tuple((key, value) for key, value in pairs if value is not None))

    def _scalar(self, node: "yaml.ScalarNode") -> Scalar | None:
        within = Span(self._offset + node.start_mark.index, self._offset + node.end_mark.index)
        return None if node.tag == "tag:yaml.org,2002:null" else _scalar(node.value, self._text, within)


def _scalar(value: str, text: str, within: Span) -> Scalar | None:
    clean = _LONE_SURROGATE.sub("\ufffd", value.replace("\r\n", "\n")).strip()
    return Scalar(clean, locate(clean, text, within) or within) if clean else None


def _json_node(token: re.Match[str], tokens: Iterator[re.Match[str]], text: str) -> Node | None:
    """Read the value that begins with `token`; `text` is known to be sound JSON."""
    opening = token.group()
    if opening == "{":
        return Mapping(tuple(_json_entries(tokens, text)))
    if opening == "[":
        return Listing(tuple(_json_items(tokens, text)))
    if opening == "null":
        return None
    value = json.loads(opening) if opening.startswith('"') else opening
    return _scalar(value, text, Span(token.start(), token.end()))


def _json_entries(tokens: Iterator[re.Match[str]], text: str) -> Iterator[tuple[str, Node]]:
    while (key := next(tokens)).group() != "}":
        value = _json_node(next(tokens), tokens, text)
        if value is not None:
            yield json.loads(key.group()), value


def _json_items(tokens: Iterator[re.Match[str]], text: str) -> Iterator[Node]:
    while (token := next(tokens)).group() != "]":
        item = _json_node(token, tokens, text)
        if item is not None:
            yield item
