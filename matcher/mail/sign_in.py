"""The mail whose link signs its reader in."""

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.errors import InputRejected
from matcher.mail.cleaning import one_line, web_address
from matcher.mail.items import TITLE_LIMIT
from matcher.mail.rendering import RenderedMail, in_both_forms
from matcher.mail.subject import SUBJECT_LIMIT


@dataclass(frozen=True, slots=True)
class SignInLink:
    """A link that signs in for one of some organizations, told by name; `minutes` is how long it holds.

    Raises:
        InputRejected: The link is not http or https.
    """

    organizations: Sequence[str]
    url: str
    minutes: int

    def __post_init__(self) -> None:
        if web_address(self.url) is None:
            raise InputRejected(f"{self.url!r} is no web address", source="url")


def render_sign_in(link: SignInLink) -> RenderedMail:
    """Put the link into words."""
    names = [one_line(name, TITLE_LIMIT) for name in link.organizations]
    about = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
    subject = one_line(f"Sign in for {about}", SUBJECT_LIMIT)
    words = {"subject": subject, "about": about, "url": link.url, "minutes": link.minutes}
    return in_both_forms("sign_in", words)
