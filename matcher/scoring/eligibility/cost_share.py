"""Whether the applicant brings the share of the cost that the notice requires."""

from matcher.domain.evidence import Fact
from matcher.domain.match import EligibilityReason
from matcher.domain.opportunity import FundingRange
from matcher.domain.vocabulary import Verdict
from matcher.scoring.eligibility.reasons import hedged, refusal

COST_SHARE = "cost_share"


def judge_cost_share(offers: Fact[bool] | None, funding: FundingRange) -> list[EligibilityReason]:
    """Judge what the proposal says of its own share; no reason if the notice requires none or does not say."""
    if not funding.is_cost_sharing:
        return []
    required = "The notice requires the applicant to share the cost"
    if offers is None:
        silent = f"{required}; the proposal does not say that it will."
        return [EligibilityReason(COST_SHARE, Verdict.UNKNOWN, silent)]
    if offers.value:
        verb = hedged(offers.basis, "offers", "appears to offer")
        return [EligibilityReason(COST_SHARE, Verdict.ELIGIBLE, f"{required}; the proposal {verb} to.", offers.quote)]
    has = hedged(offers.basis, "says that it has nothing to share", "appears to have nothing to share")
    return [EligibilityReason(COST_SHARE, refusal(offers.basis), f"{required}; the proposal {has}.", offers.quote)]
