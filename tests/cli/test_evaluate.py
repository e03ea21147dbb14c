"""`matcher evaluate`: tables, JSON and run files."""

import json
from pathlib import Path

import ir_measures
import pytest

from matcher.services.baselines import BASELINES
from matcher.services.training_pairs import held_out
from tests.cli.conftest import Run
from tests.services.benchmarks import CORPUS, QUERIES, write_benchmark


@pytest.fixture
def little(tmp_path: Path) -> Path:
    return write_benchmark(tmp_path / "little")


def test_one_directory_gives_one_row_for_the_product(run: Run, little: Path) -> None:
    lines = run("evaluate", str(little)).stdout.splitlines()
    assert lines[0] == "little: 3 proposals (2 measured), 3 opportunities"
    assert lines[1].split() == ["nDCG@10", "MRR", "R@10", "R@50"]
    assert lines[2].split() == ["matcher", *["1.000", "(1.000-1.000)"] * 4]
    assert not any(lines[3:])


def test_baselines_give_a_row_each_then_means_ratio_and_the_lead_over_the_best(
    run: Run, little: Path, tmp_path: Path
) -> None:
    queries = {f"other-{name}": texts for name, texts in QUERIES.items()}
    other = write_benchmark(tmp_path / "other", CORPUS, queries, {"other-q1": {"hulls": 1}})
    lines = run("evaluate", str(little), str(other), "--baselines").stdout.splitlines()
    first_words = [line.split()[0] for line in lines if line.strip()]
    rows = ["matcher", *BASELINES]
    assert first_words == [
        *("little:", "nDCG@10", *rows),
        *("other:", "nDCG@10", *rows),
        *("mean", "nDCG@10", *rows, "matcher"),
        *("matcher", "little", "other"),
    ]
    ratio = next(line for line in lines if "matcher / one-vector" in line)
    assert len(ratio.split()) == 3 + 4
    assert "+0.000 (+0.000 to +0.000)" in lines[-2]


def test_the_json_holds_benchmarks_means_and_ratio(run: Run, little: Path) -> None:
    found = json.loads(run("evaluate", str(little), "--baselines", "--json").stdout)
    assert found.keys() == {"fingerprint", "benchmarks", "means", "ratio_to_one_vector"}
    (benchmark,) = found["benchmarks"]
    assert (benchmark["name"], benchmark["queries"], benchmark["judged"]) == ("little", 3, 2)
    assert benchmark["measures"]["nDCG@10"] == {"mean": 1.0, "low": 1.0, "high": 1.0}
    assert tuple(benchmark["baselines"]) == BASELINES


def test_the_run_file_is_read_by_the_tools_around_trec(run: Run, little: Path, tmp_path: Path) -> None:
    assert run("evaluate", str(little), "--run-out", str(tmp_path / "run.txt")).exit_code == 0
    read = list(ir_measures.read_trec_run(str(tmp_path / "run.txt")))
    assert {(one.query_id, one.doc_id) for one in read} == {
        (query, document) for query in QUERIES for document in CORPUS
    }
    assert ir_measures.calc_aggregate([ir_measures.RR], {"q1": {"gardens": 1}}, read) == {ir_measures.RR: 1.0}


def test_each_baseline_has_its_own_run_file_beside_the_products(run: Run, little: Path, tmp_path: Path) -> None:
    assert run("evaluate", str(little), "--baselines", "--run-out", str(tmp_path / "run.txt")).exit_code == 0
    names = {path.name for path in tmp_path.glob("run*.txt")}
    assert names == {"run.txt", *(f"run.{name}.txt" for name in BASELINES)}
    for name in ("matcher", *BASELINES):
        path = tmp_path / ("run.txt" if name == "matcher" else f"run.{name}.txt")
        lines = path.read_text(encoding="utf-8").splitlines()
        assert len(lines) == len(QUERIES) * len(CORPUS)
        assert {line.split(" ")[5] for line in lines} == {name}


def test_directories_whose_queries_share_identifiers_have_no_common_run(run: Run, little: Path, tmp_path: Path) -> None:
    other = write_benchmark(tmp_path / "other")
    answer = run("evaluate", str(little), str(other), "--run-out", str(tmp_path / "run.txt"))
    assert answer.exit_code == 2
    assert "evaluate the directories one by one" in answer.stderr
    assert run("evaluate", str(little), str(other)).exit_code == 0


def test_a_held_out_share_measures_only_what_training_left_out(run: Run, little: Path, tmp_path: Path) -> None:
    other = write_benchmark(tmp_path / "other")
    share = "0.4"
    kept = sum(held_out(answer, float(share)) for answer in ("gardens", "choirs"))
    assert kept == 1

    def judged(*arguments: str) -> list[int]:
        found = json.loads(run("evaluate", str(little), str(other), *arguments, "--json").stdout)
        return [benchmark["judged"] for benchmark in found["benchmarks"]]

    assert judged() == [2, 2]
    assert judged("--held-out", share) == [kept, kept]
    assert judged("--held-out", f"other={share}") == [2, kept]
    assert judged("--held-out", share, "--fold", "second") == [2 - kept, 2 - kept]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("absent",), "corpus.jsonl"),
        (("little", "--held-out", "much"), "is no share"),
        (("little", "--held-out", "2"), "is no share"),
        (("little", "--held-out", "elsewhere=0.5"), "no directory named elsewhere"),
        (("little", "--run-out", "absent/run.txt"), "cannot be written"),
    ],
)
@pytest.mark.usefixtures("little")
def test_bad_input_ends_with_code_2_and_says_what_is_wrong(run: Run, arguments: tuple[str, ...], said: str) -> None:
    answer = run("evaluate", *arguments)
    assert answer.exit_code == 2
    assert said in answer.stderr
