"""One opportunity of a digest as the words that both templates show."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from matcher.domain.digest import DigestItem
from matcher.domain.wording import day_words
from matcher.mail.cleaning import one_line, web_address

TITLE_LIMIT = 160
"""Characters of a title, an agency or a missing thing that a mail shows."""

_SENTENCE_LIMIT = 320
_QUOTE_LIMIT = 360
_MISSING_SHOWN = 3


@dataclass(frozen=True, slots=True)
class ItemWords:
    """An item in words: one line each, cleaned, not yet escaped.

    `fit` lies in 0 to 1, `band` is its word; None where the match is gone. The two quotes are both there or both None.
    """

    title: str
    agency: str
    band: str | None
    fit: float | None
    eligibility: str
    award: str
    closes: str
    begin: str | None
    proposal_quote: str | None
    notice_quote: str | None
    missing: tuple[str, ...]
    more_missing: int
    changes: tuple[str, ...]
    effect: str
    url: str | None
    mute_url: str | None

    @property
    def fit_words(self) -> str:
        """The fit as a person reads it: "0.82 strong fit"."""
        return "no match any more" if self.fit is None else f"{self.fit:.2f} {self.band} fit"


def item_words(item: DigestItem, as_of: date, band: Callable[[float], str], mute_url: str | None = None) -> ItemWords:
    """Put one item into words, as of the day `as_of`; `band` names a fit of 0 to 1, `mute_url` keeps it away."""
    return ItemWords(
        title=one_line(item.title, TITLE_LIMIT),
        agency=one_line(item.agency_name or "agency not stated", TITLE_LIMIT),
        band=None if item.fit is None else band(item.fit),
        fit=item.fit,
        eligibility=one_line(item.eligibility, _SENTENCE_LIMIT),
        award=one_line(item.award, TITLE_LIMIT),
        closes=one_line(item.closes, TITLE_LIMIT),
        begin=_begin_words(item.start_by, as_of),
        proposal_quote=one_line(item.proposal_quote, _QUOTE_LIMIT) if item.proposal_quote else None,
        notice_quote=one_line(item.notice_quote, _QUOTE_LIMIT) if item.notice_quote else None,
        missing=tuple(one_line(text, TITLE_LIMIT) for text in item.missing[:_MISSING_SHOWN]),
        more_missing=max(0, len(item.missing) - _MISSING_SHOWN),
        changes=tuple(one_line(text, _SENTENCE_LIMIT) for text in item.changes),
        effect=one_line(item.effect, _SENTENCE_LIMIT),
        url=web_address(item.source_url),
        mute_url=mute_url,
    )


def _begin_words(start_by: date | None, as_of: date) -> str | None:
    """Return by when the work must begin; it is inferred, and says so."""
    if start_by is None:
        return None
    if start_by < as_of:
        return "at once: by what the notice asks, little time is left (inferred)"
    return f"{day_words(start_by)} at the latest, by what the notice asks (inferred)"
