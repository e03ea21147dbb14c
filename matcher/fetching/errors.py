"""What can go wrong with a fetch, sorted by what happens next."""

from datetime import datetime

from matcher.errors import InputRejected, RetryLater


class FetchRefused(InputRejected):
    """The address may not be fetched, or what it answers is permanently of no use; asking again does not help."""


class FetchDeferred(RetryLater):
    """The source cannot be had now. `again_at` is when it asked to be tried again (UTC), None if it did not say."""

    def __init__(self, reason: str, *, again_at: datetime | None = None) -> None:
        self.again_at = again_at
        super().__init__(reason)
