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
    """The opportunities by the terms of one rule: the class of each (int32 [n]) and its bounds (float64 [n, 2])."""

    rule: Rule
    members: NDArray[np.int32]
    bounds: NDArray[np.float64]

    def weights(self, profile: ApplicantProfile, opportunities: Sequence[Opportunity]) -> NDArray[np.int8]:
        """Return what the rule comes to for each opportunity, as a place in `VERDICTS`: int8 [n]."""
        measure = self.rule.measure(profile)
        alike = self.members * 4 + 2 * (measure < self.bounds[:, 0]) + (measure > self.bounds[:, 1])
        _, examples, classes = np.unique(alike, return_index=True, return_inverse=True)
        judged = [weight(self.rule.judge(profile, opportunities[example])) for example in examples]
        return np.array(judged, dtype=np.int8)[classes]


class EligibilityClasses:
    """Opportunities sorted by what each rule of eligibility rests on; many notices state the same conditions."""

    def __init__(self, opportunities: Sequence[Opportunity]) -> None:
        self._opportunities = opportunities
        self._by_rule = [_sorted(rule, opportunities) for rule in RULES]

    def verdicts(self, profile: ApplicantProfile) -> NDArray[np.int8]:
        """Return the verdict on each opportunity as its place in `VERDICTS`: int8 [opportunities]."""
        found = np.zeros(len(self._opportunities), dtype=np.int8)
        for classes in self._by_rule:
            np.maximum(found, classes.weights(profile, self._opportunities), out=found)
        return found


def _sorted(rule: Rule, opportunities: Sequence[Opportunity]) -> _Classes:
    numbers: dict[Hashable, int] = {}
    members = [numbers.setdefault(rule.terms(opportunity), len(numbers)) for opportunity in opportunities]
    bounds = np.array([rule.bounds(opportunity) for opportunity in opportunities], dtype=np.float64)
    return _Classes(rule, np.array(members, dtype=np.int32), bounds.reshape(len(members), 2))
