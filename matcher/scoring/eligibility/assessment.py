"""May this applicant apply? Each rule passes, fails or stays unknown, with the words that decided it.

What a notice or a proposal leaves unsaid neither shuts anyone out nor lets anyone in. The verdict stands beside the
fit and never changes it.
"""

from collections.abc import Iterable

from matcher.domain.match import EligibilityFinding
from matcher.domain.opportunity import Opportunity
from matcher.domain.proposal import ApplicantProfile
from matcher.domain.vocabulary import Verdict
from matcher.scoring.eligibility.applicant_type import judge_applicant_type
from matcher.scoring.eligibility.award import judge_award
from matcher.scoring.eligibility.cost_share import judge_cost_share
from matcher.scoring.eligibility.partners import judge_partner
from matcher.scoring.eligibility.place import judge_place
from matcher.scoring.eligibility.size import judge_size


def assess_eligibility(profile: ApplicantProfile, opportunity: Opportunity) -> EligibilityFinding:
    """Return the verdict on one applicant and one opportunity, with a reason for each rule that says something."""
    eligibility, funding = opportunity.eligibility, opportunity.funding
    reasons = (
        judge_applicant_type(profile.applicant_types, eligibility),
        *judge_place(profile.places, eligibility),
        *judge_award(profile.amount_requested, profile.people_served, funding),
        *judge_size(profile, opportunity),
        *(judge_partner(profile, requirement) for requirement in eligibility.required_partners),
        *judge_cost_share(profile.offers_cost_share, funding),
    )
    return EligibilityFinding(_overall(reason.verdict for reason in reasons), reasons)


def _overall(verdicts: Iterable[Verdict]) -> Verdict:
    found = set(verdicts)
    if Verdict.INELIGIBLE in found:
        return Verdict.INELIGIBLE
    return Verdict.UNKNOWN if Verdict.UNKNOWN in found else Verdict.ELIGIBLE
