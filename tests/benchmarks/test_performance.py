"""The run of all figures of performance, on next to nothing."""

from pathlib import Path

import pytest
from lxml import etree

from benchmarks.__main__ import CURVES, plan
from benchmarks.performance import peers, rescoring, scoring
from benchmarks.performance.figures import Cost, Figure, table
from benchmarks.performance.growth import draw


def test_every_curve_is_that_of_a_benchmark() -> None:
    assert CURVES.keys() <= plan(100_000).keys()


def test_a_figure_is_held_against_its_limit_in_processor_time() -> None:
    figure = Figure("a scoring", Cost(0.9, 0.5), "its product", Cost(0.1, 0.25), memory=120.4)
    assert table([figure]).splitlines()[-1] == (
        "| a scoring | 900.0 ms | 500.0 ms | its product | 250.0 ms | 2.00 | 120 MB |"
    )


@pytest.mark.parametrize("bench", [scoring.one_proposal, scoring.full_rescore, scoring.a_change])
def test_the_benchmarks_of_a_catalogue_tell_their_size_and_what_they_are_held_against(bench: object) -> None:
    assert callable(bench)
    first, *_ = bench(40)
    assert (first.size, first.ratio is not None) == (40, True)


@pytest.mark.slow
def test_what_others_rank_with_is_held_against_the_whole_product() -> None:
    figures = peers.peers(40)
    assert [figure.what.rpartition(", ")[2] for figure in figures] == ["sentence-transformers", "bm25s", "scikit-learn"]
    assert {figure.beside for figure in figures} == {"matcher, all features"}


def test_new_notices_are_scored_against_all_that_is_stored() -> None:
    figure, each = rescoring.new_notices(2)
    assert figure.size == 2
    assert figure.cost.processor > 0
    assert figure.limit is not None
    kept = figure.cost.processor - figure.limit.processor
    assert each.cost.processor == pytest.approx(kept / (2 * rescoring.NEW)), "what one kept match costs more than none"


def test_a_curve_is_a_picture_that_names_itself(tmp_path: Path) -> None:
    figures = [
        Figure("one", Cost(1, seconds), "its product", Cost(1, seconds / 2), size)
        for size, seconds in ((10, 0.004), (100, 0.03), (1000, 0.5))
    ]
    draw(tmp_path / "growth" / "one.svg", "One proposal", "notices", figures)
    picture = etree.parse(tmp_path / "growth" / "one.svg").getroot()
    assert picture.get("aria-label") == "One proposal"
    assert [dot.findtext("{*}title") for dot in picture.iter("{*}circle")] == [
        "10: 4 ms",
        "100: 30 ms",
        "1,000: 500 ms",
    ]
