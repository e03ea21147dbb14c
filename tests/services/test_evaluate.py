"""Benchmarks in the BEIR layout, ranked with the product's own scorer and beside it with baselines."""

from pathlib import Path

import pytest

from matcher.bootstrap import Context
from matcher.errors import DocumentRejected
from matcher.services.baselines import BASELINES, Baselines
from matcher.services.evaluate import PRODUCT, Evaluation, Product, evaluate, only_held_out, read_benchmarks
from matcher.services.runs import Run
from matcher.services.training_pairs import held_out
from tests.services.benchmarks import CORPUS, QUERIES, write_benchmark


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_benchmark(tmp_path / "little")


def evaluated(house: Context, folder: Path, *, baselines: bool = False) -> tuple[Evaluation, dict[str, Run]]:
    """Evaluate one directory, and keep the runs of every system."""
    (benchmark,) = read_benchmarks([folder])
    runs: dict[str, Run] = {}
    systems = [Product(house.scorer, benchmark.opportunities)]
    if baselines:
        systems.append(Baselines(benchmark.opportunities, house.encoder.encode))
    found = evaluate(benchmark, systems, keep=lambda system, run: runs.setdefault(system, {}).update(run))
    return found, runs


def test_every_query_is_ranked_against_the_whole_corpus_and_the_judged_ones_are_measured(
    house: Context, folder: Path
) -> None:
    evaluation, runs = evaluated(house, folder)
    assert [runs[PRODUCT][query][0][0] for query in ("q1", "q2")] == ["gardens", "choirs"]
    assert runs[PRODUCT].keys() == QUERIES.keys()
    assert all({document for document, _ in pairs} == CORPUS.keys() for pairs in runs[PRODUCT].values())
    assert (evaluation.name, evaluation.proposals, evaluation.judged, evaluation.opportunities) == ("little", 3, 2, 3)
    (measured,) = evaluation.systems
    assert {name: found.mean for name, found in measured.estimates.items()} == {
        "nDCG@10": 1.0, "RR": 1.0, "R@10": 1.0, "R@50": 1.0
    }  # fmt: skip


def test_baselines_rank_the_same_queries_in_the_same_pass_after_the_product(house: Context, folder: Path) -> None:
    evaluation, runs = evaluated(house, folder, baselines=True)
    assert tuple(measured.system for measured in evaluation.systems) == (PRODUCT, *BASELINES)
    assert all(run.keys() == QUERIES.keys() for run in runs.values())
    assert all(runs[name]["q1"][0][0] == "gardens" for name in BASELINES)


def test_more_proposals_than_one_block_are_all_ranked_and_their_values_keep_their_order(
    house: Context, tmp_path: Path
) -> None:
    queries = {f"q{number}": ("", "We sing in neighborhood choirs.") for number in range(70)}
    judgements = {query: {"hulls" if number == 69 else "choirs": 1} for number, query in enumerate(queries)}
    evaluation, runs = evaluated(house, write_benchmark(tmp_path / "long", CORPUS, queries, judgements))
    assert list(runs[PRODUCT]) == list(queries)
    values = evaluation.systems[0].values["RR"]
    assert values[:69].tolist() == [1.0] * 69
    assert values[69] < 1


def test_progress_sees_the_blocks_go_by(house: Context, folder: Path) -> None:
    (benchmark,) = read_benchmarks([folder])
    seen: list[int] = []

    def watch(items):  # noqa: ANN001, ANN202 — any sequence
        seen.append(len(items))
        return items

    evaluate(benchmark, [Product(house.scorer, benchmark.opportunities)], progress=watch)
    assert seen == [1]


def test_where_nothing_is_judged_nothing_is_measured(house: Context, tmp_path: Path) -> None:
    evaluation, runs = evaluated(house, write_benchmark(tmp_path / "unjudged", judgements={}))
    assert (evaluation.judged, evaluation.systems[0].estimates) == (0, {})
    assert runs[PRODUCT].keys() == QUERIES.keys()


def test_held_out_queries_are_those_all_of_whose_answers_are_held_out() -> None:
    names = [f"notice-{number}" for number in range(40)]
    inside = [name for name in names if held_out(name, 0.5)]
    outside = [name for name in names if not held_out(name, 0.5)]
    judgements = {
        "kept": {inside[0]: 1, inside[1]: 1},
        "kept too": {inside[2]: 1, outside[0]: 0},
        "trained on": {outside[1]: 1},
        "half trained on": {inside[3]: 1, outside[2]: 1},
    }
    assert only_held_out(judgements, 0.5).keys() == {"kept", "kept too"}
    assert only_held_out(judgements, 1.0) == judgements


@pytest.mark.parametrize(
    ("file", "content", "line"),
    [
        ("corpus.jsonl", '{"_id": "a", "text": "x"}\nno json\n', 2),
        ("queries.jsonl", '{"title": "no id"}\n', 1),
        ("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\tgardens\tmuch\n", 2),
        ("corpus.jsonl", "\n", None),
        ("queries.jsonl", "", None),
    ],
)
def test_a_broken_benchmark_names_file_and_line(folder: Path, file: str, content: str, line: int | None) -> None:
    (folder / file).write_text(content, encoding="utf-8")
    with pytest.raises(DocumentRejected) as refusal:
        read_benchmarks([folder])
    assert refusal.value.source == str(folder / file)
    assert refusal.value.line == line


def test_a_folder_that_is_no_benchmark_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(DocumentRejected, match=r"corpus\.jsonl"):
        read_benchmarks([tmp_path])
