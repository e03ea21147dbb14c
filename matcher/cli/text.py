"""Matches as text for a terminal."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from matcher.domain.match import Change, Counterfactual, Evidence, band
from matcher.domain.proposal import Proposal
from matcher.domain.wording import (
    award_words,
    closing_words,
    conditions_words,
    day_words,
    eligibility_words,
    unaddressed,
)
from matcher.services.ranking import Judged, RankedMatch, Ranking

_WIDTH = 100
_INDENT = "     "
_MISSING_SHOWN = 3
_CONDITIONS_SHOWN = 2
_NEAREST_SHOWN = 5
_QUOTE_LENGTH = 240


def proposal_heading(proposal: Proposal) -> str:
    """Return a proposal's title and organization, underlined."""
    words = proposal.title if not proposal.organization else f"{proposal.title} — {proposal.organization}"
    return f"\n{words}\n{'─' * min(len(words), _WIDTH)}"


def ranking_text(ranking: Ranking[Judged], shown: Sequence[RankedMatch]) -> str:
    """Return matches that can still be applied for, and how many others there are and why."""
    lines = [f"as of {day_words(ranking.as_of)}: {len(ranking.ranked)} to consider"]
    lines += _judged(ranking, shown)
    apart = [
        f"{len(group)} {words}"
        for group, words in ((ranking.closed, "closed"), (ranking.ineligible, "not open to this applicant"))
        if group
    ]
    if apart:
        lines.append(f"  Set apart: {', '.join(apart)} (--all-groups shows them).")
    return "\n".join(lines)


def marked_text(ranking: Ranking[Judged], shown: Sequence[RankedMatch]) -> str:
    """Return matches of all groups in one list, each with its status."""
    return "\n".join(_judged(ranking, shown))


def _judged(ranking: Ranking[Judged], shown: Sequence[RankedMatch]) -> list[str]:
    """Return the matches, or only the nearest ones where none is more than weak, which is said."""
    if not ranking.nothing_fits:
        return _numbered(shown) or ["  Nothing that fits can still be applied for."]
    nearest = _numbered(shown[:_NEAREST_SHOWN])
    return [f"  Nothing in the catalogue fits this proposal{'; the nearest:' if nearest else '.'}", *nearest]


def _numbered(matches: Iterable[RankedMatch]) -> list[str]:
    return [line for number, match in enumerate(matches, start=1) for line in _match_lines(number, match)]


def _match_lines(number: int, ranked: RankedMatch) -> Iterator[str]:
    opportunity, match = ranked.opportunity, ranked.match
    yield f"{number:3}. {match.fit:.2f} {band(match.fit):8}  {opportunity.title}"
    facts = [
        opportunity.agency_name or "agency not stated",
        f"award {award_words(opportunity.funding)}",
        f"deadline {closing_words(opportunity, ranked.as_of)} ({ranked.status})",
    ]
    yield from _wrapped(" · ".join(facts))
    yield from _wrapped(eligibility_words(match.eligibility))
    for condition in conditions_words(opportunity.eligibility)[:_CONDITIONS_SHOWN]:
        yield from _wrapped(textwrap.shorten(condition, _QUOTE_LENGTH, placeholder=" …”"))
    if match.best_evidence is not None:
        yield from _evidence_lines(match.best_evidence)
    missing = unaddressed(match)
    if missing:
        more = f"; and {len(missing) - _MISSING_SHOWN} more" if len(missing) > _MISSING_SHOWN else ""
        yield from _wrapped(f"Not addressed: {'; '.join(missing[:_MISSING_SHOWN])}{more}")
    for counterfactual in _told(ranked.counterfactuals or ()):
        yield from _wrapped(f"→ {counterfactual.sentence}")


def _told(counterfactuals: Iterable[Counterfactual]) -> Iterator[Counterfactual]:
    """Yield the counterfactuals, of several applicants that could lead only the first."""
    has_lead = False
    for counterfactual in counterfactuals:
        is_lead = counterfactual.change is Change.LEAD_APPLICANT
        if not (is_lead and has_lead):
            yield counterfactual
        has_lead = has_lead or is_lead


def _evidence_lines(evidence: Evidence) -> Iterator[str]:
    yield from _wrapped(f"“{textwrap.shorten(evidence.proposal.text, _QUOTE_LENGTH, placeholder=' …')}”")
    yield from _wrapped(f"answers “{textwrap.shorten(evidence.notice.text, _QUOTE_LENGTH, placeholder=' …')}”")


def _wrapped(words: str) -> list[str]:
    return textwrap.wrap(words, _WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT + "  ")
