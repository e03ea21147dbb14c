import pytest

from matcher.domain.vocabulary import PriorityKind
from matcher.notices.page import read_page
from matcher.notices.purpose import purpose_priority
from tests.notices.texts import ORCHARD_FUND, page_of, text_document


def purpose(body: str) -> str:
    priority = purpose_priority(page_of(body))
    assert priority is not None
    return priority.quote.text


def test_the_sentence_of_purpose_becomes_the_one_priority() -> None:
    priority = purpose_priority(read_page(text_document(ORCHARD_FUND)))

    assert priority is not None
    assert (priority.key, priority.kind, priority.title) == ("1", PriorityKind.PURPOSE, "Orchard Fund")
    assert priority.quote.text == (
        "The purpose of the fund is to bring fruit trees to every neighborhood. It helps volunteers learn to prune."
    )
    assert priority.quote.span is not None
    assert priority.quote.span.of(ORCHARD_FUND) == priority.quote.text


def test_a_purpose_ends_where_money_dates_or_applicants_begin() -> None:
    words = "We aim to plant trees. They give shade."

    assert purpose(f"{words} Grants of $500 are due May 5. They are few.") == words


def test_the_list_that_a_purpose_announces_gives_its_elements() -> None:
    priority = purpose_priority(
        page_of("The goals of the fund are:\n- to plant trees\n- to teach pruning\n\nApply soon.")
    )

    assert priority is not None
    assert [element.quote.text for element in priority.elements] == ["plant trees", "teach pruning"]
    assert priority.quote.text.endswith("to teach pruning")


def test_a_section_on_the_program_serves_where_no_sentence_names_the_purpose() -> None:
    body = "Deadline\n\nProposals are due May 5.\n\nProgram description\n\nTrees are planted by neighbors."

    assert purpose(body) == "Trees are planted by neighbors."


def test_what_the_money_supports_serves_next() -> None:
    assert purpose("Hello there, dear reader. The fund supports trees.") == "The fund supports trees."


def test_the_first_substantial_paragraph_serves_at_last() -> None:
    body = (
        "Hello.\n\nNeighbors plant fruit trees on corners where nothing grew for many years, and they share the fruit."
    )

    assert purpose(body).startswith("Neighbors plant fruit trees")


def test_a_page_without_sentences_has_no_purpose() -> None:
    assert purpose_priority(read_page(text_document("123\n\n456"))) is None


@pytest.mark.parametrize(
    "aside",
    [
        "For the purposes of this notice, towns are places with a mayor.",
        "Any project that meets the goals of Proposition 9 may apply.",
        "If one wanted to see the goals of all calls, one would read the overview.",
        "The money also goes to larger projects that are designed to last.",
        "A plan of repairs with the goal of keeping the sheds open goes on.",
        "The mission of the Orchard Society is to judge apples.",
    ],
)
def test_a_purpose_of_something_else_is_passed_over(aside: str) -> None:
    assert purpose(f"{aside}\n\nThis program supports trees.") == "This program supports trees."


def test_a_notice_that_begins_with_what_it_is_there_to_do_begins_with_its_purpose() -> None:
    assert purpose("To plant trees on bare corners. The goal of the city is shade.").startswith("To plant trees")


def test_sections_on_who_may_apply_tell_no_purpose() -> None:
    body = (
        "Trees are planted by neighbors in every quarter of the town, with the help of a few gardeners and of friends."
        "\n\nEligibility\n\nNonprofits that hold money abroad for the purpose of avoiding taxes may not come."
    )

    assert purpose(body).startswith("Trees are planted")
