"""Takes away what can be made anew from what else is stored: wrong matches and wrong vectors."""

from collections.abc import Iterable

from sqlalchemy import bindparam, delete, update

from matcher.store import schema
from matcher.store.migrate import existing

_MATCHES = schema.matches.c
_VECTORS = schema.vectors.c


def take_away(url: str, matches: Iterable[tuple[str, str]], vectors: Iterable[tuple[str, str]]) -> None:
    """Delete some matches and vectors, and mark the proposals of the former as never scored, in one transaction.

    Args:
        url: The URL of the store.
        matches: Pairs of a proposal and an opportunity.
        vectors: Pairs of a model and a text hash.

    Raises:
        InputRejected: There is no store at `url`.
        RetryLater: The database is held by others or cannot be reached.
    """
    pairs = [{"the_proposal": proposal, "the_opportunity": opportunity} for proposal, opportunity in sorted(matches)]
    keys = [{"the_model": model, "the_hash": text_hash} for model, text_hash in sorted(vectors)]
    match = delete(schema.matches).where(
        _MATCHES.proposal_id == bindparam("the_proposal"), _MATCHES.opportunity_id == bindparam("the_opportunity")
    )
    proposal = update(schema.proposals).where(schema.proposals.c.proposal_id == bindparam("the_proposal"))
    vector = delete(schema.vectors).where(
        _VECTORS.model_id == bindparam("the_model"), _VECTORS.text_hash == bindparam("the_hash")
    )
    database = existing(url)
    try:
        with database.writing() as connection:
            if pairs:
                connection.execute(match, pairs)
                connection.execute(proposal.values(scored_revision=None, scored_fingerprint=None), pairs)
            if keys:
                connection.execute(vector, keys)
    finally:
        database.close()
