"""The identifiers of the protocol are UUIDs; ours are whatever the source gave."""

from functools import lru_cache
from uuid import UUID, uuid5

_NAMESPACE = UUID("3f0e8a4e-3d4b-5a8f-9a53-5c1f2b7d6e90")
_KEPT = 200_000


@lru_cache(maxsize=_KEPT)
def protocol_id(opportunity_id: str) -> UUID:
    """Return the identifier itself where it is a UUID, else one that is made from it and always the same."""
    try:
        return UUID(opportunity_id)
    except ValueError:
        return uuid5(_NAMESPACE, opportunity_id)
