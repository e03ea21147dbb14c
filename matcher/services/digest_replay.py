"""Why a digest of the past held what it held: each match with what it was judged by at that time."""

from dataclasses import dataclass
from datetime import datetime

from matcher.domain.digest import Decision
from matcher.errors import NotFound
from matcher.store.mail_records import MailRow
from matcher.store.protocol import Store


@dataclass(frozen=True, slots=True)
class ReplayedDecision:
    """A decision beside the title of its notice (None where the notice is gone)."""

    decision: Decision
    title: str | None


@dataclass(frozen=True, slots=True)
class ReplayedPage:
    """What one subscription was told: the best fit first."""

    subscription_id: str
    decisions: tuple[ReplayedDecision, ...]


@dataclass(frozen=True, slots=True)
class Replay:
    """A digest with every decision that made it; `fingerprints` name the scorers that the fits came from."""

    mail: MailRow
    pages: tuple[ReplayedPage, ...]

    @property
    def fingerprints(self) -> tuple[str, ...]:
        """The scorers behind the decisions; more than one only if a change of model was under way."""
        found = (one.decision.fingerprint for page in self.pages for one in page.decisions)
        return tuple(sorted({fingerprint for fingerprint in found if fingerprint}))


def replay_digest(store: Store, digest_id: str) -> Replay:
    """Return how a digest came about; `digest_id` stands at the end of every mail.

    The store of an organization finds its own digests alone.

    Raises:
        NotFound: No such digest is stored, or its decisions are too old to be kept.
    """
    mail = store.mails.get(digest_id)
    if store.organization_id not in (None, mail.organization_id):
        raise NotFound("no mail is stored under this identifier", source=digest_id)
    pages = store.digests.pages(digest_id)
    if not pages:
        raise NotFound("this mail is no digest, or its decisions are not kept any more", source=digest_id)
    titles: dict[str, str | None] = {}
    return Replay(
        mail,
        tuple(
            ReplayedPage(
                page.subscription_id,
                tuple(ReplayedDecision(one, _title(store, one.opportunity_id, titles)) for one in page.decisions),
            )
            for page in pages
        ),
    )


def replay_view(replay: Replay) -> dict[str, object]:
    """Return a replay as JSON."""
    mail = replay.mail
    return {
        "digest_id": mail.mail_id,
        "week": mail.period,
        "email_address": mail.email_address,
        "state": mail.state.value,
        "message_id": mail.message_id,
        "attempts": mail.attempts,
        "reason": mail.reason,
        "created_at": mail.created_at.isoformat(),
        "sent_at": _time(mail.sent_at),
        "fingerprints": list(replay.fingerprints),
        "subscriptions": [
            {
                "subscription_id": page.subscription_id,
                "decisions": [
                    {
                        "opportunity_id": one.decision.opportunity_id,
                        "title": one.title,
                        "revision": one.decision.revision,
                        "fit": one.decision.fit,
                        "eligibility": one.decision.verdict.value if one.decision.verdict else None,
                        "is_shown": one.decision.fate.is_shown,
                        "reason": one.decision.fate.value,
                        "fingerprint": one.decision.fingerprint or None,
                    }
                    for one in page.decisions
                ],
            }
            for page in replay.pages
        ],
    }


def _title(store: Store, opportunity_id: str, known: dict[str, str | None]) -> str | None:
    if opportunity_id not in known:
        try:
            known[opportunity_id] = store.opportunities.get(opportunity_id).opportunity.title
        except NotFound:
            known[opportunity_id] = None
    return known[opportunity_id]


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
