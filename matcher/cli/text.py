"""Matches as text for a terminal."""

import textwrap
from collections.abc import Iterable, Iterator

from matcher.domain.match import Evidence, band
from matcher.domain.proposal import Proposal
from matcher.domain.wording import award_words, closing_words, day_words, eligibility_words, unaddressed
from matcher.services.ranking import RankedMatch, Ranking

_WIDTH = 100
_INDENT = "     "
_MISSING_SHOWN = 3
_QUOTE_LENGTH = 240


def proposal_heading(proposal: Proposal) -> str:
    """Return a proposal's title and organization, underlined."""
    words = proposal.title if not proposal.organization else f"{proposal.title} — {proposal.organization}"
    return f"\n{words}\n{'─' * min(len(words), _WIDTH)}"


def ranking_text(ranking: Ranking, top: int | None, *, reasons: bool = True) -> str:
    """Return the matches that can still be applied for, and how many are not shown and why."""
    shown = ranking.ranked[:top]
    lines = [f"as of {day_words(ranking.as_of)}: {len(ranking.ranked)} to consider"]
    lines += _numbered(shown, reasons=reasons) if shown else ["  Nothing in this catalogue fits."]
    apart = [
        f"{len(group)} {words}"
        for group, words in ((ranking.closed, "closed"), (ranking.ineligible, "not open to this applicant"))
        if group
    ]
    if apart:
        lines.append(f"  Set apart: {', '.join(apart)} (--all-groups shows them).")
    return "\n".join(lines)


def marked_text(matches: Iterable[RankedMatch]) -> str:
    """Return matches of all groups in one list, each with its status."""
    return "\n".join(_numbered(matches, reasons=True))


def _numbered(matches: Iterable[RankedMatch], *, reasons: bool) -> list[str]:
    return [line for number, match in enumerate(matches, start=1) for line in _match_lines(number, match, reasons)]


def _match_lines(number: int, ranked: RankedMatch, reasons: bool) -> Iterator[str]:
    opportunity, match = ranked.opportunity, ranked.match
    yield f"{number:3}. {match.fit:.2f} {band(match.fit):8}  {opportunity.title}"
    facts = [
        opportunity.agency_name or "agency not stated",
        f"award {award_words(opportunity.funding)}",
        f"deadline {closing_words(opportunity, ranked.as_of)} ({ranked.status})",
    ]
    yield from _wrapped(" · ".join(facts))
    yield from _wrapped(eligibility_words(match.eligibility))
    if reasons and match.best_evidence is not None:
        yield from _evidence_lines(match.best_evidence)
    missing = unaddressed(match)
    if reasons and missing:
        more = f"; and {len(missing) - _MISSING_SHOWN} more" if len(missing) > _MISSING_SHOWN else ""
        yield from _wrapped(f"Not addressed: {'; '.join(missing[:_MISSING_SHOWN])}{more}")


def _evidence_lines(evidence: Evidence) -> Iterator[str]:
    yield from _wrapped(f"“{textwrap.shorten(evidence.proposal.text, _QUOTE_LENGTH, placeholder=' …')}”")
    yield from _wrapped(f"answers “{textwrap.shorten(evidence.notice.text, _QUOTE_LENGTH, placeholder=' …')}”")


def _wrapped(words: str) -> list[str]:
    return textwrap.wrap(words, _WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT + "  ")
