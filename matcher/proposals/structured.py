"""Proposals as JSON or YAML mappings: any questions with their answers, flat, nested, or as a list of pairs."""

from collections.abc import Iterator

from matcher.domain.evidence import Span
from matcher.proposals.fields import Field, Scalar, spaced
from matcher.proposals.nodes import Listing, Mapping, Node, json_mapping, yaml_mapping

_CONTAINERS = frozenset(
    {
        *("answers", "application", "body", "content", "data", "fields", "form", "narrative", "project", "proposal"),
        *("question and answers", "questions", "questions and answers", "record", "responses", "sections"),
    }
)
"""Keys that only hold others: what stands below them keeps its own name."""
_QUESTION_KEYS = ("question", "prompt", "heading", "title", "label", "q", "name")
_ANSWER_KEYS = ("answer", "response", "text", "content", "value", "body", "a")


def json_fields(text: str, name: str) -> tuple[Field, ...]:
    """Read a JSON proposal. Raises DocumentRejected: it is no JSON object."""
    return mapping_fields(json_mapping(text, name))


def yaml_fields(text: str, name: str) -> tuple[Field, ...]:
    """Read a YAML proposal. Raises DocumentRejected: it is no YAML mapping."""
    return mapping_fields(yaml_mapping(text, Span(0, len(text)), name))


def mapping_fields(mapping: Mapping) -> tuple[Field, ...]:
    """Flatten a mapping into fields; a key below a key is named by both (`applicant`, `name`: "applicant name")."""
    return tuple(_of_mapping(mapping, parent=""))


def _of_mapping(mapping: Mapping, parent: str) -> Iterator[Field]:
    for key, node in mapping.entries:
        yield from _of_node(_joined(parent, key), node)


def _joined(parent: str, key: str) -> str:
    if not parent or spaced(parent) in _CONTAINERS or " " in key.strip():
        return key
    return f"{parent}_{key}"


def _of_node(key: str, node: Node) -> Iterator[Field]:
    if isinstance(node, Scalar):
        yield Field(key, node.text, node.span, (node,))
    elif isinstance(node, Mapping):
        yield from _of_mapping(node, key)
    else:
        yield from _of_listing(key, node)


def _of_listing(key: str, listing: Listing) -> Iterator[Field]:
    """Yield a field for each pair of a question and its answer, and one for all that are none."""
    rest: list[Scalar] = []
    for item in listing.items:
        pair = _question_and_answer(item) if isinstance(item, Mapping) else None
        if pair:
            yield from _of_node(*pair)
        else:
            rest.extend(_scalars(item))
    if rest:
        yield Field.of_values(key, tuple(rest))


def _question_and_answer(item: Mapping) -> tuple[str, Node] | None:
    nodes = {spaced(key): node for key, node in item.entries}
    question = next((nodes[key] for key in _QUESTION_KEYS if key in nodes), None)
    answer = next((nodes[key] for key in _ANSWER_KEYS if key in nodes), None)
    return (question.text, answer) if isinstance(question, Scalar) and answer else None


def _scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
        return
    children = node.items if isinstance(node, Listing) else (value for _, value in node.entries)
    for child in children:
        yield from _scalars(child)
