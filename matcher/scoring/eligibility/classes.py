"""Verdicts on many opportunities at once: what is the same for two of them is judged once."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.domain.opportunity import Opportunity
from matcher.domain.proposal import ApplicantProfile
from matcher.scoring.eligibility.rules import RULES, Rule, weight


@dataclass(frozen=True, slots=True)
class _Classes:
    """The opportunities that one rule cannot tell apart: one of each class, and the class of each: int32 [n]."""

    rule: Rule
    examples: tuple[Opportunity, ...]
    members: NDArray[np.int32]

    def weights(self, profile: ApplicantProfile) -> NDArray[np.int8]:
        """Return what the rule comes to for each opportunity, as a place in `VERDICTS`: int8 [n]."""
        judged = [weight(self.rule.judge(profile, example)) for example in self.examples]
        return np.array(judged, dtype=np.int8)[self.members]


class EligibilityClasses:
    """Opportunities sorted by what each rule of eligibility rests on; many notices state the same conditions."""

    def __init__(self, opportunities: Sequence[Opportunity]) -> None:
        self._size = len(opportunities)
        self._by_rule = [_sorted(rule, opportunities) for rule in RULES]

    def verdicts(self, profile: ApplicantProfile) -> NDArray[np.int8]:
        """Return the verdict on each opportunity as its place in `VERDICTS`: int8 [opportunities]."""
        found = np.zeros(self._size, dtype=np.int8)
        for classes in self._by_rule:
            np.maximum(found, classes.weights(profile), out=found)
        return found


def _sorted(rule: Rule, opportunities: Sequence[Opportunity]) -> _Classes:
    numbers: dict[Hashable, int] = {}
    examples: list[Opportunity] = []
    members = np.empty(len(opportunities), dtype=np.int32)
    for position, opportunity in enumerate(opportunities):
        number = numbers.setdefault(rule.terms(opportunity), len(numbers))
        if number == len(examples):
            examples.append(opportunity)
        members[position] = number
    return _Classes(rule, tuple(examples), members)
