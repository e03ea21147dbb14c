"""Look over a whole installation, and tell what should never be.

Everything that keeps a store in order is passed over: what the tables hold is held against itself. It may run while
others write, for it sees one state.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime

from matcher.domain.finding import Finding
from matcher.domain.match import Match
from matcher.domain.opportunity import Opportunity
from matcher.domain.vocabulary import OVER
from matcher.embedding.cached import text_hash
from matcher.scoring.scorer import Scorer
from matcher.services.check_fits import FitCheck
from matcher.services.check_quotes import match_flaws, opportunity_flaws, proposal_flaws
from matcher.services.check_vectors import VectorCheck
from matcher.store.audit.matches import AGAIN
from matcher.store.audit.mending import take_away
from matcher.store.audit.opened import Audit, AuditedMatch, audited

MENDABLE = ("matches", "quotes", "vectors")
"""The rules whose broken rows can be made anew."""


@dataclass(slots=True)
class CheckReport:
    """What a check found, and how many rows of each table it looked at.

    `to_encode` counts the texts of proposals and of open opportunities that the model in use has no vector of yet:
    they are encoded when they are next needed.
    """

    findings: list[Finding] = field(default_factory=list)
    looked_at: dict[str, int] = field(default_factory=dict)
    to_encode: int = 0

    @property
    def is_sound(self) -> bool:
        """Whether nothing was found."""
        return not self.findings

    @property
    def by_rule(self) -> dict[str, int]:
        """How many findings there are of each rule."""
        return dict(Counter(finding.rule for finding in self.findings))


def check(url: str, model_id: str, now: datetime) -> CheckReport:
    """Return what is wrong with the store at `url`; nothing is changed.

    Args:
        url: The URL of the database.
        model_id: The model in use, whose vectors must have what current texts need.
        now: The moment that decides what is overdue.

    Raises:
        InputRejected: There is no store at `url`.
        RetryLater: The database is held by others or cannot be reached.
        Unrecoverable: The database is so damaged that it cannot be read.
    """
    report = CheckReport()
    with audited(url) as audit:
        report.findings += audit.schema_findings()
        if report.findings:
            return report
        report.looked_at = audit.counts()
        report.findings += audit.findings(now)
        vectors = VectorCheck(model_id)
        report.findings += vectors.flaws(audit.vectors())
        _look_at_documents(audit, vectors, now, report)
        report.findings += audit.unreadable
    return report


def mend(url: str, report: CheckReport) -> int:
    """Take away the wrong matches and vectors that were found; return how many.

    The proposals of the matches are scored anew at the next re-scoring, and texts are encoded when they are needed.

    Raises:
        InputRejected: There is no store at `url`.
        RetryLater: The database is held by others or cannot be reached.
    """
    rows = {(finding.rule == "vectors", finding.key) for finding in report.findings if finding.key}
    take_away(
        url,
        [(key[0], key[1]) for is_vector, key in rows if not is_vector],
        [(key[0], key[1]) for is_vector, key in rows if is_vector],
    )
    return len(rows)


def _look_at_documents(audit: Audit, vectors: VectorCheck, now: datetime, report: CheckReport) -> None:
    missing: set[str] = set()
    fits, is_scored_again = FitCheck(audit, vectors.model_id), "vectors" not in report.by_rule
    for proposal_id, proposal in audit.proposals():
        report.findings += proposal_flaws(proposal_id, proposal)
        missing |= vectors.missing(map(text_hash, Scorer.texts_of(proposal)))
    for audited_opportunity in audit.opportunities():
        opportunity = audited_opportunity.opportunity
        report.findings += opportunity_flaws(opportunity)
        if audited_opportunity.is_listed and opportunity.status_on(now.astimezone(UTC).date()) not in OVER:
            missing |= vectors.missing(map(text_hash, Scorer.texts_of_opportunity(opportunity)))
        matches = list(audit.matches_of(opportunity.opportunity_id))
        for match in matches:
            report.findings += _match_flaws(audit, opportunity, match)
        if is_scored_again:
            report.findings += [_wrong_fit(match, fit) for match, fit in fits.wrong(opportunity, matches)]
    report.to_encode = len(missing)


def _wrong_fit(stored: AuditedMatch, fit: float) -> Finding:
    found = f"its fit is {stored.match.fit}, and the scorer finds {fit}"
    return Finding("matches", _subject(stored), found, AGAIN, (stored.proposal_id, stored.match.opportunity_id))


def _subject(stored: AuditedMatch) -> str:
    return f"match of proposal {stored.proposal_id} with opportunity {stored.match.opportunity_id}"


def _match_flaws(audit: Audit, opportunity: Opportunity, stored: AuditedMatch) -> list[Finding]:
    match, subject = stored.match, _subject(stored)
    key = (stored.proposal_id, match.opportunity_id)
    if match.verdict.value != stored.verdict:
        found = f"it is ranked as {stored.verdict}, and its reasons say {match.verdict.value}"
        return [Finding("matches", subject, found, AGAIN, key)]
    if stored.fingerprint not in (None, match.fingerprint):
        found = f"both sides count as scored by {stored.fingerprint}, and it was made by {match.fingerprint}"
        return [Finding("matches", subject, found, AGAIN, key)]
    if not isinstance(match, Match):
        return []
    if [one.key for one in match.priorities] != [one.key for one in opportunity.priorities]:
        found = "its explanation is not about the priorities of the notice"
        return [Finding("matches", subject, found, AGAIN, key)]
    proposal = audit.proposal(stored.proposal_id)
    if proposal is None:
        return []
    return [Finding("quotes", subject, flaw, AGAIN, key) for flaw in match_flaws(match, proposal, opportunity)]
