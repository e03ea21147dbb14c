from matcher.domain.opportunity import Priority
from matcher.domain.vocabulary import PriorityKind
from matcher.notices.priorities import stated_priorities
from tests.notices.texts import page_of

LEGAL = """\
Priorities: This competition has one absolute priority, two competitive preference priorities and an invitational one.

Absolute Priority: For FY 2031 and any later year in which we make awards from this list, this priority is an absolute \
priority. Under 34 CFR 75.105(c)(3), we consider only applications that meet this priority.

This priority is:

Shade for School Yards.

Projects that plant trees in bare school yards; teach pupils to water them; and leave someone in charge.

Competitive Preference Priorities: For FY 2031, these priorities are competitive preference priorities. Under 34 CFR \
75.105(c)(2)(i), we award up to an additional 5 points to an application that meets Competitive Preference Priority 1, \
and an additional three points to one that meets Competitive Preference Priority 2.

These priorities are:

Competitive Preference Priority 1—Hot Towns.

Projects in towns with more than thirty hot days a year.

Competitive Preference Priority 2—New Applicants.

An applicant that never had a grant under this program.

Invitational Priority: For FY 2031, this priority is an invitational priority. Under 34 CFR 75.105(c)(1), we do not \
give an application that meets it a preference over others.

This priority is:

Rain Gardens.

Projects that keep rain water in the ground.

Definitions

Rain water is water that fell as rain.
"""


def priorities(body: str) -> tuple[Priority, ...]:
    return stated_priorities(page_of(body))


def test_a_priority_is_what_stands_behind_its_legal_words() -> None:
    found = priorities(LEGAL)

    assert [(priority.key, priority.kind, priority.title, priority.points) for priority in found] == [
        ("1", PriorityKind.ABSOLUTE, "Shade for School Yards", None),
        ("competitive-1", PriorityKind.COMPETITIVE_PREFERENCE, "Hot Towns", 5),
        ("competitive-2", PriorityKind.COMPETITIVE_PREFERENCE, "New Applicants", 3),
        ("invitational-1", PriorityKind.INVITATIONAL, "Rain Gardens", None),
    ]
    assert [len(priority.elements) for priority in found] == [3, 0, 0, 0]
    assert found[3].quote.text == "Projects that keep rain water in the ground."


def test_the_points_of_an_only_preference_stand_in_its_legal_words() -> None:
    (priority,) = priorities(
        "Competitive Preference Priority: For FY 2031, this priority is a competitive preference priority. Under 34 "
        "CFR 75.105(c)(2)(i), we award an additional 4 points to an application that meets this priority.\n\n"
        "This priority is:\n\nHot Towns.\n\nProjects in hot towns."
    )

    assert (priority.title, priority.points, priority.quote.text) == ("Hot Towns", 4, "Projects in hot towns.")


def test_a_priority_without_a_title_begins_with_its_text() -> None:
    (priority,) = priorities(
        "Absolute Priority: For FY 2031, this priority is an absolute priority.\n\n"
        "Projects that plant trees. They grow."
    )

    assert priority.title == "Absolute Priority"
    assert priority.quote.text == "Projects that plant trees. They grow."


def test_legal_words_with_nothing_behind_them_are_all_there_is() -> None:
    (priority,) = priorities("Absolute Priority: For FY 2031, this priority is an absolute priority.")

    assert priority.kind is PriorityKind.ABSOLUTE
    assert priority.quote.text == "For FY 2031, this priority is an absolute priority."
