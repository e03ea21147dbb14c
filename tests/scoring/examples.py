"""Small opportunities and proposals whose fits can be told by eye."""

from matcher.domain.evidence import Quote, Span
from matcher.domain.opportunity import Opportunity, Priority, PriorityElement
from matcher.domain.proposal import Proposal, Section
from matcher.domain.vocabulary import PriorityKind


def opportunity(identifier: str, title: str, *priorities: str, elements: tuple[str, ...] = ()) -> Opportunity:
    """Return an opportunity with priorities "1", "2", …; the first one asks for `elements`."""
    asked = tuple(
        PriorityElement(f"1.{letter}", Quote(text)) for letter, text in zip("abcdefg", elements, strict=False)
    )
    return Opportunity(
        opportunity_id=identifier,
        title=title,
        text=title,
        priorities=tuple(
            Priority(str(number), PriorityKind.ABSOLUTE, text[:20], Quote(text), asked if number == 1 else ())
            for number, text in enumerate(priorities, start=1)
        ),
    )


def proposal(title: str, *answers: str) -> Proposal:
    """Return a proposal with one section per answer, spans and all."""
    text = "\n".join(answers)
    starts = [text.index(answer) for answer in answers]
    sections = tuple(
        Section(f"Question {number}?", answer, Span(start, start + len(answer)))
        for number, (answer, start) in enumerate(zip(answers, starts, strict=True), start=1)
    )
    return Proposal(title, text, sections)


GARDENS = opportunity(
    "gardens",
    "School Gardens",
    "Plant vegetable gardens at public schools and teach children to grow food.",
    elements=("plant vegetable gardens at schools", "teach children to grow food", "repair school roofs"),
)
HULLS = opportunity("hulls", "Submarine Hull Repair", "Develop welding of titanium submarine hulls.")
MIXED = opportunity(
    "mixed", "Two Goals", "Develop welding of titanium submarine hulls.", "Plant vegetable gardens at public schools."
)
PROPOSAL = proposal(
    "Gardens for every school",
    "We plant vegetable gardens at public schools with neighbors. Our volunteers come on Saturdays.",
    "We teach children to grow food and to cook what they grow.",
)
