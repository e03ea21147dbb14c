import pytest

from matcher.domain.evidence import Fact, Span
from matcher.domain.proposal import Section
from matcher.domain.vocabulary import Basis
from matcher.proposals.cost_share import cost_share_answered, cost_share_said
from matcher.proposals.fields import Field
from matcher.proposals.statements import applicant_pattern, statements_of


def said(text: str) -> Fact[bool] | None:
    sections = [Section("Who?", text, Span(0, len(text)))]
    return cost_share_said(statements_of(sections), applicant_pattern("Shade Club of Kern", sections), text)


@pytest.mark.parametrize(
    "text",
    [
        "We will match with $50,000 of our own funds.",
        "We will match the grant dollar for dollar.",
        "We will fully match every dollar.",
        "We have secured matching funds of $20,000 from a foundation.",
        "Shade Club of Kern will provide a 25% match in cash.",
        "We will contribute $10,000 as cost share.",
        "We commit to the non-federal share of the cost, and we bring an in-kind match.",
        "Trees are dear. We offer matching funds.",
    ],
)
def test_an_offer_to_share_the_cost_is_read_with_its_sentence(text: str) -> None:
    fact = said(text)

    assert fact is not None
    assert (fact.value, fact.basis) == (True, Basis.STATED)
    assert fact.quote is not None
    assert fact.quote.span is not None
    assert fact.quote.span.of(text) == fact.quote.text


@pytest.mark.parametrize(
    "text",
    [
        "We cannot provide matching funds.",
        "We are unable to meet the cost share.",
        "We do not have any matching funds.",
        "Shade Club of Kern has no matching funds.",
        "No cost sharing is offered.",
        "This proposal includes no cost share.",
    ],
)
def test_outright_words_that_there_is_nothing_to_share_are_read(text: str) -> None:
    fact = said(text)

    assert fact is not None
    assert (fact.value, fact.basis) == (False, Basis.STATED)


@pytest.mark.parametrize(
    "text",
    [
        "We will match mentors with students.",
        "We match each student with a mentor.",
        "We help small clubs provide matching funds.",
        "The city will provide matching funds.",
        "We seek matching funds to provide for trees.",
        "If needed, we will match the grant.",
        "We do not require matching funds from families.",
        "We have no match for their zeal.",
        "We work with clubs that cannot provide matching funds.",
        "Our partners offer matching funds.",
        "We share the costs of trucks.",
    ],
)
def test_other_matches_and_the_shares_of_others_say_nothing(text: str) -> None:
    assert said(text) is None


def test_a_plan_to_share_is_inferred() -> None:
    fact = said("We plan to provide matching funds.")

    assert fact is not None
    assert (fact.value, fact.basis) == (True, Basis.INFERRED)


@pytest.mark.parametrize(
    ("answer", "offers"),
    [
        ("yes", True),
        ("Yes, from a foundation.", True),
        ("true", True),
        ("$50,000", True),
        ("25%", True),
        ("no", False),
        ("None.", False),
        ("0", False),
        ("$0", False),
        ("not yet known", None),
        ("n/a", None),
        ("Notes follow", None),
    ],
)
def test_an_answer_says_yes_no_or_nothing(answer: str, offers: bool | None) -> None:
    field = Field.of_text("cost_share", answer, Span(0, len(answer)))
    assert field is not None
    fact = cost_share_answered([field])
    assert (fact.value if fact else None) is offers
