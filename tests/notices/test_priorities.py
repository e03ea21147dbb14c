import pytest

from matcher.domain.opportunity import Priority
from matcher.domain.vocabulary import PriorityKind
from matcher.notices.page import read_page
from matcher.notices.priorities import stated_priorities
from tests.notices.texts import SAFE_WALKS, page_of, text_document


def priorities(body: str) -> tuple[Priority, ...]:
    return stated_priorities(page_of(body))


def test_a_priority_is_read_with_its_title_its_text_and_its_elements() -> None:
    (priority,) = stated_priorities(read_page(text_document(SAFE_WALKS)))

    assert (priority.key, priority.kind, priority.points) == ("1", PriorityKind.ABSOLUTE, None)
    assert priority.title == "Streets That Children Can Walk"
    assert priority.quote.text.startswith("To meet this priority, an applicant must address")
    assert priority.quote.text.endswith("the number of accidents.")
    assert [(element.key, element.quote.text) for element in priority.elements] == [
        ("1.a", "build on the crossing plans of its towns (as defined in the notice)"),
        ("1.b", "create routes that every child, parent, or neighbor can walk or ride in daylight and at night"),
        ("1.c", "teach children to ride"),
        ("1.d", "plant trees along the way"),
        ("1.e", "lower the number of accidents"),
    ]
    for quote in (priority.quote, *(element.quote for element in priority.elements)):
        assert quote.span is not None
        assert quote.span.of(SAFE_WALKS) == quote.text


@pytest.mark.parametrize(
    ("heading", "key", "kind", "points"),
    [
        ("Absolute Priority 2—Clean Rivers.", "2", PriorityKind.ABSOLUTE, None),
        ("Absolute Priority: Clean Rivers.", "1", PriorityKind.ABSOLUTE, None),
        ("**Absolute Priority 1:** Clean Rivers.", "1", PriorityKind.ABSOLUTE, None),
        (
            "Competitive Preference Priority 2 (up to 5 points): Clean Rivers.",
            "competitive-2",
            PriorityKind.COMPETITIVE_PREFERENCE,
            5,
        ),
        (
            "Competitive Preference Priority 1: Clean Rivers (0 or 3 points).",
            "competitive-1",
            PriorityKind.COMPETITIVE_PREFERENCE,
            3,
        ),
        ("Invitational Priority: Clean Rivers.", "invitational-1", PriorityKind.INVITATIONAL, None),
        ("Goal 3: Clean Rivers.", "goal-3", PriorityKind.GOAL, None),
        ("Priority Area 1: Clean Rivers.", "goal-1", PriorityKind.GOAL, None),
        ("Topic 1: Clean Rivers.", "goal-1", PriorityKind.GOAL, None),
    ],
)
def test_every_way_of_naming_a_priority_gives_its_key_kind_and_points(
    heading: str, key: str, kind: PriorityKind, points: int | None
) -> None:
    (priority,) = priorities(f"{heading} Projects take the plastic out of rivers.")

    assert (priority.key, priority.kind, priority.points) == (key, kind, points)
    assert priority.title == "Clean Rivers"
    assert priority.quote.text == "Projects take the plastic out of rivers."


def test_a_priority_may_stand_under_a_heading_and_announce_a_list() -> None:
    (priority,) = priorities(
        "Absolute Priority 1\nClean Rivers\n\nUnder this priority, projects must do the following:\n\n"
        "(a) Take out the plastic;\n\n(b) Teach the neighbors.\n\nHow to apply\n\nSend it to us."
    )

    assert priority.title == "Clean Rivers"
    assert priority.quote.text.endswith("(b) Teach the neighbors.")
    assert [element.quote.text for element in priority.elements] == ["Take out the plastic", "Teach the neighbors"]


def test_what_follows_a_priority_is_no_part_of_it() -> None:
    (priority,) = priorities("Absolute Priority 1: Clean Rivers. Take out the plastic.\n\nI like rivers. Good luck!")

    assert priority.quote.text == "Take out the plastic."


def test_a_priority_without_a_short_title_is_called_by_its_name() -> None:
    words = "Projects that take " + "the plastic and " * 12 + "the rest out of rivers."

    (priority,) = priorities(f"Absolute Priority 1: {words}")

    assert (priority.title, priority.quote.text) == ("Absolute Priority 1", words)


def test_priorities_of_several_kinds_have_keys_of_their_own() -> None:
    found = priorities(
        "Absolute Priority 1: Rivers. Clean them.\n\nCompetitive Preference Priority 1: Towns. Small ones.\n\n"
        "Absolute Priority: Lakes. Clean them too."
    )

    assert [priority.key for priority in found] == ["1", "competitive-1", "2"]


def test_a_priority_named_twice_is_read_where_it_is_told_at_length() -> None:
    (priority,) = priorities(
        "Absolute Priority 1: Rivers.\n\nWhat follows tells more.\n\n"
        "Absolute Priority 1: Rivers. Clean them of all plastic."
    )

    assert priority.quote.text == "Clean them of all plastic."


@pytest.mark.parametrize(
    "body",
    [
        "Absolute Priority 1 applicants wrote the most.",
        "We give absolute priority to rivers.",
        "Under Absolute Priority 1, rivers come first.",
    ],
)
def test_a_sentence_that_only_mentions_a_priority_states_none(body: str) -> None:
    assert priorities(body) == ()


def test_a_list_announced_as_priorities_gives_goals() -> None:
    found = priorities(
        "The fund works in three priority areas:\n- Clean rivers\n- Quiet streets\n- Green roofs\n\nApply."
    )

    assert [(one.key, one.kind, one.title) for one in found] == [
        ("goal-1", PriorityKind.GOAL, "Clean rivers"),
        ("goal-2", PriorityKind.GOAL, "Quiet streets"),
        ("goal-3", PriorityKind.GOAL, "Green roofs"),
    ]


def test_an_announced_list_with_points_gives_preferences() -> None:
    found = priorities(
        "Applications meet the following priorities:\n- New applicants (up to 5 points)\n- Small towns (2 points)"
    )

    assert [(one.kind, one.points) for one in found] == [
        (PriorityKind.COMPETITIVE_PREFERENCE, 5),
        (PriorityKind.COMPETITIVE_PREFERENCE, 2),
    ]


def test_a_list_of_something_else_and_a_topic_that_is_over_are_no_goals() -> None:
    assert priorities("The following documents are needed:\n- A plan\n- A budget") == ()
    assert priorities("Topic 1: Clean Rivers is closed.") == ()
