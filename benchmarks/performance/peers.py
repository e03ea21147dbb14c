"""How long the libraries that others rank with take for one proposal, beside all that the product does with it."""

from dataclasses import replace

import numpy as np

from benchmarks.performance.figures import Figure, cost_of
from benchmarks.performance.scoring import REPEATS, made, ranking_cost
from benchmarks.performance.synthetic import proposal
from matcher.scoring.layout import OpportunityLayout
from matcher.services.baselines import Bm25, TfIdf, opportunity_stems, proposal_stems

_KEPT = 50


def peers(size: int) -> list[Figure]:
    """Rank one proposal against `size` notices by each library, warm, from the vectors or stems that it needs.

    Nothing of what they rank by is worked out here but the proposal's stems, and all that they return is an order.
    """
    from sentence_transformers.util import semantic_search

    scorer, catalogue = made(size)
    ours = ranking_cost(scorer, catalogue)
    layouts = [layout for block in catalogue.blocks for layout in block.layouts]
    words = [opportunity_stems(replace(each.opportunity, text=_full_text(each))) for each in layouts]
    bm25, tf_idf = Bm25(words), TfIdf(words)
    read = proposal(0)
    passages = scorer.encode_queries([read])[0].vectors
    rows = np.concatenate([block.rows for block in catalogue.blocks])
    ways = {
        "the passages alone, sentence-transformers": lambda: semantic_search(passages, rows, top_k=_KEPT),
        "the words alone, bm25s": lambda: bm25.scores([proposal_stems(read)]),
        "the words alone, scikit-learn": lambda: tf_idf.scores([proposal_stems(read)]),
    }
    return [
        Figure(f"one proposal × {size:,} notices, {way}", cost_of(work, REPEATS), "matcher, all features", ours)
        for way, work in ways.items()
    ]


def _full_text(layout: OpportunityLayout) -> str:
    return " ".join(row.text for row in layout.rows)
