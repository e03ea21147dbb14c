import pytest

from matcher.domain.opportunity import Priority
from matcher.domain.vocabulary import PriorityKind
from matcher.notices.preferences import preferences
from matcher.notices.priorities import stated_priorities
from tests.notices.texts import page_of


def found(body: str) -> tuple[Priority, ...]:
    page = page_of(body)
    return preferences(page, stated_priorities(page))


@pytest.mark.parametrize(
    ("sentence", "points"),
    [
        ("Preference will be given to gardens in hot towns.", None),
        ("Priority consideration will be given to applicants that never had a grant.", None),
        ("The Foundation gives preference to gardens that children keep.", None),
        ("Projects in hot towns receive five additional points.", 5),
        ("Bonus points will be awarded for shade: 3 points for each yard.", 3),
    ],
)
def test_a_sentence_that_favours_something_is_a_competitive_preference(sentence: str, points: int | None) -> None:
    (priority,) = found(f"We plant trees.\n\n{sentence} Write to us.")

    assert (priority.key, priority.kind) == ("competitive-1", PriorityKind.COMPETITIVE_PREFERENCE)
    assert (priority.quote.text, priority.title, priority.points) == (sentence, sentence, points)


@pytest.mark.parametrize(
    "sentence",
    [
        "We are particularly interested in gardens that keep rain water.",
        "The fund especially welcomes gardens on roofs.",
        "Applications from small towns are strongly encouraged.",
    ],
)
def test_a_sentence_that_only_wishes_is_invitational(sentence: str) -> None:
    (priority,) = found(f"We plant trees.\n\n{sentence}")

    assert (priority.key, priority.kind, priority.points) == ("invitational-1", PriorityKind.INVITATIONAL, None)
    assert priority.quote.text == sentence


def test_keys_go_on_where_those_of_named_priorities_end() -> None:
    keys = [
        priority.key
        for priority in found(
            "Competitive Preference Priority 1: Hot Towns. Projects in hot towns.\n\nOther matters\n\n"
            "Preference will be given to new applicants. Preference will be given to schools."
        )
    ]

    assert keys == ["competitive-2", "competitive-3"]


@pytest.mark.parametrize(
    "body",
    [
        "Invitational Priority: Roofs.\n\nWe are particularly interested in applications that meet this priority.",
        "Under 34 CFR 75.105(c)(2), preference will be given to an application that meets it.",
        "Our preference is for trees. It is a priority of ours, of interest to many.",
        "Potential applicants are strongly encouraged to call us first.",
        "Preference will be given to " + "trees and " * 80 + "shrubs.",
    ],
)
def test_sentences_about_named_priorities_and_of_no_consequence_are_left_out(body: str) -> None:
    assert found(body) == ()


def test_a_preference_in_a_list_is_quoted_without_its_mark() -> None:
    (priority,) = found("Notes:\n\n- Preference will be given to hot towns;\n- Write to us.")

    assert priority.quote.text == "Preference will be given to hot towns"
    assert priority.quote.span is not None


def test_a_preference_that_is_said_twice_is_one() -> None:
    assert len(found("Preference will be given to oaks.\n\nMore\n\nPreference will be given to oaks.")) == 1
