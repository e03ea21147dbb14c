"""Runs: order, ties, and the file that the tools around TREC read."""

import io
from pathlib import Path

import ir_measures
import numpy as np
import pytest

from matcher.errors import DocumentRejected
from matcher.services.beir import read_benchmark
from matcher.services.measures import MEASURES, per_query
from matcher.services.runs import RUN_DEPTH, require_writable, run_of, write_run
from tests.services.benchmarks import CORPUS, write_benchmark

TIED = np.array([[0.5, 0.5, 0.7, 0.5]])
DOCUMENTS = ["b", "a", "d", "c"]


def test_the_best_score_comes_first_and_equal_ones_by_falling_identifier() -> None:
    assert run_of(["q"], DOCUMENTS, TIED) == {"q": [("d", pytest.approx(0.7)), ("c", 0.5), ("b", 0.5), ("a", 0.5)]}


def test_the_order_of_the_corpus_changes_no_run() -> None:
    turned = run_of(["q"], DOCUMENTS[::-1], TIED[:, ::-1])
    assert turned == run_of(["q"], DOCUMENTS, TIED)


def test_scores_that_single_precision_cannot_tell_apart_are_ties() -> None:
    run = run_of(["q"], ["a", "b"], np.array([[1.0 + 1e-9, 1.0]]))
    assert run["q"] == [("b", 1.0), ("a", 1.0)]


def test_a_run_ends_at_its_depth() -> None:
    size = RUN_DEPTH + 5
    run = run_of(["q"], [f"{number:05}" for number in range(size)], np.arange(float(size))[np.newaxis])
    assert len(run["q"]) == RUN_DEPTH
    assert run["q"][0][0] == f"{size - 1:05}"


def test_the_run_has_the_six_columns_of_trec() -> None:
    file = io.StringIO()
    write_run(run_of(["q"], DOCUMENTS, TIED), "matcher", file)
    assert file.getvalue().splitlines()[:2] == ["q Q0 d 1 0.699999988 matcher", "q Q0 c 2 0.5 matcher"]


@pytest.mark.parametrize("relevant", DOCUMENTS)
def test_a_run_file_measures_as_the_run_does_ties_and_all(tmp_path: Path, relevant: str) -> None:
    run = run_of(["q"], DOCUMENTS, TIED + 1 / 3)
    path = tmp_path / "run.txt"
    with path.open("w", encoding="utf-8") as file:
        write_run(run, "matcher", file)
    read = list(ir_measures.read_trec_run(str(path)))
    place = [document for document, _ in run["q"]].index(relevant) + 1
    judged = {"q": {relevant: 1}}
    found = ir_measures.calc_aggregate([ir_measures.parse_measure(name) for name in MEASURES], judged, read)
    assert {str(name): value for name, value in found.items()} == {
        name: values["q"] for name, values in per_query(run, judged).items()
    }
    assert found[ir_measures.RR] == pytest.approx(1 / place)


def test_runs_whose_queries_share_an_identifier_are_refused_before_the_work(tmp_path: Path) -> None:
    one, other = (read_benchmark(write_benchmark(tmp_path / name)) for name in ("one", "other"))
    require_writable([one])
    with pytest.raises(DocumentRejected, match="the query q1 is one of one too") as refusal:
        require_writable([one, other])
    assert refusal.value.source == "other"


def test_an_identifier_that_would_break_a_column_is_refused(tmp_path: Path) -> None:
    benchmark = read_benchmark(write_benchmark(tmp_path / "little", corpus={**CORPUS, "two words": ("", "Sing.")}))
    with pytest.raises(DocumentRejected, match="'two words' holds white space"):
        require_writable([benchmark])
