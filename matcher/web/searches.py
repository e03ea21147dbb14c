"""Searches of the catalogue; what they encode waits for its turn, and is free while the vectors are kept."""

from matcher.services.search_opportunities import search_opportunities, similar_opportunities
from matcher.web.house import current_house


def found_by_words(words: str) -> dict[str, float]:
    """Return the relevance of what is about a few words, by identifier, most relevant first.

    Raises:
        RetryLater: Too many stand in line for the encoder.
    """
    house = current_house()
    context = house.context
    with house.encoding.turn():
        found = search_opportunities(context.scorer, context.catalogue, words, context.settings.match_floor)
    return {one.opportunity_id: one.relevance for one in found}


def found_alike(opportunity_id: str) -> dict[str, float]:
    """Return the relevance of what is like one opportunity, by identifier, most alike first.

    Raises:
        NotFound: No opportunity is stored under `opportunity_id`.
        RetryLater: Too many stand in line for the encoder.
    """
    house = current_house()
    context = house.context
    with house.encoding.turn():
        found = similar_opportunities(context.scorer, context.catalogue, opportunity_id, context.settings.match_floor)
    return {one.opportunity_id: one.relevance for one in found}
