"""What the digest of one person and week says, from the stored matches as they are now."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, partial

from matcher.domain.digest import Decision, Digest, DigestItem, DigestSection, Fate
from matcher.domain.feasibility import Feasibility, feasibility
from matcher.domain.match import BareMatch, Match
from matcher.domain.subscription import DigestPart, Subscription
from matcher.services.catalogue import CatalogueReader
from matcher.services.digest_amendments import Amended, AmendmentReader
from matcher.services.digest_fates import Reader, fate
from matcher.services.digest_items import digest_item
from matcher.services.explanations import explained
from matcher.services.muting import Muting, muted
from matcher.services.sources import source_statuses
from matcher.store.mail_records import Recipient
from matcher.store.protocol import Store
from matcher.store.records import StoredOpportunity

IN_FULL, IN_BRIEF, CHANGES, REMINDERS = 10, 20, 10, 15
"""How many new matches one mail shows in full and in one line, and how many changed and closing ones."""

_KEPT_BELOW = 50
"""Decisions that are kept of matches below the minimum fit: those closest to it."""

_ROOM = {Fate.NEW: IN_FULL + IN_BRIEF, Fate.CHANGED: CHANGES, Fate.CLOSING: REMINDERS}


@dataclass(slots=True)
class Candidate:
    """A match on its way into a section, or out of it; None as match: an amendment took it below the floor."""

    stored: StoredOpportunity
    match: BareMatch | None
    fate: Fate
    amended: Amended | None = None

    @property
    def place(self) -> tuple[float, str]:
        """Where it stands among others: by falling fit, then by identifier; what is no match any more comes last."""
        return 1.0 if self.match is None else -self.match.fit, self.stored.opportunity.opportunity_id


@dataclass(frozen=True, slots=True)
class Draft:
    """One proposal of one subscription: its candidates, best fit first, and what lies below the minimum fit."""

    subscription: Subscription
    proposal_id: str
    title: str
    candidates: list[Candidate]
    below: tuple[Decision, ...]
    below_total: int


class DigestWriter:
    """Writes a batch of digests of one moment; what several of them need is read once."""

    def __init__(self, store: Store, catalogue: CatalogueReader, now: datetime) -> None:
        self._store = store
        self._now = now
        self._amendments = AmendmentReader(store)
        self._catalogue = catalogue
        self._stored = catalogue.state().stored
        self._muting: dict[str, Muting] = {}
        self._titles: dict[str, str] = {}
        self._work: dict[tuple[str, date], Feasibility] = {}

    def write(
        self, digest_id: str, recipient: Recipient, week: str, subscriptions: Sequence[Subscription]
    ) -> tuple[Digest, dict[str, list[Decision]]]:
        """Return the digest of some subscriptions of one person, and for each of them why all is in or out.

        The day is that of the first subscription's time zone.
        """
        as_of = subscriptions[0].schedule.local_date(self._now)
        drafts = list(self._drafts(recipient, subscriptions, as_of))
        _give_room(drafts)
        decisions: dict[str, list[Decision]] = {one.subscription_id: [] for one in subscriptions}
        for draft in drafts:
            decisions[draft.subscription.subscription_id] += [*map(_decision, draft.candidates), *draft.below]
        wants_rest = any(DigestPart.LEFT_OUT in one.parts for one in subscriptions)
        digest = Digest(
            digest_id=digest_id,
            organization_id=recipient.organization_id,
            email_address=recipient.email_address,
            week=week,
            as_of=as_of,
            sections=tuple(self._section(draft, as_of) for draft in drafts),
            unreached=self._sources_not_reached if wants_rest else (),
            looked_at=len(self._stored) if wants_rest or not self._stored else None,
        )
        return digest, decisions

    def _drafts(self, recipient: Recipient, subscriptions: Sequence[Subscription], as_of: date) -> Iterator[Draft]:
        """Yield a draft for each proposal once: under the subscription to it, or else under the one to everything."""
        muting = self._muting_of(recipient.organization_id)
        work = partial(self._work_of, as_of=as_of)
        done: set[str] = set()
        for subscription in sorted(subscriptions, key=lambda one: (one.proposal_id is None, one.subscription_id)):
            for proposal_id, title in self._proposals(subscription):
                if proposal_id not in done:
                    done.add(proposal_id)
                    mailed = self._store.digests.mailed(subscription.subscription_id, proposal_id)
                    is_muted = partial(muting, proposal_id=proposal_id)
                    yield self._draft(Reader(subscription, mailed, is_muted, work, as_of), proposal_id, title)

    def _proposals(self, subscription: Subscription) -> list[tuple[str, str]]:
        """Return identifier and title of what a subscription is about."""
        own = self._store.for_organization(subscription.organization_id).proposals
        if subscription.proposal_id is None:
            return list(own.titles().items())
        title = self._titles.get(subscription.proposal_id) or own.title(subscription.proposal_id)
        self._titles[subscription.proposal_id] = title
        return [(subscription.proposal_id, title)]

    def _muting_of(self, organization_id: str) -> Muting:
        if organization_id not in self._muting:
            self._muting[organization_id] = muted(self._store, organization_id)
        return self._muting[organization_id]

    def _work_of(self, stored: StoredOpportunity, as_of: date) -> Feasibility:
        key = (stored.opportunity.opportunity_id, as_of)
        if key not in self._work:
            self._work[key] = feasibility(stored.opportunity, as_of)
        return self._work[key]

    def _draft(self, reader: Reader, proposal_id: str, title: str) -> Draft:
        subscription = reader.subscription
        stored = self._stored
        fitting = {
            match.opportunity_id: match for match in self._store.matches.at_least(proposal_id, subscription.minimum_fit)
        }
        moved = self._amendments.moved(proposal_id, reader.mailed, stored)
        told: dict[str, BareMatch | None] = {name: amended.match for name, amended in moved.items()}
        candidates = [
            Candidate(stored[name], match, fate(reader, stored[name], match, moved.keys()), moved.get(name))
            for name, match in (told | fitting).items()
            if name in stored
        ]
        candidates.sort(key=lambda one: one.place)
        below, total = self._store.matches.below(proposal_id, subscription.minimum_fit, _KEPT_BELOW)
        kept = tuple(Decision(name, revision, fit, None, Fate.BELOW_MINIMUM, "") for name, revision, fit in below)
        return Draft(subscription, proposal_id, title, candidates, kept, total)

    @cached_property
    def _sources_not_reached(self) -> tuple[str, ...]:
        return tuple(
            f"{status.source.name} (last reached {_day(status.success.finished_at if status.success else None)})"
            for status in source_statuses(self._store, self._now)
            if status.is_stale or status.error
        )

    def _section(self, draft: Draft, as_of: date) -> DigestSection:
        shown = [one.stored.opportunity.opportunity_id for one in draft.candidates if one.match and one.fate.is_shown]
        why = explained(self._store, self._catalogue, draft.proposal_id, shown)

        def items(wanted: Fate) -> tuple[DigestItem, ...]:
            return tuple(self._item(one, why, as_of) for one in draft.candidates if one.fate is wanted)

        counts = Counter(candidate.fate for candidate in draft.candidates)
        return DigestSection(
            subscription_id=draft.subscription.subscription_id,
            proposal_id=draft.proposal_id,
            proposal_title=draft.title,
            new=items(Fate.NEW),
            brief=items(Fate.BRIEF),
            changed=items(Fate.CHANGED),
            closing_soon=items(Fate.CLOSING),
            waiting=counts[Fate.WAITING],
            left_out=_left_out(draft, counts),
        )

    def _item(self, candidate: Candidate, why: Mapping[str, Match], as_of: date) -> DigestItem:
        stored, amended = candidate.stored, candidate.amended
        return digest_item(
            stored.opportunity,
            stored.revision,
            why.get(stored.opportunity.opportunity_id),
            as_of,
            changes=amended.changes if amended else (),
            effect=amended.effect if amended else "",
            work=self._work_of(stored, as_of),
        )


def _day(moment: datetime | None) -> str:
    return "never" if moment is None else moment.date().isoformat()


def _give_room(drafts: Sequence[Draft]) -> None:
    """Let the best of all drafts in, as many as one mail holds; the rest waits, and so is not seen."""
    for wanted, room in _ROOM.items():
        candidates = [one for draft in drafts for one in draft.candidates if one.fate is wanted]
        candidates.sort(key=lambda one: one.place)
        for candidate in candidates[room:]:
            candidate.fate = Fate.WAITING
        if wanted is Fate.NEW:
            for candidate in candidates[IN_FULL:room]:
                candidate.fate = Fate.BRIEF


def _left_out(draft: Draft, counts: Counter[Fate]) -> tuple[tuple[str, int], ...]:
    """Count what is not shown, by reason in words; nothing if the reader does not want to know."""
    if DigestPart.LEFT_OUT not in draft.subscription.parts:
        return ()
    told = {f"below your minimum fit of {draft.subscription.minimum_fit:.2f}": draft.below_total}
    told |= {reason.value: counts[reason] for reason in Fate if not reason.is_shown and reason is not Fate.WAITING}
    return tuple((reason, count) for reason, count in told.items() if count)


def _decision(candidate: Candidate) -> Decision:
    match = candidate.match
    name, revision = candidate.stored.opportunity.opportunity_id, candidate.stored.revision
    if match is None:
        return Decision(name, revision, None, None, candidate.fate, "")
    return Decision(name, revision, match.fit, match.eligibility.verdict, candidate.fate, match.fingerprint)
