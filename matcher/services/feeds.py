"""Make, use and revoke feeds of the matches of a proposal.

The address of a feed holds 256 random bits, so whoever has it needs no key, and nobody can guess it; what is kept is
their SHA-256 alone (see `services/keys.py` for why one round is enough).
"""

import hashlib
import secrets
from datetime import UTC, date, datetime
from uuid import uuid4

from matcher.domain.feed import Feed
from matcher.errors import NotFound
from matcher.services.catalogue import CatalogueReader
from matcher.services.ranked_matches import ranked_matches, with_reasons
from matcher.services.ranking import RankedMatch
from matcher.store.protocol import Store

_SECRET_BYTES = 32
MOST_ENTRIES = 50
"""Of the matches that can be applied for, best fit first."""


def make_feed(store: Store, proposal_id: str, name: str) -> tuple[Feed, str]:
    """Make a feed of a proposal; return what is kept of it, and its secret, which is shown this once.

    Raises:
        NotFound: No such proposal is stored.
    """
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    feed = Feed(str(uuid4()), proposal_id, " ".join(name.split()), _hash(secret), datetime.now(UTC))
    store.feeds.add(feed)
    return feed, secret


def feed_of(store: Store, secret: str) -> Feed:
    """Return the feed that a secret opens, whoever's it is.

    Raises:
        NotFound: There is none, or it was revoked.
    """
    feed = store.feeds.find(_hash(secret))
    if feed is None:
        raise NotFound("there is no feed at this address, or it was revoked; make one for the proposal")
    return feed


def feed_matches(
    store: Store, catalogue: CatalogueReader, feed: Feed, as_of: date, least: float
) -> tuple[RankedMatch, ...]:
    """Return the matches of a feed: those that can be applied for and fit by at least `least`, best fit first.

    Raises:
        NotFound: Its proposal was deleted meanwhile.
    """
    ranking = ranked_matches(store, catalogue, feed.proposal_id, as_of)
    meant = [match for match in ranking.ranked if match.match.fit >= least][:MOST_ENTRIES]
    return with_reasons(store, catalogue, feed.proposal_id, meant)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
