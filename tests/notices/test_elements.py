import pytest

from matcher.domain.evidence import Span
from matcher.notices.element_keys import element_key
from matcher.notices.elements import element_spans


def elements(text: str) -> list[str]:
    return [span.of(text) for span in element_spans(text, Span(0, len(text)))]


def test_lettered_items_are_elements_without_their_marks() -> None:
    text = (
        "A project must do the following: (a) Slow the traffic; (b) Plant trees, hedges, or reeds; and (c) Build paths."
    )

    assert elements(text) == ["Slow the traffic", "Plant trees, hedges, or reeds", "Build paths"]


def test_numbered_lines_and_bullets_are_elements() -> None:
    assert elements("Do this:\n1. Slow the traffic.\n2. Plant trees.") == ["Slow the traffic", "Plant trees"]
    assert elements("Do this:\n- Slow the traffic\n- Plant trees") == ["Slow the traffic", "Plant trees"]
    assert elements("Do this: • Slow the traffic • Plant trees") == ["Slow the traffic", "Plant trees"]


def test_a_list_within_an_item_stays_in_it() -> None:
    text = "(a) Plant trees that (1) shade and (2) cool;\n(b) Build paths."

    assert elements(text) == ["Plant trees that (1) shade and (2) cool", "Build paths"]


def test_a_list_ends_with_its_paragraph() -> None:
    assert elements("Do:\n- Slow the traffic\n- Plant trees\n\nWe thank you.") == ["Slow the traffic", "Plant trees"]


def test_semicolon_clauses_are_elements_without_the_words_that_lead_in() -> None:
    text = "Applicants must describe how they will slow the traffic; plant trees, or reeds; and build paths."

    assert elements(text) == ["slow the traffic", "plant trees, or reeds", "build paths"]


def test_a_semicolon_in_parentheses_separates_nothing() -> None:
    text = "A project must slow the traffic (in towns; in cities); plant trees; and build paths."

    assert elements(text) == ["slow the traffic (in towns; in cities)", "plant trees", "build paths"]


def test_a_long_clause_of_foundation_and_aim_is_two_elements() -> None:
    text = (
        "An applicant must address how it will build on the crossing plans of its towns (as defined in the notice) to "
        "create routes that every child, parent, or neighbor can walk; teach children; and plant trees."
    )

    assert elements(text)[:2] == [
        "build on the crossing plans of its towns (as defined in the notice)",
        "create routes that every child, parent, or neighbor can walk",
    ]


def test_a_short_clause_of_means_and_aim_stays_one() -> None:
    assert elements("It must use maps to help children; plant trees; build paths.")[0] == "use maps to help children"


@pytest.mark.parametrize(
    "text",
    ["Plant trees, hedges, or reeds along the way.", "See section (a) of the law.", "- Plant trees"],
)
def test_what_asks_for_one_thing_has_no_elements(text: str) -> None:
    assert elements(text) == []


def test_keys_run_on_after_the_alphabet() -> None:
    assert [element_key("1", position) for position in (0, 1, 25, 26, 27, 52)] == [
        "1.a",
        "1.b",
        "1.z",
        "1.aa",
        "1.ab",
        "1.ba",
    ]
