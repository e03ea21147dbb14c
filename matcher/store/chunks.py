"""Keys in portions that one query can take."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

_PER_QUERY = 500


def chunks(keys: Iterable[str]) -> Iterator[Sequence[str]]:
    """Yield each of `keys` once, a few hundred at a time, in their order."""
    remaining = iter(dict.fromkeys(keys))
    while chunk := list(islice(remaining, _PER_QUERY)):
        yield chunk
