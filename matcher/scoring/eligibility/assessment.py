"""May this applicant apply? Each rule passes, fails or stays unknown, with the words that decided it.

What a notice or a proposal leaves unsaid neither shuts anyone out nor lets anyone in. The verdict stands beside the
fit and never changes it.
"""

from matcher.domain.match import EligibilityFinding
from matcher.domain.opportunity import Opportunity
from matcher.domain.proposal import ApplicantProfile
from matcher.scoring.eligibility.rules import RULES, VERDICTS, weight


def assess_eligibility(profile: ApplicantProfile, opportunity: Opportunity) -> EligibilityFinding:
    """Return the verdict on one applicant and one opportunity, with a reason for each rule that says something."""
    reasons = tuple(reason for rule in RULES for reason in rule.judge(profile, opportunity))
    return EligibilityFinding(VERDICTS[weight(reasons)], reasons)
