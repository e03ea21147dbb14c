"""The plan of a bulk re-scoring follows from its rates, and docs/planning.md shows what follows from its own."""

from dataclasses import replace

import pytest

from benchmarks.plan import PAGE, Assumptions, Plan, Rates, read_rates, table, written

RATES = Rates(
    texts_encoded=10,
    texts_of_proposal=30,
    texts_of_opportunity=60,
    opportunities_loaded=100,
    pairs_scored=1_000,
    matches_kept=500,
    bytes_of_match=2_000,
    shares={"0.4": 0.01},
    efficiency=0.5,
)
GIVEN = Assumptions(organizations=1_200, opportunities=3_000, dollars_of_core_hour=0.1, cores_of_machine=4, machines=3)


def test_a_plan_can_be_worked_out_by_hand() -> None:
    plan = Plan(RATES, GIVEN, "0.4")
    assert plan.encoding == (1_200 * 30 + 3_000 * 60) / 10 / 3_600 == 6
    assert plan.loading == 12 * 3_000 / 100 / 3_600 == 0.1
    assert plan.scoring == 1_200 * 3_000 / 1_000 / 3_600 == 1
    assert plan.matches == 36_000
    assert plan.keeping == 36_000 / 500 / 3_600 == 0.02
    assert plan.core_hours == pytest.approx((6 + 0.1 + 1 + 0.02) / 0.5)
    assert plan.hours == pytest.approx(plan.core_hours / 12)
    assert plan.dollars == pytest.approx(plan.core_hours * 0.1)
    assert plan.terabytes == pytest.approx(36_000 * 2_000 / 1e12)


def test_twice_the_price_is_twice_the_money_and_nothing_else() -> None:
    dearer = Plan(RATES, replace(GIVEN, dollars_of_core_hour=0.2), "0.4")
    assert dearer.dollars == pytest.approx(2 * Plan(RATES, GIVEN, "0.4").dollars)
    assert dearer.hours == Plan(RATES, GIVEN, "0.4").hours


def test_the_page_shows_the_table_that_follows_from_its_rates() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert table(read_rates(page), Assumptions()) in page


def test_new_rates_bring_a_new_table_into_the_page_and_change_no_word() -> None:
    page = PAGE.read_text(encoding="utf-8")
    new = written(page, RATES)
    assert read_rates(new) == RATES
    assert table(RATES, Assumptions()) in new
    assert new.partition("```json")[0] == page.partition("```json")[0]
    assert new.partition("The columns")[2] == page.partition("The columns")[2]


def test_a_text_without_rates_is_refused() -> None:
    with pytest.raises(ValueError, match=r"benchmarks\.bulk_rescore"):
        read_rates("nothing")
