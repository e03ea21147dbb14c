"""One proposal against a whole catalogue in memory, and many proposals in blocks."""

from itertools import islice

import numpy as np

from benchmarks.performance.figures import Cost, Figure, cost_of
from benchmarks.performance.synthetic import DAY, VECTORS_PER_NOTICE, Synthetic, notices, proposal
from matcher.domain.proposal import Proposal
from matcher.scoring.catalogue import Catalogue
from matcher.scoring.scorer import AT_ONCE, Scorer
from matcher.services.match_documents import Matching
from matcher.services.views import ranking_view

PROPOSALS = 2_000
"""Of a full re-scoring, which is worked out from one block."""
REPEATS = 9
_SHOWN = 20


def one_proposal(size: int) -> list[Figure]:
    """Rank one proposal against `size` notices as the web service does, warm, beside the product that it needs."""
    scorer, catalogue = made(size)
    cost = ranking_cost(scorer, catalogue)
    passages = scorer.encode_queries([proposal(0)])[0].vectors
    limit = cost_of(lambda: _products(catalogue, passages), 3)
    reading = cost_of(lambda: [float(block.rows.max()) for block in catalogue.blocks], 3)
    vectors = f"{size * VECTORS_PER_NOTICE:,} vectors"
    return [
        Figure(f"one proposal, {vectors}, all features", cost, "its matrix product alone", limit, size),
        Figure(f"that product, {vectors}", limit, "reading the vectors once", reading),
    ]


def full_rescore(size: int) -> list[Figure]:
    """Work out the fits of a full re-scoring from one block of proposals; matches are told apart."""
    scorer, catalogue = made(size)
    queries = scorer.encode_queries([proposal(number) for number in range(AT_ONCE)])
    scorer.fits_of_many(queries[:1], catalogue)
    cost = cost_of(lambda: scorer.fits_of_many(queries, catalogue), 3)
    passages = np.concatenate([query.vectors for query in queries])
    limit = cost_of(lambda: _products(catalogue, passages), 3)
    blocks = PROPOSALS / AT_ONCE
    what = f"fits of {PROPOSALS:,} proposals × {size:,} notices (from one block of {AT_ONCE})"
    return [Figure(what, cost.times(blocks), "their matrix products alone", limit.times(blocks), size)]


def a_change(size: int) -> list[Figure]:
    """Make a catalogue, and make it again after ten notices were amended."""
    opportunities = list(notices(size))
    scorer = Scorer(Synthetic().encode, "synthetic")
    made: list[Catalogue] = []
    whole = cost_of(lambda: made.append(scorer.catalogue(opportunities)))
    steps = max(size // 10, 1)
    for number, amended in zip(range(0, size, steps), notices(10, first=size), strict=False):
        opportunities[number] = amended
    cost = cost_of(lambda: made.append(scorer.catalogue(opportunities, made[0])))
    return [Figure(f"{size:,} notices in memory after 10 changed", cost, "all of them laid out", whole, size)]


def machine(_: int) -> list[Figure]:
    """Measure what the machine does at best: bytes read, and products of large matrices."""
    generator = np.random.default_rng(1)
    matrix = generator.standard_normal((100_000, 384), dtype=np.float32)
    square = generator.standard_normal((2_048, 2_048), dtype=np.float32)
    reading = cost_of(lambda: matrix.max(), 5)
    product = cost_of(lambda: square @ square, 5)
    gigabytes, operations = matrix.nbytes / 1e9, 2 * 2_048**3 / 1e9
    return [
        Figure(f"memory: {_rate(gigabytes, reading)} GB/s a core, read once", reading),
        Figure(f"matrix product, float32: {_rate(operations, product)} GFLOP/s a core", product),
    ]


def _rate(work: float, cost: Cost) -> str:
    return f"{work / cost.processor:,.0f}"


def ranking_cost(scorer: Scorer, catalogue: Catalogue) -> Cost:
    """Return what it costs to rank one proposal as the web service does, warm, with the reasons that it shows first."""
    _rank(scorer, catalogue, proposal(-1))  # what is worked out once for all proposals
    others = iter([proposal(number) for number in range(REPEATS)])
    return cost_of(lambda: _rank(scorer, catalogue, next(others)), REPEATS)


def made(size: int) -> tuple[Scorer, Catalogue]:
    """Return a scorer, and so many notices ready to be scored."""
    scorer = Scorer(Synthetic().encode, "synthetic")
    return scorer, scorer.catalogue(list(notices(size)))


def _products(catalogue: Catalogue, passages: "np.ndarray[tuple[int, ...], np.dtype[np.float32]]") -> None:
    for block in catalogue.blocks:
        _ = block.rows @ passages.T


def _rank(scorer: Scorer, catalogue: Catalogue, read: Proposal) -> None:
    matching = Matching(scorer, read, catalogue)
    ranking = matching.ranking(DAY)
    shown = matching.with_reasons(islice(ranking.ranked, _SHOWN))
    assert len(ranking_view(ranking, shown, is_calibrated=True)["matches"]) == min(_SHOWN, len(ranking.ranked))
