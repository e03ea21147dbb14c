"""`matcher train`: what it says before and after, and what it refuses. Training itself is replaced by a stand-in."""

import json
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from matcher.embedding.adapter import adapter_folder
from matcher.embedding.training import Training, Watch
from matcher.services import train
from tests.cli.conftest import Run
from tests.fakes import BagOfWords
from tests.services.benchmarks import write_benchmark


@pytest.fixture(autouse=True)
def trained(monkeypatch: pytest.MonkeyPatch) -> list[list[tuple[str, str]]]:
    """Every list of pairs that was trained on."""
    kept: list[list[tuple[str, str]]] = []

    def stand_in(pairs: list[tuple[str, str]], _seed: int, watch: Watch) -> Training:
        kept.append(pairs)
        watch(1, 1)
        return Training({"weight/A": torch.zeros(1, 2), "weight/B": torch.zeros(3, 1)}, [], "cpu")

    monkeypatch.setattr(train, "train_adapter", stand_in)
    monkeypatch.setattr(train, "SentenceTransformerEncoder", lambda *_, **__: BagOfWords())
    monkeypatch.setattr(train, "fit_projection", lambda *_: torch.eye(2))
    monkeypatch.setattr(train, "require_training_packages", lambda: None)
    monkeypatch.setattr(train, "versions", lambda: {"torch": "1"})
    return kept


@pytest.fixture
def little(tmp_path: Path) -> Path:
    return write_benchmark(tmp_path / "little")


@pytest.mark.usefixtures("little")
def test_it_says_what_it_trains_on_where_it_wrote_and_how_to_measure(run: Run, tmp_path: Path) -> None:
    lines = run("train", "--notices", "little", "--held-out", "0.4").stdout.splitlines()
    assert lines == [
        "Training on 1 pairs (seed 20261122):",
        "       1  proposals with notices that they fit: little",
        "Projection fitted to 1 rankings.",
        "Trained in 0.0 minutes on cpu; written to adapter.",
        "Measure it:",
        "  MATCHER_ADAPTER=adapter matcher evaluate little --held-out 0.4 --baselines",
    ]
    assert load_file(tmp_path / "adapter" / "adapter.safetensors").keys() == {"weight/A", "weight/B", "projection"}


@pytest.mark.usefixtures("little")
def test_starting_from_an_adapter_keeps_its_matrices_and_fits_the_projection_alone(
    run: Run, tmp_path: Path, trained: list[list[tuple[str, str]]]
) -> None:
    chosen = ("--rankings", "little", "--start-from", "bundled", "--seed", "7")
    lines = run("train", *chosen).stdout.splitlines()
    assert lines[0].startswith("Starting from the low-rank matrices in ")
    assert not trained
    bundled, own = (load_file(folder / "adapter.safetensors") for folder in (adapter_folder(), tmp_path / "adapter"))
    assert bundled.keys() == own.keys()
    assert all(torch.equal(bundled[name], own[name]) for name in bundled if name != "projection")
    said = json.loads((tmp_path / "adapter" / "adapter.json").read_text(encoding="utf-8"))
    assert (said["pairs"], said["projection"]["rankings"], said["projection"]["seed"]) == (4277, ["little"], 7)


@pytest.mark.usefixtures("little")
def test_the_description_names_the_choices_and_no_path(run: Run, tmp_path: Path) -> None:
    chosen = ("--held-out", "0.4", "--fold", "second", "--leave-out", "Blue Heron", "--seed", "7", "--out", "other")
    assert run("train", "--notices", str(tmp_path / "little"), *chosen).exit_code == 0
    text = (tmp_path / "other" / "adapter.json").read_text(encoding="utf-8")
    found = json.loads(text)
    assert (found["notices"], found["held_out_share_of_notices"], found["held_out_fold"]) == (["little"], 0.4, "second")
    assert (found["left_out"], found["seed"], found["pairs_by_kind"]["notices"]) == (["Blue Heron"], 7, 1)
    assert str(tmp_path) not in text


@pytest.mark.usefixtures("little")
def test_the_two_folds_share_no_labelled_pair(run: Run, trained: list[list[tuple[str, str]]]) -> None:
    for fold in ("first", "second"):
        assert run("train", "--notices", "little", "--held-out", "0.4", "--fold", fold, "--out", fold).exit_code == 0
    first, second = trained
    assert first
    assert second
    assert not {positive for _, positive in first} & {positive for _, positive in second}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "name what to train on"),
        (("--notices", "absent"), "corpus.jsonl"),
        (("--notices", "little", "--held-out", "2"), "--held-out"),
        (("--notices", "little", "--fold", "third"), "--fold"),
        (("--notices", "little", "--held-out", "1"), "no pair to train on"),
        (("--notices", "little", "--out", "proposal.md"), "--out"),
        (("--notices", "little", "--start-from", "absent"), "holds no adapter"),
    ],
)
@pytest.mark.usefixtures("little")
def test_bad_input_ends_with_code_2_and_says_what_is_wrong(run: Run, arguments: tuple[str, ...], said: str) -> None:
    answer = run("train", *arguments)
    assert answer.exit_code == 2
    assert said in answer.stderr
