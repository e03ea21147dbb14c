"""Where a mail leads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from matcher.errors import InputRejected
from matcher.mail.cleaning import web_address

NOTICE = "notice"
"""The parameter of `mute_url` that names the notice."""


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

    `mute_url` leads to where what the mail tells of can be muted. `matches` are by proposal, `subscriptions` by
    subscription.

    Raises:
        InputRejected: An address is not http or https.
    """

    unsubscribe_url: str | None = None
    everything_url: str | None = None
    mute_url: str | None = None
    matches: Mapping[str, str] = field(default_factory=dict)
    subscriptions: Mapping[str, SubscriptionLinks] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _require("unsubscribe_url", self.unsubscribe_url)
        _require("everything_url", self.everything_url)
        _require("mute_url", self.mute_url)
        for url in self.matches.values():
            _require("matches", url)

    def muting(self, opportunity_id: str) -> str | None:
        """Return where one notice of the mail can be muted."""
        return self.mute_url and f"{self.mute_url}?{NOTICE}={quote(opportunity_id, safe='', errors='replace')}"


def _require(name: str, url: str | None) -> None:
    if url is not None and web_address(url) is None:
        raise InputRejected(f"{url!r} is no web address; give one that starts with https://", source=name)
