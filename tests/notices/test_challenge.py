import pytest

from matcher.domain.vocabulary import PriorityKind
from matcher.notices.challenge import challenge_priorities
from tests.notices.texts import page_of

TOPIC = """\
Specific Challenge:

Cities grow hotter every year. Their trees die first.

Scope: Proposals should (a) find trees that stand the heat; (b) plant them with neighbors; and (c) count what lives.

**Expected Outcomes**

- cooler streets
- neighbors who know how to water

Budget

EUR 4 million is available."""


def test_the_sections_of_a_topic_are_its_priorities() -> None:
    page = page_of(TOPIC)
    found = challenge_priorities(page)

    assert [(priority.key, priority.kind, priority.title) for priority in found] == [
        ("1", PriorityKind.PURPOSE, "Specific Challenge"),
        ("2", PriorityKind.PURPOSE, "Scope"),
        ("3", PriorityKind.PURPOSE, "Expected Outcomes"),
    ]
    assert found[0].quote.text == "Cities grow hotter every year. Their trees die first."
    assert [element.quote.text for element in found[1].elements][1] == "plant them with neighbors"
    assert [element.key for element in found[2].elements] == ["3.a", "3.b"]
    assert found[2].quote.text.endswith("how to water")
    assert all(p.quote.span is not None and p.quote.span.of(page.text) == p.quote.text for p in found)


@pytest.mark.parametrize(
    "body",
    [
        "Scope: All of it.\n\nObjectives: To plant trees.",
        "Expected Outcome: Shade.",
        "Expected Outcome:\n\nScope: All of it.",
        "The scope of the expected outcome is wide.",
    ],
)
def test_headings_of_any_document_make_no_topic(body: str) -> None:
    assert challenge_priorities(page_of(body)) == ()
