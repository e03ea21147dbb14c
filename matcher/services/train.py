"""Train an adapter of the encoder on benchmarks, and write it with what it was trained on.

First low-rank matrices on pairs of texts, then a projection on whole rankings of the vectors that they give.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from matcher.embedding.adapter import (
    BASE,
    PROJECTION,
    WEIGHTS,
    read_adapter,
    read_description,
    require_new_folder,
    write_adapter,
)
from matcher.embedding.bundled_model import ADAPTED_NAME, DIMENSIONS
from matcher.embedding.cached import CachedEncoder
from matcher.embedding.projection import PULL, RATE, SHARPNESS, STEPS, fit_projection
from matcher.embedding.sentence_transformer import SentenceTransformerEncoder
from matcher.embedding.training import (
    ALPHA,
    RANK,
    Training,
    Watch,
    require_training_packages,
    train_adapter,
    versions,
)
from matcher.errors import InputRejected
from matcher.scoring.scorer import Scorer
from matcher.services.projection_data import ranking, titled
from matcher.services.training_mix import Choice, Mix, TrainingSets, draw_mix, read_training_sets

if TYPE_CHECKING:
    from torch import Tensor

    from matcher.embedding.encoder import VectorCache


@dataclass(frozen=True, slots=True)
class Folders:
    """The BEIR directories by the way they are used; `training_mix.TrainingSets` says how."""

    statements: Sequence[Path] = ()
    notices: Sequence[Path] = ()
    texts: Sequence[Path] = ()
    rankings: Sequence[Path] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A training that can begin: what it reads, what it draws from that, where it starts and where it writes.

    `start` is the folder of an adapter whose low-rank matrices are taken as they are; None trains them on `mix`.
    """

    sets: TrainingSets
    choice: Choice
    mix: Mix
    start: Path | None
    folder: Path

    @property
    def names(self) -> dict[str, list[str]]:
        """The names of the sets by the way they are used."""
        kinds = {
            "statements": self.sets.statements,
            "notices": self.sets.notices,
            "texts": self.sets.texts,
            "rankings": self.sets.rankings,
        }
        return {kind: [benchmark.name for benchmark in benchmarks] for kind, benchmarks in kinds.items()}


@dataclass(frozen=True, slots=True)
class Trained:
    """A training that is done; `device` is "cuda" or "cpu", `rankings` counts what the projection was fitted to."""

    minutes: float
    device: str
    rankings: int


def plan_training(folders: Folders, choice: Choice, folder: Path, *, start: Path | None = None) -> Plan:
    """Read the sets, draw the pairs, and make sure that nothing stands in the way of the long work.

    Args:
        folders: What is read.
        choice: What of it is left out.
        folder: Where the adapter goes.
        start: The folder of an adapter to start from.

    Raises:
        DocumentRejected: A directory is not in the BEIR layout.
        InputRejected: The sets give no pair, the folder cannot take an adapter, or `start` holds none.
        Unrecoverable: The extra `train` is needed and not installed.
    """
    if start is None:
        require_training_packages()
    elif not (start / WEIGHTS).is_file():
        raise InputRejected(
            "holds no adapter to start from: name a folder that `matcher train` wrote", source=str(start)
        )
    require_new_folder(folder)
    sets = read_training_sets(folders.statements, folders.notices, folders.texts, folders.rankings)
    mix = draw_mix(sets, choice) if start is None else Mix([], {})
    if start is None and not mix.pairs:
        raise InputRejected("the sets give no pair to train on: they need judgements above 0, or titles beside texts")
    return Plan(sets, choice, mix, start, folder)


def train(plan: Plan, vectors: "VectorCache", watch: Watch) -> Trained:
    """Train the adapter and write it.

    Args:
        plan: What to do.
        vectors: Keeps the vectors that the projection is fitted to, so that the next fit of the kind takes seconds.
        watch: Is called after each step of the low-rank training.

    Raises:
        Unrecoverable: The default model is not what was published, or the adapter to start from is broken.
    """
    started = time.monotonic()
    training = _low_rank(plan, watch)
    description = _description(plan, training)
    matrices = training.weights
    with TemporaryDirectory() as scratch:
        write_adapter(Path(scratch), matrices, description)
        projection, rankings = _projection(plan, Path(scratch), vectors)
    if projection is not None:
        matrices = {**matrices, PROJECTION: projection}
        description = {**description, PROJECTION: _projection_description(plan)}
    minutes = round((time.monotonic() - started) / 60, 1)
    write_adapter(plan.folder, matrices, {**description, "minutes": minutes})
    return Trained(minutes, training.device, rankings)


def _low_rank(plan: Plan, watch: Watch) -> Training:
    """Return the low-rank matrices: trained on the pairs, or those of the start."""
    if plan.start is None:
        pairs = [(pair.anchor, pair.positive) for pair in plan.mix.pairs]
        return train_adapter(pairs, plan.choice.seed, watch)
    matrices = {name: matrix for name, matrix in read_adapter(plan.start).items() if name != PROJECTION}
    return Training(matrices, [], "cpu")


def _description(plan: Plan, training: Training) -> dict[str, object]:
    """Return what is said of the low-rank matrices: how they were trained, or what was said of those of the start."""
    if plan.start is not None:
        return {key: value for key, value in read_description(plan.start).items() if key != PROJECTION}
    names = plan.names
    return {
        "base": BASE,
        "rank": RANK,
        "scale": ALPHA / RANK,
        "pairs": len(plan.mix.pairs),
        "pairs_by_kind": plan.mix.by_kind,
        "seed": plan.choice.seed,
        **{kind: names[kind] for kind in ("statements", "notices", "texts")},
        "held_out_share_of_notices": plan.choice.held_out_share,
        "held_out_fold": plan.choice.fold,
        "left_out": plan.choice.left_out,
        "versions": versions(),
        "device": training.device,
        "log": training.log,
    }


def _projection(plan: Plan, adapter: Path, vectors: "VectorCache") -> "tuple[Tensor | None, int]":
    """Return the projection and how many rankings it was fitted to; None where nothing is labelled."""
    encoder = CachedEncoder(SentenceTransformerEncoder(ADAPTED_NAME, adapter=adapter, show_progress=True), vectors)
    scorer = Scorer(encoder.encode, encoder.model_id)
    choice, sets = plan.choice, plan.sets
    learned = [ranking(scorer, choice.known_part(one)) for one in (*sets.statements, *sets.rankings)]
    learned += [ranking(scorer, choice.known_part(one), choice.allows) for one in sets.notices]
    rankings = [one for one in learned if one is not None]
    if not rankings:
        return None, 0
    kept = [titled(scorer, one) for one in (*sets.notices, *sets.texts)]
    texts = [one for one in kept if one is not None]
    return fit_projection(rankings, texts, DIMENSIONS, choice.seed), len(rankings)


def _projection_description(plan: Plan) -> dict[str, object]:
    names = plan.names
    return {
        "rankings": [*names["statements"], *names["rankings"], *names["notices"]],
        "titles": [*names["notices"], *names["texts"]],
        "held_out_share_of_notices": plan.choice.held_out_share,
        "held_out_fold": plan.choice.fold,
        "left_out": plan.choice.left_out,
        "seed": plan.choice.seed,
        "steps": STEPS,
        "rate": RATE,
        "sharpness": SHARPNESS,
        "pull": PULL,
    }
