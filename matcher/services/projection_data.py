"""What the projection is fitted to: benchmarks as vectors, each with the lexical similarities of its pairs."""

from collections.abc import Callable, Sequence
from itertools import accumulate

import numpy as np

from matcher.embedding.projection import Documents, Ranking, Titled
from matcher.scoring.catalogue import Catalogue
from matcher.scoring.layout import lay_out
from matcher.scoring.products import Floats
from matcher.scoring.queries import Query
from matcher.scoring.scorer import Scorer
from matcher.scoring.similarity import unit
from matcher.scoring.terms import TermIndex
from matcher.services.beir import Benchmark


def ranking(scorer: Scorer, benchmark: Benchmark, is_allowed: Callable[[str], bool] = lambda _: True) -> Ranking | None:
    """Return a benchmark as the product would rank it, or None if nothing in it may be learned.

    A proposal that also fits an opportunity that is not allowed takes no part.

    Args:
        scorer: Over the vectors that are to be projected.
        benchmark: Proposals, opportunities and judgements.
        is_allowed: Whether an opportunity's identifier may be trained on.
    """
    opportunities = [one for one in benchmark.opportunities if is_allowed(one.opportunity_id)]
    places = {one.opportunity_id: place for place, one in enumerate(opportunities)}
    right = {
        query: {document for document, grade in grades.items() if grade > 0}
        for query, grades in benchmark.judgements.items()
        if query in benchmark.proposals
    }
    learned = [query for query, documents in right.items() if documents and documents <= places.keys()]
    if not learned:
        return None
    catalogue = scorer.catalogue(opportunities)
    queries = scorer.encode_queries([benchmark.proposals[query] for query in learned])
    labels = np.zeros((len(learned), len(opportunities)), dtype=np.bool_)
    for row, query in enumerate(learned):
        labels[row, [places[document] for document in right[query]]] = True
    return Ranking(
        proposals=_documents([query.vectors for query in queries]),
        targets=unit(np.stack([_sum(catalogue, position) for position in range(len(catalogue))])),
        lexical=_lexical(queries, catalogue),
        labels=labels,
    )


def titled(scorer: Scorer, benchmark: Benchmark) -> Titled | None:
    """Return the titles of the opportunities that have a text besides, with its passages; None if there is none."""
    told = [one for one in benchmark.opportunities if one.title != one.text and len(lay_out(one).rows) > 1]
    catalogue = scorer.catalogue(told)
    if not len(catalogue):
        return None
    stretches = [catalogue.place(position).vectors for position in range(len(catalogue))]
    return Titled(titles=np.stack([rows[0] for rows in stretches]), texts=_documents([rows[1:] for rows in stretches]))


def _sum(catalogue: Catalogue, position: int) -> Floats:
    sums = catalogue.place(position).vectors.sum(axis=0, dtype=np.float64)
    return np.asarray(sums, dtype=np.float32)


def _lexical(queries: Sequence[Query], catalogue: Catalogue) -> Floats:
    """Return the lexical cosine of each pair: float32 [queries, opportunities]."""
    wholes = [entry.terms[0] for block in catalogue.blocks for entry in block.entries()]
    return TermIndex(wholes).similarities([query.terms for query in queries]).T


def _documents(passages: Sequence[Floats]) -> Documents:
    starts = list(accumulate((len(rows) for rows in passages), initial=0))
    return Documents(np.concatenate(passages), np.array(starts, dtype=np.int64))
