import pytest

from matcher.domain.evidence import Fact, Span
from matcher.domain.proposal import Section
from matcher.domain.vocabulary import Basis
from matcher.proposals.fields import Field
from matcher.proposals.size import budget_said, employees_answered, employees_said
from matcher.proposals.statements import applicant_pattern, statements_of

STATED, INFERRED = Basis.STATED, Basis.INFERRED


def budget(text: str) -> Fact[int] | None:
    sections = [Section("Who?", text, Span(0, len(text)))]
    return budget_said(statements_of(sections), applicant_pattern("Old Town Shade Club", sections), text)


def employees(text: str) -> Fact[int] | None:
    sections = [Section("Who?", text, Span(0, len(text)))]
    return employees_said(statements_of(sections), applicant_pattern("Old Town Shade Club", sections), text)


@pytest.mark.parametrize(
    ("text", "units", "basis"),
    [
        ("Our annual budget is $1.2 million.", 1_200_000, STATED),
        ("Our organization's current annual operating budget totals $850,000.", 850_000, STATED),
        ("Old Town Shade Club's operating budget was $90,000.", 90_000, STATED),
        ("We are a small nonprofit with an annual budget of $300,000.", 300_000, STATED),
        ("Old Town Shade Club has a modest annual budget of $300,000, most of it gifts.", 300_000, STATED),
        ("We operate on an annual operating budget of $2 million.", 2_000_000, STATED),
        ("Our yearly budget is approximately $1.2 million.", 1_200_000, INFERRED),
    ],
)
def test_the_applicants_own_budget_of_a_year_is_read(text: str, units: int, basis: Basis) -> None:
    fact = budget(text)

    assert fact is not None
    assert (fact.value, fact.basis) == (units, basis)
    assert fact.quote is not None
    assert fact.quote.span is not None
    assert fact.quote.span.of(text) == fact.quote.text


@pytest.mark.parametrize(
    "text",
    [
        "The district's annual budget is $9 billion.",
        "The city has an annual budget of $9 billion, and we see little of it.",
        "We help nonprofits with an annual budget of $300,000.",
        "We work with clubs that have an annual budget of $300,000.",
        "Our project budget is $40,000.",
        "The total budget of this project is $40,000.",
        "Our annual budget will be $2 million.",
        "Our annual budget grew from $1 million to $2 million.",
        "Our annual budget is under $2 million.",
        "Our annual budget is small. The grant is $40,000.",
        "We raised $1.2 million.",
        "Our annual report tells of a budget of $3 million.",
    ],
)
def test_the_budgets_of_others_of_projects_and_of_plans_are_not_read(text: str) -> None:
    assert budget(text) is None


@pytest.mark.parametrize(
    ("text", "number", "basis"),
    [
        ("We have 12 employees.", 12, STATED),
        ("Old Town Shade Club employs 1,200 skilled staff members.", 1_200, STATED),
        ("We are a club with 8 paid employees.", 8, STATED),
        ("Our staff of 14 plants trees.", 14, STATED),
        ("We employ about 40 staff.", 40, INFERRED),
    ],
)
def test_the_people_that_the_applicant_employs_are_counted(text: str, number: int, basis: Basis) -> None:
    fact = employees(text)

    assert fact is not None
    assert (fact.value, fact.basis) == (number, basis)


@pytest.mark.parametrize(
    "text",
    [
        "The factory has 900 employees.",
        "We train 40 employees.",
        "We serve companies that have 40 employees.",
        "We work with firms with 40 employees.",
        "We have 12 full-time and 9 part-time employees.",
        "We have 12 employees and 300 volunteers, of whom some are paid staff.",
        "We will have 12 employees.",
        "We have 12 trucks.",
    ],
)
def test_the_people_of_others_plans_and_parts_of_the_staff_are_not_counted(text: str) -> None:
    assert employees(text) is None


@pytest.mark.parametrize(
    ("answer", "number", "basis"),
    [
        ("12", 12, STATED),
        ("We have 1,200 employees", 1_200, STATED),
        ("about 12", 12, INFERRED),
        ("12 and 9", None, STATED),
    ],
)
def test_an_answer_with_one_number_states_the_employees(answer: str, number: int | None, basis: Basis) -> None:
    field = Field.of_text("employees", answer, Span(0, len(answer)))
    assert field is not None
    fact = employees_answered([field])
    assert (fact.value if fact else None) == number
    assert fact is None or fact.basis is basis
