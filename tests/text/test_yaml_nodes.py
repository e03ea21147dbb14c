import pytest
import yaml

from matcher.text.yaml_nodes import MAXIMUM_DEPTH, compose


def test_nodes_know_their_place_in_characters() -> None:
    text = "'🌳': Trees\nplan: >\n  We\n  plant.\n"

    node = compose(text)

    assert isinstance(node, yaml.MappingNode)
    key, value = node.value[0]
    assert text[key.start_mark.index : key.end_mark.index] == "'🌳'"
    assert text[value.start_mark.index : value.end_mark.index] == "Trees"


def test_nothing_is_constructed() -> None:
    node = compose("!!python/object/apply:os.getcwd []")

    assert isinstance(node, yaml.SequenceNode)


def test_an_empty_text_has_no_node() -> None:
    assert compose("# only a comment\n") is None


def test_nesting_is_allowed_up_to_the_limit() -> None:
    assert compose("[" * MAXIMUM_DEPTH + "]" * MAXIMUM_DEPTH) is not None
    with pytest.raises(yaml.MarkedYAMLError, match="nested deeper than 100 levels"):
        compose("[" * 100_000)


def test_two_documents_are_refused() -> None:
    with pytest.raises(yaml.YAMLError, match="single document"):
        compose("a: 1\n---\nb: 2\n")
