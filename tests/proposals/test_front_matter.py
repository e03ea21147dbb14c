import pytest

from matcher.errors import DocumentRejected
from matcher.proposals.front_matter import front_matter_fields
from matcher.proposals.reader import read_proposal
from matcher.text.documents import read_document

from .texts import FRONT_MATTER


def test_every_key_of_any_year_is_read_in_the_order_of_the_text() -> None:
    proposal = read_proposal(read_document(FRONT_MATTER.encode(), "trees.txt"))

    assert proposal.title == "Shade for All: Trees Where They Are Missing"
    assert proposal.organization == "Shade Club, a Project of Old Town Foundation"
    assert [section.question for section in proposal.sections] == [
        "In two sentences, please describe your proposal.",
        "Where will you be working?",
        "What will change?",
        "Please explain how you will test your plan. How will you measure it?",
    ]


def test_answers_are_clean_and_their_spans_hold_the_escaped_original() -> None:
    proposal = read_proposal(read_document(FRONT_MATTER.encode(), "trees.txt"))
    summary, places, changes, evaluation = proposal.sections

    assert summary.answer.endswith('our work.\n\nNeighbors "water" & keep.')
    assert summary.span.of(proposal.text).endswith(r"our work.\r\n\r\nNeighbors \"water\" & keep.")
    assert places.answer == "North Side\nOld Town"
    assert places.span.of(proposal.text) == "North Side\n  - Old Town"
    assert changes.answer.endswith("\nTrees that live for three years (counted, mapped)")
    assert evaluation.answer.startswith("We count the trees that live after one and after three years, and\nwe")


def test_a_value_that_repeats_another_is_kept_once_under_the_question_in_plain_words() -> None:
    fields = front_matter_fields(FRONT_MATTER, "trees.txt")
    proposal = read_proposal(read_document(FRONT_MATTER.encode(), "trees.txt"))

    assert {"project_summary", "project_areas"} <= {field.key for field in fields}
    assert "Project summary" not in {section.question for section in proposal.sections}


def test_the_markdown_below_the_block_is_read_too() -> None:
    text = "---\ntitle: Trees\n---\n\nShade is missing.\n\n# Plan\n\nWe plant oaks.\n"

    proposal = read_proposal(read_document(text.encode(), "trees.md"))

    assert proposal.title == "Trees"
    assert [(s.question, s.answer) for s in proposal.sections] == [
        ("", "Shade is missing."),
        ("Plan", "We plant oaks."),
    ]


def test_broken_yaml_is_refused_with_file_and_line() -> None:
    text = "---\ntitle: Trees\nplan: We plant: oaks\n---\n"

    with pytest.raises(
        DocumentRejected, match=r"^trees\.md, line 3: the YAML cannot be read: mapping values"
    ) as caught:
        read_proposal(read_document(text.encode(), "trees.md"))

    assert caught.value.line == 3


def test_an_alias_is_read_once() -> None:
    bomb = "---\na0: &a0 [many words of shade]\n"
    bomb += "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30)) + "---\n"

    fields = front_matter_fields(bomb, "trees.md")

    assert [(field.key, field.answer) for field in fields] == [("a0", "many words of shade")]


def test_a_block_that_is_not_closed_is_refused() -> None:
    with pytest.raises(DocumentRejected, match="no closing ---"):
        front_matter_fields("---\ntitle: Trees\n", "trees.md")
