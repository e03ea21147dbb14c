import json

import pytest

from matcher.domain.opportunity import FundingRange
from matcher.notices.formats.eu_budget import budget_of, funding


def overview(*rows: dict[str, object]) -> str:
    return json.dumps({"budgetTopicActionMap": {"1": list(rows)}})


def row(action: str, budget: int, **values: object) -> dict[str, object]:
    return {"action": action, "budgetYearMap": {"2031": budget}, "expectedGrants": 2, **values}


def test_only_the_rows_of_the_topic_count() -> None:
    text = overview(
        row("BEES-A - RIA", 6_000_000, minContribution=1_000_000, maxContribution=3_000_000),
        row("BEES-AB - RIA", 9_000_000, minContribution=1, maxContribution=9_000_000),
    )

    assert budget_of(text, "BEES-A") == FundingRange(1_000_000, 3_000_000, 6_000_000, 2, currency="EUR")


def test_several_actions_of_a_topic_span_one_range() -> None:
    text = overview(
        row("BEES-A - RIA", 6_000_000, minContribution=0, maxContribution=3_000_000),
        row("BEES-A - CSA", 1_000_000, minContribution=500_000, maxContribution=1_000_000),
    )

    assert budget_of(text, "BEES-A") == FundingRange(500_000, 3_000_000, 7_000_000, 4, currency="EUR")


def test_a_budget_that_topics_share_is_nobodys() -> None:
    text = overview(row("BEES-A - RIA", 6_000_000), row("BEES-B - RIA", 6_000_000))

    assert budget_of(text, "BEES-A") == FundingRange(expected_number_of_awards=2, currency="EUR")


@pytest.mark.parametrize("text", [None, "", "{", "[]", '{"budgetTopicActionMap": [1]}', "[" * 100_000, overview()])
def test_a_budget_that_cannot_be_read_is_unknown(text: object) -> None:
    assert budget_of(text, "BEES-A") == FundingRange(currency="EUR")


def test_ends_in_the_wrong_order_say_nothing() -> None:
    assert funding(5, 3, 1, 15) == FundingRange(None, None, 15, 1, currency="EUR")
