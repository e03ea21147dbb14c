"""Where a mail leads."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from matcher.errors import InputRejected
from matcher.mail.cleaning import web_address


@dataclass(frozen=True, slots=True)
class SubscriptionLinks:
    """To the end of one subscription, and to its pause.

    Raises:
        InputRejected: An address is not http or https.
    """

    unsubscribe_url: str
    pause_url: str

    def __post_init__(self) -> None:
        _require("unsubscribe_url", self.unsubscribe_url)
        _require("pause_url", self.pause_url)


@dataclass(frozen=True, slots=True)
class Links:
    """To the end of all that a digest is for and of everything, to the matches of each proposal; None shows no link.

    `matches` are by proposal, `subscriptions` by subscription.

    Raises:
        InputRejected: An address is not http or https.
    """

    unsubscribe_url: str | None = None
    everything_url: str | None = None
    matches: Mapping[str, str] = field(default_factory=dict)
    subscriptions: Mapping[str, SubscriptionLinks] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _require("unsubscribe_url", self.unsubscribe_url)
        _require("everything_url", self.everything_url)
        for url in self.matches.values():
            _require("matches", url)


def _require(name: str, url: str | None) -> None:
    if url is not None and web_address(url) is None:
        raise InputRejected(f"{url!r} is no web address; give one that starts with https://", source=name)
