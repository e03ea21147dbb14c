"""New notices against stored proposals, in a store on disk; encoding costs next to nothing here."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.performance.figures import Cost, Figure, cost_of
from benchmarks.performance.synthetic import DIMENSIONS, Synthetic, notices, proposal
from matcher.bootstrap import Context, build
from matcher.services.explanations import explained
from matcher.services.rescore import Rescorer, RescoreReport
from matcher.settings import Settings
from matcher.store.records import KeptQuery

NEW = 10
_TEXTS = 32
"""Proposals that are told apart by their words; the others have the words of one of them, and vectors of their own."""
_AT_ONCE = 500
_EXPLAINED = 50
_EVERY_PAIR, _NO_PAIR = 0.0, 1.0


def new_notices(size: int) -> list[Figure]:
    """Score ten new notices against `size` stored proposals: none kept, and then every pair."""
    with _house() as house:
        _store_proposals(house, size)
        _rescored(house, 1, 0, _NO_PAIR)  # what is loaded once
        scored = _rescored(house, NEW, 1, _NO_PAIR)
        kept = _rescored(house, NEW, NEW + 1, _EVERY_PAIR)
        pairs = NEW * size
        each = Cost(kept.clock - scored.clock, kept.processor - scored.processor).times(1 / pairs)
        return [
            Figure(f"{NEW} new notices × {size:,} stored proposals, every pair kept", kept, "none kept", scored, size),
            Figure(f"one of {pairs:,} stored matches: who may apply, row written", each),
        ]


def explanations(_: int) -> list[Figure]:
    """Return what it costs to explain ten matches of one proposal, and to read them again."""
    with _house() as house:
        identifiers = [house.store.proposals.save(proposal(number)).identifier for number in range(_EXPLAINED)]
        _rescored(house, NEW, 0, _EVERY_PAIR)
        names = list(house.store.opportunities.ids_and_revisions())

        def each(read: Callable[[str], object]) -> Cost:
            return cost_of(lambda: [read(identifier) for identifier in identifiers]).times(1 / _EXPLAINED)

        def told(identifier: str) -> None:
            assert len(explained(house.store, house.catalogue, identifier, names)) == NEW

        first, again = each(told), each(told)
        return [Figure(f"{NEW} matches of a proposal explained for the first time", first, "read again", again)]


def _rescored(house: Context, count: int, first: int, floor: float) -> Cost:
    """Bring so many notices, and return what it costs to score them."""
    for notice in notices(count, first=first):
        house.store.opportunities.save(notice, "made")
    reports: list[RescoreReport] = []
    rescorer = Rescorer(house.store, house.scorer, house.catalogue, floor)
    cost = cost_of(lambda: reports.append(rescorer.rescore()))
    assert reports[0].matches == (reports[0].pairs if floor == _EVERY_PAIR else 0)
    return cost


def _store_proposals(house: Context, size: int) -> None:
    """Store proposals as if they were scored before, with what each is compared by."""
    texts = [proposal(number) for number in range(min(_TEXTS, size))]
    shapes = house.scorer.encode_queries(texts)
    generator, fingerprint = np.random.default_rng(2), house.scorer.fingerprint
    queries = []
    for number in range(size):
        saved = house.store.proposals.save(replace(texts[number % _TEXTS], title=f"Proposal {number}"))
        shape = shapes[number % _TEXTS]
        vectors = generator.standard_normal((len(shape.vectors), DIMENSIONS), dtype=np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        terms = shape.terms
        queries.append(
            KeptQuery(
                saved.identifier, saved.revision, fingerprint, vectors.astype(np.float16), terms.buckets, terms.weights
            )
        )
    for start in range(0, size, _AT_ONCE):
        house.store.queries.save(queries[start : start + _AT_ONCE])
    house.store.proposals.mark_all_scored({query.proposal_id: query.revision for query in queries}, fingerprint)


@contextmanager
def _house() -> Iterator[Context]:
    with tempfile.TemporaryDirectory() as folder:
        house = build(Settings(home=Path(folder), opportunities=Path(folder) / "none"), encoder=Synthetic())
        yield house
        house.store.close()
