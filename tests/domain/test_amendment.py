"""What changed, as data and in a sentence."""

from dataclasses import replace
from datetime import date

import pytest

from matcher.domain.amendment import FieldChange, differences, field_label
from matcher.domain.dates import PartialDate
from matcher.domain.evidence import Quote, Span
from matcher.domain.opportunity import (
    Eligibility,
    FundingRange,
    KeyDate,
    Opportunity,
    Priority,
    PriorityElement,
    SelectionCriterion,
)
from matcher.domain.vocabulary import ApplicantType, OpportunityStatus, PriorityKind

NONPROFITS, SCHOOLS = ApplicantType.NONPROFITS_WITH_501C3, ApplicantType.CHARTER_SCHOOLS
GARDENS = Opportunity(
    "gardens",
    "School gardens",
    "Plant gardens.",
    status=OpportunityStatus.FORECASTED,
    priorities=(Priority("1", PriorityKind.ABSOLUTE, "Gardens", Quote("Plant gardens.")),),
    eligibility=Eligibility(applicant_types=(NONPROFITS, SCHOOLS)),
    funding=FundingRange(award_ceiling=50_000),
    key_dates=(KeyDate("application", PartialDate(3, 1, 2026)), KeyDate("post", PartialDate(1, 5, 2026))),
)


def sentences(**changed: object) -> list[str]:
    return [change.sentence for change in differences(GARDENS, replace(GARDENS, **changed))]


def closing(*days: PartialDate) -> tuple[KeyDate, ...]:
    return (*(KeyDate("application", day) for day in days), GARDENS.key_dates[1])


def test_equal_opportunities_have_no_difference() -> None:
    assert differences(GARDENS, replace(GARDENS)) == ()


def test_a_moved_deadline_is_data_and_a_sentence() -> None:
    moved = replace(GARDENS, key_dates=closing(PartialDate(3, 15, 2026)))
    assert differences(GARDENS, moved) == (
        FieldChange("key_dates.application", "2026-03-01", "2026-03-15", "close date 2026-03-01 → 2026-03-15"),
    )


def test_of_several_deadlines_only_the_moved_one_is_told() -> None:
    first, second, third = (PartialDate.of(date(2026, month, 1)) for month in (3, 6, 9))
    before, after = (replace(GARDENS, key_dates=closing(*days)) for days in ((first, second), (first, third)))
    assert [change.sentence for change in differences(before, after)] == ["close date 2026-06-01 → 2026-09-01"]


def test_a_deadline_that_appears_or_goes_says_so() -> None:
    assert sentences(key_dates=closing()) == ["close date 2026-03-01 → not stated"]
    second = PartialDate(9, 1)
    assert sentences(key_dates=closing(PartialDate(3, 1, 2026), second)) == ["close date not stated → --09-01"]


def test_money_is_told_in_its_currency_and_kept_as_a_number() -> None:
    change = differences(GARDENS, replace(GARDENS, funding=FundingRange(award_ceiling=75_000)))[0]
    assert (change.field, change.before, change.after) == ("funding.award_ceiling", 50_000, 75_000)
    assert change.sentence == "largest award $50,000 → $75,000"


def test_unknown_money_is_not_stated_and_never_zero() -> None:
    change = differences(GARDENS, replace(GARDENS, funding=FundingRange()))[0]
    assert (change.after, change.sentence) == (None, "largest award $50,000 → not stated")


def test_who_may_apply_tells_what_came_and_what_went() -> None:
    tribal = ApplicantType.TRIBAL_GOVERNMENTS
    assert sentences(eligibility=Eligibility(applicant_types=(SCHOOLS, tribal))) == [
        f"who may apply: no longer {NONPROFITS.label}, now {tribal.label}"
    ]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"status": OpportunityStatus.POSTED}, "status forecasted → posted"),
        ({"is_rolling": True}, "applications at any time no → yes"),
        ({"agency_name": "Parks"}, "agency not stated → Parks"),
        ({"funding_categories": ("education",)}, "funding categories: now education"),
        ({"text": "Plant more gardens."}, "text of the notice: 1 words added, 0 removed"),
        ({"text": "gardens. Plant"}, "text of the notice: the same words in another form"),
        ({"exclusions": (Quote("No buildings."),)}, "what is not funded: now No buildings."),
    ],
)
def test_every_kind_of_field_has_its_sentence(changed: dict[str, object], sentence: str) -> None:
    assert sentences(**changed) == [sentence]


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "Gardens"},
        {"key_dates": (KeyDate("application", PartialDate(4, 1, 2026)), KeyDate("webinar", PartialDate(1, 2, 2026)))},
        {"funding": FundingRange(expected_number_of_awards=3)},
        {"eligibility": Eligibility(places=("Ohio",))},
        {"priorities": ()},
        {"description": "More."},
    ],
)
def test_a_sentence_begins_with_what_a_person_calls_the_field(changed: dict[str, object]) -> None:
    for change in differences(GARDENS, replace(GARDENS, **changed)):
        assert change.sentence.startswith(field_label(change.field))
        assert "." not in field_label(change.field)


def test_a_priority_is_compared_under_its_key_with_its_elements() -> None:
    asked = replace(GARDENS.priorities[0], elements=(PriorityElement("1a", Quote("teach children")),))
    changes = differences(GARDENS, replace(GARDENS, priorities=(asked,)))
    assert [change.field for change in changes] == ["priorities.1"]
    assert "teach children" in changes[0].sentence


def test_a_criterion_that_is_gone_says_so() -> None:
    before = replace(GARDENS, selection_criteria=(SelectionCriterion("need", "Need", Quote("The need."), 20),))
    assert differences(before, GARDENS)[0].sentence == "selection criterion Need (20 points): The need. → not stated"


def test_a_quote_that_only_moves_in_its_text_is_no_difference_of_its_field() -> None:
    moved = replace(GARDENS.priorities[0], quote=Quote("Plant gardens.", Span(5, 19)))
    changes = differences(GARDENS, replace(GARDENS, priorities=(moved,)))
    assert [change.field for change in changes] == ["reading"]


def test_long_words_are_cut_in_the_sentence_and_kept_in_the_data() -> None:
    title = "gardens " * 40
    change = differences(GARDENS, replace(GARDENS, title=title))[0]
    assert change.after == title
    assert len(change.sentence) < 160
