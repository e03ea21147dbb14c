"""What the encoder is adapted on: the same pairs for the same choice, and nothing of what is held out."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from matcher.errors import DocumentRejected
from matcher.services.training_mix import Choice, Mix, TrainingSets, draw_mix, read_training_sets
from matcher.services.training_pairs import Fold, held_out
from tests.services.benchmarks import write_benchmark
from tests.services.training_data import LEFT_OUT, NOTICES, STATEMENTS, TEXTS, write_training_data

HALF = Choice(held_out_share=0.5, left_out=(LEFT_OUT,))


@pytest.fixture(scope="module")
def sets(tmp_path_factory: pytest.TempPathFactory) -> TrainingSets:
    folder = write_training_data(tmp_path_factory.mktemp("sets"))
    return read_training_sets([folder / name for name in STATEMENTS], [folder / NOTICES], [folder / TEXTS])


def digest(mix: Mix) -> str:
    lines = "\n".join(f"{pair.anchor}\t{pair.positive}" for pair in mix.pairs)
    return hashlib.sha256(lines.encode()).hexdigest()


@pytest.mark.parametrize(
    ("seed", "expected"),
    [
        (20261122, "cf2d5776a24b22b7cd2fcee894f4070a4dc7c0f621f83f9e55d20e92d80f0d9d"),
        (7, "91a842166605be1633413253bd0fce41fbb781191bffe0a7ea70e8aa137fc226"),
    ],
)
def test_the_pairs_and_their_order_are_those_that_the_bundled_adapter_was_trained_on(
    sets: TrainingSets, seed: int, expected: str
) -> None:
    assert digest(draw_mix(sets, replace(HALF, seed=seed))) == expected


def test_no_kind_and_no_set_drowns_the_others(sets: TrainingSets) -> None:
    mix = draw_mix(sets, HALF)
    assert mix.by_kind == {
        "statements": 1100 + 76 + 76,
        "passages": 133 + 19 + 19,
        "notices": 900,
        "titles": 1000,
    }
    assert len(mix.pairs) == sum(mix.by_kind.values())


def test_a_held_out_notice_is_in_no_labelled_pair_and_each_fold_trains_on_what_the_other_holds_out(
    sets: TrainingSets,
) -> None:
    only_notices = TrainingSets((), sets.notices, ())
    numbers = {fold: _labelled(draw_mix(only_notices, replace(HALF, fold=fold))) for fold in Fold}
    assert numbers[Fold.FIRST]
    assert numbers[Fold.SECOND]
    assert not any(held_out(number, 0.5) for number in numbers[Fold.FIRST])
    assert all(held_out(number, 0.5) for number in numbers[Fold.SECOND])


def _labelled(mix: Mix) -> set[str]:
    """Return the notices that stand in a labelled pair: there the title goes before a passage of the text."""
    firsts = [pair.positive.partition(". ")[0] for pair in mix.pairs]
    return {first.lower().replace(" ", "-") for first in firsts if first.startswith("Notice ")}


def test_a_proposal_with_a_left_out_word_is_in_no_pair(sets: TrainingSets) -> None:
    def holds(mix: Mix) -> bool:
        return any(LEFT_OUT in pair.anchor or LEFT_OUT in pair.positive for pair in mix.pairs)

    for kind in (TrainingSets(sets.statements[1:], (), ()), TrainingSets((), sets.statements[1:], ())):
        assert not holds(draw_mix(kind, HALF))
        assert holds(draw_mix(kind, replace(HALF, left_out=())))


def test_of_texts_neither_proposals_nor_judgements_are_read(tmp_path: Path) -> None:
    folder = write_benchmark(tmp_path / "texts", {"a": ("Gardens", "Plant trees and beans beside every school. " * 3)})
    (folder / "queries.jsonl").write_text("unreadable", encoding="utf-8")
    (folder / "qrels" / "test.tsv").unlink()
    mix = draw_mix(read_training_sets([], [], [folder]), HALF)
    assert mix.by_kind == {"titles": 1}
    with pytest.raises(DocumentRejected, match=r"queries\.jsonl"):
        read_training_sets([], [folder], [])


@pytest.mark.slow
def test_the_documented_command_draws_4277_pairs(ranking_benchmarks: Path) -> None:
    bench = ranking_benchmarks
    sets = read_training_sets(
        [bench / f"la2050-priorities-{year}" for year in (2014, 2015, 2018)],
        [bench / "nsf-awards-to-notices"],
        [bench / "neh-awards-to-assistance-listings"],
    )
    mix = draw_mix(sets, Choice(held_out_share=0.5, left_out=("PowerMyLearning", "Level Up")))
    assert len(mix.pairs) == 4277
    assert digest(mix) == "1f65346bcc74907da9da96d0062bc805f7ab338c69bd64d6774a9ac9a0ddf526"
