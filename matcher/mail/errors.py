"""What can go wrong with a delivery, sorted by what happens next."""

from matcher.errors import InputRejected, RetryLater, Unrecoverable


class DeliveryRefused(InputRejected):
    """The receiving side will never take this message for this recipient; mailing it again does not help."""


class DeliveryDeferred(RetryLater):
    """The message could not be handed over now: the server asked to wait, was not reached or did not answer."""


class DeliveryImpossible(Unrecoverable):
    """The mail server rejects this installation: its log-in, its sender address or its way of encrypting."""
