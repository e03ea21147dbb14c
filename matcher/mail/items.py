"""One opportunity of a digest as the words that both templates show."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from matcher.domain.digest import DigestItem
from matcher.domain.wording import award_words, closing_words, eligibility_words, unaddressed
from matcher.mail.cleaning import one_line, web_address

TITLE_LIMIT = 160
"""Characters of a title, an agency or a missing thing that a mail shows."""

_SENTENCE_LIMIT = 320
_QUOTE_LIMIT = 360
_MISSING_SHOWN = 3


@dataclass(frozen=True, slots=True)
class ItemWords:
    """An item in words: one line each, cleaned, not yet escaped.

    `fit` lies in 0 to 1, `band` is its word; the two quotes are both there or both None.
    """

    title: str
    agency: str
    band: str
    fit: float
    eligibility: str
    award: str
    closes: str
    proposal_quote: str | None
    notice_quote: str | None
    missing: tuple[str, ...]
    more_missing: int
    url: str | None


def item_words(item: DigestItem, as_of: date, band: Callable[[float], str]) -> ItemWords:
    """Put one item into words, with the days left as of `as_of`; `band` names a fit of 0 to 1."""
    opportunity, match = item.opportunity, item.match
    evidence = match.best_evidence
    missing = unaddressed(match)
    return ItemWords(
        title=one_line(opportunity.title, TITLE_LIMIT),
        agency=one_line(opportunity.agency_name or "agency not stated", TITLE_LIMIT),
        band=band(match.fit),
        fit=match.fit,
        eligibility=one_line(eligibility_words(match.eligibility), _SENTENCE_LIMIT),
        award=one_line(award_words(opportunity.funding), TITLE_LIMIT),
        closes=closing_words(opportunity, as_of),
        proposal_quote=one_line(evidence.proposal.text, _QUOTE_LIMIT) if evidence else None,
        notice_quote=one_line(evidence.notice.text, _QUOTE_LIMIT) if evidence else None,
        missing=tuple(one_line(text, TITLE_LIMIT) for text in missing[:_MISSING_SHOWN]),
        more_missing=max(0, len(missing) - _MISSING_SHOWN),
        url=web_address(opportunity.source_url),
    )
