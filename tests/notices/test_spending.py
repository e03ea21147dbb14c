import pytest

from matcher.notices.spending import read_activities, read_exclusions
from tests.notices.texts import page_of


def activities(body: str) -> list[str]:
    return [quote.text for quote in read_activities(page_of(body))]


def exclusions(body: str) -> list[str]:
    return [quote.text for quote in read_exclusions(page_of(body))]


@pytest.mark.parametrize(
    "heading",
    [
        "Eligible Activities",
        "## What we fund",
        "**Allowable Costs**",
        "IV. Use of Funds",
        "3. Eligible and allowable uses of funding",
        "What grant funds can be used for",
        "Examples of eligible projects:",
    ],
)
def test_the_list_below_a_heading_gives_one_activity_an_item(heading: str) -> None:
    items = "- Planting of trees;\n- Watering; and\n- Lessons for pupils."
    body = f"{heading}\n\n{items}\n\nWrite to us.\n\nDeadline\n\n- May 5"

    assert activities(body) == ["Planting of trees", "Watering", "Lessons for pupils"]
    assert exclusions(body) == []


@pytest.mark.parametrize(
    "heading",
    ["What we do not fund", "Ineligible costs", "Unallowable Activities", "Funding Restrictions", "We don't support:"],
)
def test_the_list_below_a_heading_gives_one_exclusion_an_item(heading: str) -> None:
    body = f"{heading}\n1. Fences\n2. Travel, abroad and at home\n\n## Deadline\n\nMay 5"

    assert exclusions(body) == ["Fences", "Travel, abroad and at home"]
    assert activities(body) == []


def test_both_lists_of_one_notice_are_told_apart() -> None:
    body = (
        "2. Eligible Activities\n\n• planting\n• watering\n\n3. Ineligible Activities\n\n• fences\n\n"
        "4. How to Apply\n\n• by mail"
    )

    assert (activities(body), exclusions(body)) == (["planting", "watering"], ["fences"])


def test_an_activity_is_quoted_from_its_place_without_its_mark() -> None:
    page = page_of("Eligible activities\n\n(a) Planting of trees; and\n\n(b) Watering.")

    quotes = read_activities(page)

    assert [quote.text for quote in quotes] == ["Planting of trees", "Watering"]
    assert all(quote.span is not None and quote.span.of(page.text) == quote.text for quote in quotes)


def test_a_label_may_stand_before_what_it_names() -> None:
    assert activities("Allowable costs: wages of gardeners; tools; and rent of machines.") == [
        "wages of gardeners",
        "tools",
        "rent of machines",
    ]


def test_a_sentence_may_announce_the_list() -> None:
    body = (
        "We plant.\n\nHere is more. Grant funds may be used for:\n- trees\n- soil\n\n"
        "Grant funds may not be used for:\n- walls"
    )

    assert activities(body) == ["trees", "soil"]
    assert exclusions(body) == ["walls"]


def test_a_list_in_a_sentence_is_taken_apart() -> None:
    body = "Funds may be used for the following: (a) planting; (b) watering; and (c) pruning."

    assert activities(body) == ["planting", "watering", "pruning"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Grant funds may not be used for lobbying.",
        "The Foundation does not fund endowments or debt.",
        "We will not support political campaigns.",
        "Food is not an allowable cost.",
        "Costs of lobbying are unallowable.",
        "Repairs will not be reimbursed.",
    ],
)
def test_a_sentence_that_refuses_money_is_an_exclusion(sentence: str) -> None:
    assert exclusions(f"We plant trees. {sentence} Write to us.") == [sentence]
    assert activities(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Individuals are not eligible to apply.",
        "Applicants may not use the funds of others.",
        "We do not know.",
        "The grant is not large.",
        "Trees are not costs.",
        "Grant funds cannot be expended before May 5.",
        "An application that comes late will not be funded.",
    ],
)
def test_what_refuses_no_money_is_no_exclusion(sentence: str) -> None:
    assert exclusions(sentence) == []


def test_what_may_not_be_done_is_no_activity_though_it_stands_among_them() -> None:
    body = "Use of funds\n\nFunds may be used for trees.\n\nFunds may not be used for walls."

    assert activities(body) == ["Funds may be used for trees."]
    assert exclusions(body) == ["Funds may not be used for walls."]


def test_a_notice_that_says_nothing_of_spending_has_neither() -> None:
    body = "We plant trees.\n\nHow to apply\n\n- by mail\n- in person"

    assert (activities(body), exclusions(body)) == ([], [])


def test_a_sentence_of_two_clauses_stays_whole() -> None:
    sentence = "The program funds basic research; the program does not fund clinical trials."

    assert exclusions(sentence) == [sentence]


def test_what_is_said_twice_is_told_once() -> None:
    assert exclusions("We do not fund walls.\n\nMore\n\nWe do not  fund walls.") == ["We do not fund walls."]


def test_by_when_money_is_spent_is_no_activity() -> None:
    assert activities("All grant funds must be expended by May 5.") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Activities may include planting, watering and lessons.",
        "Project activities can include planting and watering.",
        "Proposals may include the following types of activities: planting and watering.",
    ],
)
def test_a_sentence_that_says_what_projects_may_do_tells_activities(sentence: str) -> None:
    assert activities(f"We plant trees. {sentence}") != []
    assert activities(f"We plant trees. {sentence.replace(' include', ' not include')}") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Costs before the award are not authorized under this program.",
        "Non-allowable expenses under the Tree Program include travel and tuition.",
        "Applicants should note that meals are not allowable costs.",
    ],
)
def test_a_sentence_that_refuses_a_use_of_the_money_tells_an_exclusion(sentence: str) -> None:
    assert exclusions(f"We plant trees. {sentence}") == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "Projects can include, but are not limited to planting and watering.",
        "Eligible project types include planting and watering.",
        "Costs eligible for reimbursement include planting and watering.",
        "The grant pays for planting and watering.",
        "Funds are available to carry out planting and watering.",
    ],
)
def test_a_sentence_says_what_the_money_pays_for(sentence: str) -> None:
    assert " ".join(activities(f"We plant trees.\n\n{sentence}")).endswith("watering.")
    assert exclusions(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "No part of the grant funds may be used for fences.",
        "The grant does not cover fences.",
        "Fences are ineligible for funding.",
        "Applications that propose fences will be considered non-responsive.",
        "Costs of fences will not be covered.",
    ],
)
def test_a_sentence_says_what_the_money_does_not_pay_for(sentence: str) -> None:
    assert exclusions(f"We plant trees.\n\n{sentence}") == [sentence]
    assert activities(sentence) == []
