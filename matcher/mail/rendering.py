"""A digest as a mail that can be read: subject, text and HTML."""

import textwrap
from collections.abc import Callable
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from matcher.domain.digest import Digest
from matcher.domain.wording import day_words
from matcher.errors import InputRejected
from matcher.mail.cleaning import one_line, web_address
from matcher.mail.items import TITLE_LIMIT, item_words
from matcher.mail.subject import subject_line

COLUMNS = 78
"""Characters of a line of the text version (RFC 5322, section 2.1.1); only web addresses are longer."""


@dataclass(frozen=True, slots=True)
class Links:
    """Where the mail leads: to one-click unsubscription and to the page of all matches; None shows no link.

    Raises:
        InputRejected: An address is not http or https.
    """

    unsubscribe_url: str | None = None
    matches_url: str | None = None

    def __post_init__(self) -> None:
        for name, url in (("unsubscribe_url", self.unsubscribe_url), ("matches_url", self.matches_url)):
            if url is not None and web_address(url) is None:
                raise InputRejected(f"{url!r} is no web address; give one that starts with https://", source=name)


@dataclass(frozen=True, slots=True)
class RenderedDigest:
    """A digest ready to be mailed: a one-line subject, a plain text and an HTML page that say the same."""

    subject: str
    text: str
    html: str


def render_digest(digest: Digest, links: Links, band: Callable[[float], str]) -> RenderedDigest:
    """Put a digest into words.

    Args:
        digest: What to tell; its order is kept.
        links: Where the mail leads.
        band: Names a fit of 0 to 1, for instance "strong".

    Raises:
        ValueError: The digest is empty; a quiet week sends no mail.
    """
    if digest.is_empty:
        raise ValueError(f"digest {digest.digest_id} is empty; a quiet week sends no mail")
    new = [item_words(item, digest.as_of, band) for item in digest.new]
    closing_soon = [item_words(item, digest.as_of, band) for item in digest.closing_soon]
    words = {
        "proposal_title": one_line(digest.proposal_title, TITLE_LIMIT),
        "week": digest.week,
        "as_of": day_words(digest.as_of),
        "new": new,
        "closing_soon": closing_soon,
        "left_out": "; ".join(f"{count:,} {one_line(reason, TITLE_LIMIT)}" for reason, count in digest.left_out),
        "links": links,
    }
    subject = subject_line(new, closing_soon)
    text = _TEMPLATES.get_template("digest.txt").render(words, subject=subject)
    html = _TEMPLATES.get_template("digest.html").render(words, subject=subject)
    return RenderedDigest(subject, text, html)


def _wrapped(text: str, first: str = "", following: str | None = None) -> str:
    """Return `text` broken into lines of COLUMNS, the first led by `first` and the others by `following`."""
    following = " " * len(first) if following is None else following
    return textwrap.fill(text, COLUMNS, initial_indent=first, subsequent_indent=following, break_on_hyphens=False)


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("matcher.mail"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["wrapped"] = _wrapped
    return environment


_TEMPLATES = _environment()
