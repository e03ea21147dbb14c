"""What the encoder is adapted on: pairs of every kind from several sets, mixed so that no kind drowns the others."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from matcher.services.beir import Benchmark, read_benchmark, read_opportunities
from matcher.services.training_pairs import Fold, Pair, held_out, labelled_pairs, passage_pairs, title_pairs

SEED = 20261122
"""The seed of the bundled adapter."""
_MOST_PER_SET_OF_STATEMENTS = 1100
_MOST_PER_SET_OF_NOTICES = 900
_MOST_TITLES = 1000
_MOST_PASSAGES = 400


@dataclass(frozen=True, slots=True)
class TrainingSets:
    """What is trained on.

    `statements` are benchmarks whose opportunities are single statements, such as priorities; those of `notices` are
    whole notices, part of which is held out. Those of `texts` have opportunities only: their proposals and judgements
    are empty, because they were not read. `rankings` give no pairs; only the projection is fitted to them, as it is to
    `statements` and `notices`.
    """

    statements: tuple[Benchmark, ...]
    notices: tuple[Benchmark, ...]
    texts: tuple[Benchmark, ...]
    rankings: tuple[Benchmark, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """What of the sets is left out, and the seed of all chance.

    `held_out_share` and `fold` say which notices no labelled pair is drawn from. `left_out` are words: a proposal that
    holds one of them, spelled like that, is not trained on.
    """

    held_out_share: float
    fold: Fold = Fold.FIRST
    left_out: tuple[str, ...] = ()
    seed: int = SEED

    def allows(self, opportunity_id: str) -> bool:
        """Whether the labels of a notice may be trained on."""
        return not held_out(opportunity_id, self.held_out_share, self.fold)

    def known_part(self, benchmark: Benchmark) -> Benchmark:
        """Return the benchmark without the proposals that hold a left out word."""
        kept = {
            query_id: proposal
            for query_id, proposal in benchmark.proposals.items()
            if not any(word in proposal.title or word in proposal.text for word in self.left_out)
        }
        return replace(benchmark, proposals=kept)


@dataclass(frozen=True, slots=True)
class Mix:
    """The pairs in the order of training, and how many there are of each kind."""

    pairs: list[Pair]
    by_kind: dict[str, int]


def read_training_sets(
    statements: Sequence[Path], notices: Sequence[Path], texts: Sequence[Path], rankings: Sequence[Path] = ()
) -> TrainingSets:
    """Read BEIR directories; of `texts` the file corpus.jsonl alone.

    Raises:
        DocumentRejected: A directory is not in the BEIR layout.
    """
    return TrainingSets(
        tuple(read_benchmark(folder) for folder in statements),
        tuple(read_benchmark(folder) for folder in notices),
        tuple(Benchmark(folder.name, read_opportunities(folder), {}, {}) for folder in texts),
        tuple(read_benchmark(folder) for folder in rankings),
    )


def draw_mix(sets: TrainingSets, choice: Choice) -> Mix:
    """Draw the pairs; the same sets in the same order with the same choice give the same pairs in the same order."""
    random = Random(choice.seed)  # noqa: S311 — no secret hangs on it
    kinds: Counter[str] = Counter()
    pairs: list[Pair] = []

    def keep(kind: str, drawn: Sequence[Pair], most: int) -> None:
        chosen = _some(drawn, most, random)
        kinds[kind] += len(chosen)
        pairs.extend(chosen)

    for benchmark in sets.statements:
        known = choice.known_part(benchmark)
        keep("statements", list(labelled_pairs(known, random)), _MOST_PER_SET_OF_STATEMENTS)
        keep("passages", list(passage_pairs(known, random)), _MOST_PASSAGES // len(sets.statements))
    for benchmark in sets.notices:
        known = choice.known_part(benchmark)
        keep("notices", list(labelled_pairs(known, random, is_allowed=choice.allows)), _MOST_PER_SET_OF_NOTICES)
    titled = (*sets.notices, *sets.texts)
    keep("titles", [pair for benchmark in titled for pair in title_pairs(benchmark, random)], _MOST_TITLES)
    return Mix(_some(pairs, len(pairs), random), dict(kinds))


def _some(pairs: Sequence[Pair], most: int, random: Random) -> list[Pair]:
    return random.sample(pairs, min(most, len(pairs)))
