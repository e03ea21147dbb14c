"""Whether an applicant may apply, and what would change the answer."""

from matcher.scoring.eligibility.assessment import assess_eligibility
from matcher.scoring.eligibility.remedies import Remedy, remedies
from matcher.scoring.eligibility.rules import VERDICTS

__all__ = ["VERDICTS", "Remedy", "assess_eligibility", "remedies"]
