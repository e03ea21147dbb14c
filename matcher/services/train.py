"""Train an adapter of the encoder on benchmarks, and write it with what it was trained on."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from matcher.embedding.adapter import BASE, require_new_folder, write_adapter
from matcher.embedding.training import ALPHA, RANK, Watch, require_training_packages, train_adapter, versions
from matcher.errors import InputRejected
from matcher.services.training_mix import Choice, Mix, draw_mix, read_training_sets


@dataclass(frozen=True, slots=True)
class Plan:
    """A training that can begin: the names of its sets by the way they are used, the pairs, and where it writes."""

    sets: dict[str, list[str]]
    choice: Choice
    mix: Mix
    folder: Path


@dataclass(frozen=True, slots=True)
class Trained:
    """A training that is done; `device` is "cuda" or "cpu"."""

    minutes: float
    device: str


def plan_training(
    statements: Sequence[Path], notices: Sequence[Path], texts: Sequence[Path], choice: Choice, folder: Path
) -> Plan:
    """Read the sets, draw the pairs, and make sure that nothing stands in the way of the long work.

    Args:
        statements: BEIR directories whose opportunities are single statements.
        notices: BEIR directories whose opportunities are whole notices, part of which is held out.
        texts: BEIR directories of which only the opportunities are read.
        choice: What is left out.
        folder: Where the adapter goes.

    Raises:
        DocumentRejected: A directory is not in the BEIR layout.
        InputRejected: The sets give no pair, or the folder cannot take an adapter.
        Unrecoverable: The extra `train` is not installed.
    """
    require_training_packages()
    require_new_folder(folder)
    sets = read_training_sets(statements, notices, texts)
    mix = draw_mix(sets, choice)
    if not mix.pairs:
        raise InputRejected("the sets give no pair to train on: they need judgements above 0, or titles beside texts")
    names = {
        kind: [benchmark.name for benchmark in benchmarks]
        for kind, benchmarks in (("statements", sets.statements), ("notices", sets.notices), ("texts", sets.texts))
    }
    return Plan(names, choice, mix, folder)


def train(plan: Plan, watch: Watch) -> Trained:
    """Train the adapter and write it; `watch` is called after each step.

    Raises:
        Unrecoverable: The default model is not what was published.
    """
    started = time.monotonic()
    training = train_adapter([(pair.anchor, pair.positive) for pair in plan.mix.pairs], plan.choice.seed, watch)
    minutes = round((time.monotonic() - started) / 60, 1)
    description = {
        "base": BASE,
        "rank": RANK,
        "scale": ALPHA / RANK,
        "pairs": len(plan.mix.pairs),
        "pairs_by_kind": plan.mix.by_kind,
        "seed": plan.choice.seed,
        **plan.sets,
        "held_out_share_of_notices": plan.choice.held_out_share,
        "held_out_fold": plan.choice.fold,
        "left_out": plan.choice.left_out,
        "versions": versions(),
        "device": training.device,
        "minutes": minutes,
        "log": training.log,
    }
    write_adapter(plan.folder, training.weights, description)
    return Trained(minutes, training.device)
