"""Benchmarks in the BEIR layout, ranked with the product's own scorer."""

import io
import json
from pathlib import Path

import pytest

from matcher.bootstrap import Context
from matcher.errors import DocumentRejected
from matcher.services.evaluate import estimate, evaluate, measure, write_run

CORPUS = {
    "gardens": ("School gardens", "Plant vegetable gardens at public schools."),
    "hulls": ("Hulls", "Weld titanium submarine hulls."),
    "choirs": ("Choirs", "Sing in neighborhood choirs."),
}
QUERIES = {
    "q1": ("", "We plant vegetable gardens at schools."),
    "q2": ("Choirs", "Our neighborhood choirs sing every week."),
    "empty": ("", ""),
}
JUDGEMENTS = "query-id\tcorpus-id\tscore\nq1\tgardens\t1\nq2\tchoirs\t1\nq2\thulls\t0\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    target = tmp_path / "little"
    (target / "qrels").mkdir(parents=True)
    for name, records in (("corpus", CORPUS), ("queries", QUERIES)):
        lines = [json.dumps({"_id": key, "title": title, "text": text}) for key, (title, text) in records.items()]
        (target / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (target / "qrels" / "test.tsv").write_text(JUDGEMENTS, encoding="utf-8")
    return target


def test_every_query_is_ranked_against_the_whole_corpus(house: Context, folder: Path) -> None:
    evaluation = evaluate(house.scorer, folder)
    assert [evaluation.run[query][0][0] for query in ("q1", "q2")] == ["gardens", "choirs"]
    assert all({document for document, _ in pairs} == CORPUS.keys() for pairs in evaluation.run.values())
    assert {name: found.mean for name, found in evaluation.measures.items()} == {
        "nDCG@10": 1.0, "RR": 1.0, "R@10": 1.0, "R@50": 1.0
    }  # fmt: skip


def test_the_measures_fall_when_the_right_answer_comes_second() -> None:
    found = measure({"q": [("wrong", 2.0), ("right", 1.0)]}, {"q": {"right": 1, "wrong": 0}})
    assert found["RR"].mean == pytest.approx(0.5)
    assert found["nDCG@10"].mean == pytest.approx(0.6309, abs=1e-4)


def test_the_interval_is_wide_for_few_queries_and_narrow_for_many() -> None:
    few, many = estimate([0.0, 1.0] * 5), estimate([0.0, 1.0] * 500)
    assert few.low < many.low < 0.5 < many.high < few.high
    assert many.high - many.low == pytest.approx(4 * 0.5 / 1000**0.5, abs=0.01)
    assert estimate([0.3] * 9).low == pytest.approx(0.3)


def test_where_nothing_is_judged_nothing_is_measured() -> None:
    assert measure({"q": [("a", 1.0)]}, {}) == {}


def test_the_run_has_the_six_columns_of_trec(house: Context, folder: Path) -> None:
    file = io.StringIO()
    write_run(evaluate(house.scorer, folder), file)
    lines = [line.split(" ") for line in file.getvalue().splitlines()]
    assert len(lines) == 9
    assert [line[3] for line in lines] == ["1", "2", "3"] * 3
    assert lines[0][:3] == ["q1", "Q0", "gardens"]
    assert float(lines[0][4]) >= float(lines[1][4])


@pytest.mark.parametrize(
    ("file", "content", "line"),
    [
        ("corpus.jsonl", '{"_id": "a", "text": "x"}\nno json\n', 2),
        ("queries.jsonl", '{"title": "no id"}\n', 1),
        ("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\tgardens\tmuch\n", 2),
    ],
)
def test_a_broken_benchmark_names_file_and_line(
    house: Context, folder: Path, file: str, content: str, line: int
) -> None:
    (folder / file).write_text(content, encoding="utf-8")
    with pytest.raises(DocumentRejected) as refusal:
        evaluate(house.scorer, folder)
    assert refusal.value.source == str(folder / file)
    assert refusal.value.line == line


def test_a_folder_that_is_no_benchmark_says_what_is_missing(house: Context, tmp_path: Path) -> None:
    with pytest.raises(DocumentRejected, match=r"corpus\.jsonl"):
        evaluate(house.scorer, tmp_path)
