"""The measurement of the prose grammars, and that their precision on real notices does not drop."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from matcher.text.documents import Document, DocumentKind
from tests.conftest import CHECKOUT

FLOORS = {
    "application_dates": 0.95,
    "intent_dates": 0.95,
    "open_dates": 0.95,
    "post_dates": 0.95,
    "start_dates": 0.95,
    "end_dates": 0.95,
    "project_period": 0.95,
    "typical_award": 0.95,
    "is_rolling": 0.95,
    "award_floor": 0.95,
    "award_ceiling": 0.95,
    "estimated_total_program_funding": 0.95,
    "expected_number_of_awards": 0.95,
    "is_cost_sharing": 0.95,
    "purpose": 0.85,
    "priorities": 0.9,
    "selection_criteria": 0.9,
    "applicant_types": 0.85,
    "activities": 0.9,
    "exclusions": 0.66,
}
"""What the development half must keep; the fields that other rooms' rules decide are measured only."""


@pytest.fixture(scope="module")
def fields() -> Iterator[ModuleType]:
    """The measurement, which is a script and in no package."""
    folder = str(CHECKOUT / "benchmarks" / "quality")
    sys.path.insert(0, folder)
    import notice_fields

    yield notice_fields
    sys.path.remove(folder)


def test_a_label_is_met_missed_or_open(fields: ModuleType) -> None:
    values = (fields.Value("2031-05-20"), fields.Value("2031-07-01"))

    result = fields.judged("application_dates", ("2031-05-20", "2031-06-01", "2031-08-01?"), values)

    assert result.met == ("2031-05-20",)
    assert result.missed == ("2031-06-01",)
    assert [value.written for value in result.wrong] == ["2031-07-01"]


def test_an_open_label_is_right_if_it_is_read(fields: ModuleType) -> None:
    result = fields.judged("award_ceiling", ("5000|6000?",), (fields.Value("6000"),))

    assert (result.missed, result.wrong) == ((), ())


@pytest.mark.parametrize(
    ("label", "is_right"),
    [
        ("goal: Clean rivers", True),
        ("clean, RIVERS", True),
        ("absolute: Clean rivers", False),
        ("goal: Clean river", False),
    ],
)
def test_a_priority_is_right_by_its_kind_and_its_words(fields: ModuleType, label: str, is_right: bool) -> None:
    result = fields.judged("priorities", (label,), (fields.Value("goal: 1. Clean rivers for all"),))

    assert bool(result.met) is is_right


def test_a_notice_is_read_into_values_as_labels_write_them(fields: ModuleType) -> None:
    text = (
        "Orchard Fund\n\nThe goal of the fund is shade. Grants of up to $5,000 are available to nonprofits. "
        "Cost sharing is not required. Applications are due May 20."
    )

    values = fields.values_of(Document("a", DocumentKind.TEXT, text))

    assert [value.written for value in values["application_dates"]] == ["--05-20"]
    assert [value.written for value in values["award_ceiling"]] == ["5000"]
    assert [value.written for value in values["is_cost_sharing"]] == ["no"]
    assert "goal of the fund is shade" in values["purpose"][0].written
    assert values["is_rolling"] == ()


def test_precision_and_recall_count_values_over_all_notices(fields: ModuleType) -> None:
    labels = {"a": {"award_floor": ("1", "2")}, "b": {}}
    read = {"a": {"award_floor": (fields.Value("1"),)}, "b": {"award_floor": (fields.Value("9"),)}}

    quality = fields.qualities(labels, read)["award_floor"]

    assert (quality.precision, quality.recall) == (0.5, 0.5)
    assert (quality.stated, quality.read, quality.right) == (2, 2, 1)


def test_the_labels_name_each_notice_once_and_known_fields_only(fields: ModuleType) -> None:
    halves = [fields.read_labels(half) for half in fields.HALVES]

    assert len(halves[0]) > len(halves[1]) >= 35
    assert not set(halves[0]) & set(halves[1])
    assert {field for half in halves for labels in half.values() for field in labels} <= set(fields.FIELDS)


def test_a_label_quotes_no_more_than_five_words(fields: ModuleType) -> None:
    for half in fields.HALVES:
        for labels in fields.read_labels(half).values():
            for field in ("purpose", "priorities", "selection_criteria"):
                keys = [key.rpartition(": ")[2] for label in labels.get(field, ()) for key in label.split("|")]
                assert all(len(key.split()) <= 5 for key in keys)


@pytest.mark.slow
def test_precision_on_the_development_half_does_not_drop(fields: ModuleType, source_files: Path) -> None:
    found = fields.qualities(*fields.read_half("development", source_files))

    assert {field: found[field].precision for field, floor in FLOORS.items() if found[field].precision < floor} == {}
