"""YAML to nodes with their places, safely: libyaml's composer overruns the stack on deeply nested input."""

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    import yaml

MAXIMUM_DEPTH = 100


def compose(text: str) -> "yaml.Node | None":
    """Return the root node of the one YAML document in `text`, or None if it is empty; nothing is constructed.

    Raises:
        yaml.YAMLError: The text is no YAML, holds several documents, or nests deeper than `MAXIMUM_DEPTH`.
    """
    import yaml

    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAXIMUM_DEPTH:
            raise yaml.MarkedYAMLError(
                problem=f"it is nested deeper than {MAXIMUM_DEPTH} levels",
                problem_mark=cast("yaml.Mark | None", event.start_mark),
            )
    return yaml.compose(text, Loader=yaml.CSafeLoader)
