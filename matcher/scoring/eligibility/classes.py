"""Verdicts on many opportunities at once: what is the same for two of them is judged once."""

import threading
from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.domain.opportunity import Opportunity
from matcher.domain.proposal import ApplicantProfile
from matcher.scoring.eligibility.rules import RULES, Rule, weight

_STATES = 4
"""Within its bounds, below the first, above the second; a measure cannot be both."""


class TermNumbers:
    """A number for all that each rule can rest on, so that what was numbered apart can be put together."""

    def __init__(self) -> None:
        self._numbers: list[dict[Hashable, int]] = [{} for _ in RULES]
        self._lock = threading.Lock()

    def of(self, opportunities: Sequence[Opportunity]) -> NDArray[np.int32]:
        """Return the number of each opportunity's terms under each rule: int32 [rules, opportunities]."""
        with self._lock:
            found = [
                [numbers.setdefault(rule.terms(opportunity), len(numbers)) for opportunity in opportunities]
                for rule, numbers in zip(RULES, self._numbers, strict=True)
            ]
        return np.array(found, dtype=np.int32).reshape(len(RULES), len(opportunities))


class EligibilityClasses:
    """Opportunities sorted by what each rule of eligibility rests on; many notices state the same conditions."""

    def __init__(self, opportunities: Sequence[Opportunity], numbers: TermNumbers | None = None) -> None:
        self._opportunities = opportunities
        self._members = (numbers or TermNumbers()).of(opportunities)
        bounds = [[rule.bounds(opportunity) for opportunity in opportunities] for rule in RULES]
        self._bounds = np.array(bounds, dtype=np.float64).reshape(len(RULES), len(opportunities), 2)

    @classmethod
    def joined(cls, parts: Sequence["EligibilityClasses"]) -> "EligibilityClasses":
        """Return the opportunities of several parts, one after the other; the same `numbers` told all of them apart."""
        together = cls([])
        together._opportunities = [opportunity for part in parts for opportunity in part._opportunities]
        together._members = np.concatenate([together._members, *(part._members for part in parts)], axis=1)
        together._bounds = np.concatenate([together._bounds, *(part._bounds for part in parts)], axis=1)
        return together

    def verdicts(self, profile: ApplicantProfile) -> NDArray[np.int8]:
        """Return the verdict on each opportunity as its place in `VERDICTS`: int8 [opportunities]."""
        found = np.zeros(len(self._opportunities), dtype=np.int8)
        for rule, members, bounds in zip(RULES, self._members, self._bounds, strict=True):
            np.maximum(found, self._weights(rule, members, bounds, profile), out=found)
        return found

    def _weights(
        self, rule: Rule, members: NDArray[np.int32], bounds: NDArray[np.float64], profile: ApplicantProfile
    ) -> NDArray[np.int8]:
        """Return what a rule comes to for each opportunity, as a place in `VERDICTS`: int8 [opportunities]."""
        measure = rule.measure(profile)
        alike = members * _STATES + 2 * (measure < bounds[:, 0]) + (measure > bounds[:, 1])
        examples = np.full(int(alike.max(initial=-1)) + 1, -1)
        examples[alike] = np.arange(len(alike))
        judged = np.zeros(len(examples), dtype=np.int8)
        for kind in np.flatnonzero(examples >= 0):
            judged[kind] = weight(rule.judge(profile, self._opportunities[examples[kind]]))
        return np.asarray(judged[alike])
