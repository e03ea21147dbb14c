from matcher.domain.vocabulary import PriorityKind
from matcher.notices.formats.running_text import RunningText
from matcher.notices.formats.stated_priorities import priorities_in, section_priority


def test_the_purpose_is_read_from_its_section_alone() -> None:
    text = RunningText("Creek Grants")
    text.section("", "The purpose of this line is none of the section's.")
    section = text.section("Description", "There is money. The purpose of the grants is to open creeks.")
    text.section("Contact", "The purpose of the office is to answer.")

    (priority,) = priorities_in(text.text, section, "Creek Grants")

    assert (priority.kind, priority.title) == (PriorityKind.PURPOSE, "Creek Grants")
    assert priority.quote.text == "The purpose of the grants is to open creeks."
    assert priority.quote.span is not None
    assert priority.quote.span.of(text.text) == priority.quote.text


def test_priorities_that_are_named_come_first() -> None:
    text = RunningText("Creek Grants")
    section = text.section("", "We have two goals.\n\nGoal 1: Open creeks.\n\nGoal 2: Plant willows.")

    assert [priority.key for priority in priorities_in(text.text, section, "Creek Grants")] == ["goal-1", "goal-2"]


def test_no_section_has_no_priorities() -> None:
    assert priorities_in("Creek Grants", None, "Creek Grants") == ()


def test_a_section_as_a_whole_is_a_priority_with_the_things_that_it_lists() -> None:
    text = RunningText("Creek Grants")
    section = text.section("Scope", "Projects should:\n- open a creek\n- plant willow trees")
    assert section is not None

    priority = section_priority("2", "Scope", text.text, section)

    assert (priority.key, priority.kind, priority.quote) == ("2", PriorityKind.PURPOSE, section)
    assert [element.quote.text for element in priority.elements] == ["open a creek", "plant willow trees"]


def test_what_only_looks_like_a_list_is_none() -> None:
    text = RunningText("Creek Grants")
    section = text.section("Scope", "Open a creek for everybody.[1] See chapters 2. Mapping; 4.4 Risks; 5")
    assert section is not None

    assert section_priority("1", "Scope", text.text, section).elements == ()
