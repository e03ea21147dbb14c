"""Opportunities found by plain words, and those that are like another one; by the same score as every match."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.errors import NotFound
from matcher.scoring.catalogue import Catalogue
from matcher.scoring.fusion import fit_of
from matcher.scoring.queries import Query
from matcher.scoring.scorer import Scorer
from matcher.scoring.terms import term_weights
from matcher.services.catalogue import CatalogueReader

_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Found:
    """One opportunity and how relevant it is, 0 to 1, rounded to four decimals.

    Relevance is computed like a fit, and like a fit it depends on this opportunity alone; but a few words are no
    proposal, so it orders what was found and says nothing of chances.
    """

    opportunity_id: str
    relevance: float


def search_opportunities(scorer: Scorer, catalogue: CatalogueReader, words: str, least: float) -> list[Found]:
    """Return the opportunities that are about `words`, most relevant first; encodes the words.

    What is less relevant than `least` is not found, so that nothing may be found.
    """
    _, encoded = catalogue.encoded()
    return _ranked(encoded, scorer.ranking_scores([scorer.encode_words(words)], encoded)[0], least)


def similar_opportunities(scorer: Scorer, catalogue: CatalogueReader, opportunity_id: str, least: float) -> list[Found]:
    """Return the opportunities that are like another one, most alike first; that one is not among them.

    Raises:
        NotFound: No opportunity is stored under `opportunity_id`.
    """
    _, encoded = catalogue.encoded()
    position = encoded.positions.get(opportunity_id)
    if position is None:
        raise NotFound("no opportunity is stored under this identifier", source=opportunity_id)
    scores = scorer.ranking_scores([_as_query(encoded, position)], encoded)[0]
    return [one for one in _ranked(encoded, scores, least) if one.opportunity_id != opportunity_id]


def _as_query(encoded: Catalogue, position: int) -> Query:
    """Return an opportunity of the catalogue in the place of a proposal; nothing is encoded for it."""
    texts = dict.fromkeys(row.text for row in encoded.layouts[position].rows)
    return Query(encoded.place(position).vectors, term_weights("\n".join(texts)))


def _ranked(encoded: Catalogue, scores: NDArray[np.float64], least: float) -> list[Found]:
    relevances = fit_of(scores).round(_DECIMALS).tolist()
    found = [
        Found(layout.opportunity.opportunity_id, relevance)
        for layout, relevance in zip(encoded.layouts, relevances, strict=True)
        if relevance >= least
    ]
    return sorted(found, key=lambda one: (-one.relevance, one.opportunity_id))
