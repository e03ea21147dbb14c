import pytest

from matcher.domain.evidence import Fact, Span
from matcher.domain.proposal import Section
from matcher.domain.vocabulary import Basis
from matcher.proposals.fields import Field
from matcher.proposals.figures import amount_answered, amount_said, people_answered, people_said
from matcher.proposals.statements import applicant_pattern, statements_of


def field(answer: str) -> list[Field]:
    found = Field.of_text("How many?", answer, Span(0, len(answer)))
    return [found] if found else []


def people(text: str) -> Fact[int] | None:
    sections = [Section("Who?", text, Span(0, len(text)))]
    return people_said(statements_of(sections), applicant_pattern("Shade Club Schools", sections), text)


def amount(text: str) -> Fact[int] | None:
    sections = [Section("Who?", text, Span(0, len(text)))]
    return amount_said(statements_of(sections), applicant_pattern(None, sections), text)


@pytest.mark.parametrize(
    ("answer", "number", "quote"),
    [
        ("Direct Impact: 13,000\n\nIndirect Impact: 51,500", 13_000, "Direct Impact: 13,000"),
        ("Indirect: 900\nDirectly: 40", 40, "Directly: 40"),
        ("About 450 students", 450, "About 450 students"),
    ],
)
def test_the_stated_direct_figure_counts(answer: str, number: int, quote: str) -> None:
    fact = people_answered(field(answer))

    assert fact is not None
    assert (fact.value, fact.basis) == (number, Basis.STATED)
    assert fact.quote is not None
    assert fact.quote.text == quote


@pytest.mark.parametrize("answer", ["many", "40 to 60", "95%", "2.5 million", ""])
def test_answers_without_one_number_of_people_say_none(answer: str) -> None:
    assert people_answered(field(answer)) is None


@pytest.mark.parametrize(
    ("text", "number", "basis"),
    [
        ("Shade Club Schools has grown, educating 8,250 second-grade students in 17 buildings.", 8_250, Basis.STATED),
        ("We serve more than 3,750 young people.", 3_750, Basis.STATED),
        ("We serve 300 children here. In all, we serve 2,000 students.", 2_000, Basis.INFERRED),
    ],
)
def test_the_people_that_the_applicant_serves_now_are_counted(text: str, number: int, basis: Basis) -> None:
    fact = people(text)

    assert fact is not None
    assert (fact.value, fact.basis) == (number, basis)


@pytest.mark.parametrize(
    "text",
    [
        "We will serve 400 students.",
        "Since 2009, we reach over 1500 students in all.",
        "Our goal is serving 400 students; we hope so.",
        "The district is educating 9,500 students.",
        "We serve 400 meals.",
        "We serve 95% of students.",
        "Groups of 1200 students have tutored one another.",
    ],
)
def test_plans_totals_and_the_people_of_others_are_not_counted(text: str) -> None:
    assert people(text) is None


@pytest.mark.parametrize(
    ("answer", "units"), [("$25,000", 25_000), ("25000", 25_000), ("We ask for $1.5 million.", 1_500_000)]
)
def test_the_amount_requested_is_read_in_whole_units(answer: str, units: int) -> None:
    fact = amount_answered(field(answer))

    assert fact is not None
    assert fact.value == units


@pytest.mark.parametrize("answer", ["$5,000 to $9,000", "$5,000 for trees, $900 for soil", "as much as you can give"])
def test_a_range_or_several_amounts_are_no_amount(answer: str) -> None:
    assert amount_answered(field(answer)) is None


def test_a_request_in_prose_is_read_and_other_money_is_not() -> None:
    fact = amount("We raised $900,000. We request a grant of $25,000 for trees.")

    assert fact is not None
    assert fact.value == 25_000
    assert fact.quote is not None
    assert fact.quote.text == "We request a grant of $25,000 for trees."
    assert amount("We raised $900,000. They request $100.") is None
