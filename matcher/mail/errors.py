"""What can go wrong with a delivery, sorted by what happens next."""

from matcher.errors import InputRejected, RetryLater, Unrecoverable


class DeliveryRefused(InputRejected):
    """The receiving side will never take mail for this recipient; mailing it again does not help."""


class MessageRefused(InputRejected):
    """The receiving side will not take this message, for what it is; the recipient is not at fault."""


class DeliveryDeferred(RetryLater):
    """The message could not be handed over now: the server asked to wait."""


class ServerSilent(DeliveryDeferred):
    """The server was not reached, hung up or did not answer in time; the next mail may fare no better."""


class DeliveryImpossible(Unrecoverable):
    """The mail server rejects this installation: its log-in, its sender address or its way of encrypting."""
