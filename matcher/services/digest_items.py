"""One match as the facts that a digest shows of it."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from matcher.domain.amendment import FieldChange
from matcher.domain.digest import Deadline, DigestItem
from matcher.domain.feasibility import INTENT, Feasibility, feasibility
from matcher.domain.match import Match
from matcher.domain.opportunity import APPLICATION, Opportunity
from matcher.domain.vocabulary import Basis
from matcher.domain.wording import NOT_STATED, award_words, closing_words, eligibility_words, unaddressed

_CHANGES_SHOWN = 4


def digest_item(
    opportunity: Opportunity,
    revision: int,
    match: Match | None,
    as_of: date,
    *,
    changes: tuple[FieldChange, ...] = (),
    effect: str = "",
    work: Feasibility | None = None,
) -> DigestItem:
    """Return what a digest of the day `as_of` shows of a match.

    Args:
        opportunity: The notice, as it is now.
        revision: Its revision.
        match: The match with the proposal; None if it is below the floor now.
        as_of: The day that time is counted from.
        changes: What an amendment changed since the reader was told of the notice.
        effect: What that did to the match, in words.
        work: What an application takes, where the caller knows it already: it is read from the whole notice.
    """
    evidence = match.best_evidence if match else None
    return DigestItem(
        opportunity_id=opportunity.opportunity_id,
        revision=revision,
        title=opportunity.title,
        agency_name=opportunity.agency_name,
        fit=match.fit if match else None,
        verdict=match.eligibility.verdict if match else None,
        eligibility=eligibility_words(match.eligibility) if match else NOT_STATED,
        award=award_words(opportunity.funding),
        closes=closing_words(opportunity, as_of),
        deadlines=tuple(_deadlines(opportunity, as_of)),
        start_by=(work or feasibility(opportunity, as_of)).start_by,
        proposal_quote=evidence.proposal.text if evidence else None,
        notice_quote=evidence.notice.text if evidence else None,
        missing=unaddressed(match) if match else (),
        changes=tuple(change.sentence for change in changes[:_CHANGES_SHOWN]),
        effect=effect,
        source_url=opportunity.source_url,
        fingerprint=match.fingerprint if match else "",
    )


def _deadlines(opportunity: Opportunity, as_of: date) -> Iterator[Deadline]:
    """Yield the dated deadlines that are not past, in the notice's order."""
    seen: Counter[str] = Counter()
    for key_date in opportunity.key_dates:
        seen[key_date.name] += 1
        day = key_date.day.as_date()
        if key_date.name in (APPLICATION, INTENT) and day is not None and day >= as_of:
            yield Deadline(key_date.name, seen[key_date.name], day, key_date.basis is Basis.INFERRED)
