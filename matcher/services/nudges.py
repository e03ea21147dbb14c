"""How what an organization said of its matches moves others like them: a little, in the order alone, and visibly.

A fit stays what it is. What an opportunity has in common with those that were welcome moves it up, with those that were
not for us down, each trait by less than its weight however often it was said. All traits together therefore move an
opportunity by less than `MOST`: it changes places with neighbours, and never turns a weak match into a strong one.
Taking the words back undoes it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from matcher.domain.feedback import Feedback
from matcher.domain.opportunity import Opportunity

_DECIMALS = 4


class Trait(StrEnum):
    """What two opportunities may have in common."""

    ASSISTANCE_LISTING = "assistance_listing"
    AGENCY = "agency"
    CATEGORY = "category"


WEIGHTS = {Trait.ASSISTANCE_LISTING: 0.03, Trait.AGENCY: 0.02, Trait.CATEGORY: 0.01}
MOST = sum(WEIGHTS.values())


@dataclass(frozen=True, slots=True)
class NudgeReason:
    """One trait, how often what has it was welcome and was not, and by how much that moves the place in the order."""

    trait: Trait
    value: str
    welcome: int
    not_for_us: int
    amount: float


@dataclass(frozen=True, slots=True)
class Nudge:
    """What is added to a fit to find the place in the order: more than -`MOST` and less than `MOST`."""

    amount: float
    reasons: tuple[NudgeReason, ...]


class Nudges:
    """What follows from the feedback of one organization.

    Args:
        feedback: Everything that it said of its matches.
        opportunities: The catalogue; what was said of an opportunity that is gone counts no more.
    """

    def __init__(self, feedback: Iterable[Feedback], opportunities: Mapping[str, Opportunity]) -> None:
        self._welcome: Counter[tuple[Trait, str]] = Counter()
        self._refused: Counter[tuple[Trait, str]] = Counter()
        for said in feedback:
            if said.opportunity_id in opportunities:
                counter = self._welcome if said.kind.is_welcome else self._refused
                counter.update(_traits(opportunities[said.opportunity_id]))

    def __bool__(self) -> bool:
        return bool(self._welcome or self._refused)

    def of(self, opportunity: Opportunity) -> Nudge | None:
        """Return how `opportunity` is moved; None if nothing was said of anything like it, or as much for as against.

        Of the categories, and of the assistance listings, the one that moves it most counts.
        """
        if not self:
            return None
        strongest: dict[Trait, NudgeReason] = {}
        for trait, value in _traits(opportunity):
            reason = self._reason(trait, value)
            if abs(reason.amount) > abs(strongest[trait].amount if trait in strongest else 0):
                strongest[trait] = reason
        reasons = tuple(strongest.values())
        return Nudge(round(sum(reason.amount for reason in reasons), _DECIMALS), reasons) if reasons else None

    def _reason(self, trait: Trait, value: str) -> NudgeReason:
        welcome, refused = self._welcome[trait, value], self._refused[trait, value]
        net = welcome - refused
        return NudgeReason(trait, value, welcome, refused, round(WEIGHTS[trait] * net / (1 + abs(net)), _DECIMALS))


def _traits(opportunity: Opportunity) -> Iterator[tuple[Trait, str]]:
    for number in sorted(set(opportunity.assistance_listing_numbers)):
        yield Trait.ASSISTANCE_LISTING, number
    agency = opportunity.agency_name or opportunity.agency_code
    if agency:
        yield Trait.AGENCY, agency
    for category in sorted(set(opportunity.funding_categories)):
        yield Trait.CATEGORY, category
