from matcher.domain.opportunity import Priority
from matcher.domain.vocabulary import PriorityKind
from matcher.notices.aims import all_priorities, named_priorities
from matcher.notices.page import read_page
from tests.notices.texts import page_of, text_document


def priorities(body: str) -> tuple[Priority, ...]:
    page = page_of(body)
    return all_priorities(page, named_priorities(page))


def kinds(body: str) -> list[tuple[str, PriorityKind]]:
    return [(priority.key, priority.kind) for priority in priorities(body)]


def test_purpose_and_goals_of_a_program_are_two_priorities() -> None:
    purpose, goals = priorities(
        "The purpose of the grant is to plant trees.\n\nProgram Goals\n\n- cooler streets\n- taught neighbors\n\n"
        "Contact\n\nUs."
    )

    assert purpose.quote.text == "The purpose of the grant is to plant trees."
    assert (goals.key, goals.kind, goals.title) == ("2", PriorityKind.PURPOSE, "Program Goals")
    assert [element.quote.text for element in goals.elements] == ["cooler streets", "taught neighbors"]
    assert [element.key for element in goals.elements] == ["2.a", "2.b"]


def test_goals_that_are_the_purpose_are_told_once() -> None:
    (purpose,) = priorities("Goals\n\nThe goals of the grant are:\n- cooler streets\n- taught neighbors")

    assert len(purpose.elements) == 2


def test_a_heading_without_words_below_it_tells_no_goal() -> None:
    assert len(priorities("The purpose of the grant is to plant trees.\n\nGoals\n\nContact\n\nUs.")) == 1


def test_a_preference_does_not_stand_in_for_the_purpose() -> None:
    body = "Our aim is to plant trees.\n\nPreference will be given to hot towns."

    assert kinds(body) == [("1", PriorityKind.PURPOSE), ("competitive-1", PriorityKind.COMPETITIVE_PREFERENCE)]


def test_a_named_preference_does_not_stand_in_for_the_purpose_either() -> None:
    body = "Our aim is to plant trees.\n\nCompetitive Preference Priority 1: Hot Towns. Projects in hot towns."

    assert kinds(body) == [("1", PriorityKind.PURPOSE), ("competitive-1", PriorityKind.COMPETITIVE_PREFERENCE)]


def test_an_absolute_priority_needs_no_purpose_beside_it() -> None:
    body = (
        "Our aim is to plant trees.\n\nAbsolute Priority: Shade. Projects that give shade.\n\n"
        "We are especially interested in oaks."
    )

    assert kinds(body) == [("1", PriorityKind.ABSOLUTE), ("invitational-1", PriorityKind.INVITATIONAL)]


def test_a_page_that_says_nothing_has_no_priority() -> None:
    page = read_page(text_document("123\n\n456"))

    assert all_priorities(page, named_priorities(page)) == ()
