"""Part of a ranking: the matches that are asked for, in the order that is asked for."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic

from matcher.domain.vocabulary import OVER, Verdict
from matcher.services.opportunity_filter import OpportunityFilter, OpportunityOrder, order_key
from matcher.services.ranking import Judged, RankedMatch, Ranking
from matcher.store.records import StoredOpportunity


class Group(StrEnum):
    """The matches that stand apart from the ranking."""

    CLOSED = "closed"
    INELIGIBLE = "ineligible"
    MUTED = "muted"


@dataclass(frozen=True, slots=True)
class MatchFilter:
    """Which matches are wanted: of which groups beside the ranking, how good, with which verdict, of what.

    To ask for a status or a verdict that only stands in a group asks for that group.
    """

    groups: frozenset[Group] = frozenset()
    minimum_fit: float = 0.0
    verdicts: frozenset[Verdict] = frozenset()
    opportunities: OpportunityFilter = field(default_factory=OpportunityFilter)

    @property
    def shown_groups(self) -> frozenset[Group]:
        """The groups that are looked through beside the ranking."""
        shown = set(self.groups)
        if Verdict.INELIGIBLE in self.verdicts:
            shown.add(Group.INELIGIBLE)
        if self.opportunities.statuses & OVER:
            shown.add(Group.CLOSED)
        return frozenset(shown)


@dataclass(frozen=True, slots=True)
class Selection(Generic[Judged]):
    """The matches that were asked for; `silent` counts those left out because their notice does not say."""

    matches: tuple[RankedMatch[Judged], ...]
    silent: int


def in_groups(ranking: Ranking[Judged], groups: Container[Group]) -> Iterator[RankedMatch[Judged]]:
    """Yield the matches of a ranking, and of the groups beside it that are asked for, group after group."""
    yield from ranking.ranked
    if Group.INELIGIBLE in groups:
        yield from ranking.ineligible
    if Group.CLOSED in groups:
        yield from ranking.closed
    if Group.MUTED in groups:
        yield from ranking.muted


def select(
    ranking: Ranking[Judged],
    stored: Mapping[str, StoredOpportunity],
    wanted: MatchFilter,
    order: OpportunityOrder | None = None,
) -> Selection[Judged]:
    """Return the matches of `ranking` that are wanted: by fit, group after group, or all together by `order`."""
    conditions = wanted.opportunities.on(ranking.as_of)
    kept, silent = [], 0
    for match in in_groups(ranking, wanted.shown_groups):
        if match.match.fit < wanted.minimum_fit:
            continue
        if wanted.verdicts and match.match.verdict not in wanted.verdicts:
            continue
        judgement = conditions.judge(stored[match.opportunity.opportunity_id])
        silent += judgement is None
        if judgement:
            kept.append(match)
    if order is not None:
        key = order_key(order, ranking.as_of)
        kept.sort(key=lambda match: key(stored[match.opportunity.opportunity_id]))
    return Selection(tuple(kept), silent)
