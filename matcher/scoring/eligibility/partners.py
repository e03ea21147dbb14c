"""Whether the applicant comes with the partners that the notice requires."""

import re

from matcher.domain.evidence import Fact
from matcher.domain.match import EligibilityReason
from matcher.domain.opportunity import PartnerRequirement
from matcher.domain.proposal import ApplicantProfile
from matcher.domain.vocabulary import ApplicantType, Verdict
from matcher.scoring.eligibility.kinds import counts_as, may_count_as
from matcher.scoring.eligibility.reasons import hedged, listed

REQUIRED_PARTNER = "required_partner"

_ANOTHER = re.compile(
    r"\b(?:another|other|others|additional|second|further|at least two|two or more|multiple|consorti(?:um|a)|separate"
    r"|different|unaffiliated|independent)\b",
    re.IGNORECASE,
)
"""Words that ask for somebody besides the applicant, whatever the applicant is."""


def judge_partner(profile: ApplicantProfile, requirement: PartnerRequirement) -> EligibilityReason:
    """Judge the partners that a proposal names against one requirement; silence never refuses, as partners can join."""
    kinds = requirement.applicant_types
    named = listed([kind.label for kind in kinds]) if kinds else "a partner"
    asked = f"The notice requires {named} as a partner" if kinds else f"The notice requires {named}"
    is_anyone = not kinds or ApplicantType.UNRESTRICTED in kinds
    for fact in profile.partner_types:
        if is_anyone or counts_as(fact.value, kinds):
            verb = hedged(fact.basis, "names", "appears to name")
            sentence = f"{asked}; the proposal {verb} such a one: {fact.value.label}."
            return EligibilityReason(REQUIRED_PARTNER, Verdict.ELIGIBLE, sentence, fact.quote)
    own = next((fact for fact in profile.applicant_types if counts_as(fact.value, kinds)), None)
    if own is not None and not _asks_for_another(requirement):
        verb = hedged(own.basis, "is", "appears to be")
        sentence = f"{asked}; the applicant {verb} one itself: {own.value.label}."
        return EligibilityReason(REQUIRED_PARTNER, Verdict.ELIGIBLE, sentence, own.quote)
    return _not_named(profile.partner_types, requirement, asked)


def _asks_for_another(requirement: PartnerRequirement) -> bool:
    return requirement.quote is not None and _ANOTHER.search(requirement.quote.text) is not None


def _not_named(
    partners: tuple[Fact[ApplicantType], ...], requirement: PartnerRequirement, asked: str
) -> EligibilityReason:
    doubt = next((fact for fact in partners if may_count_as(fact.value, requirement.applicant_types)), None)
    if doubt is not None:
        sentence = f"{asked}; whether {doubt.value.label} count as such must be asked."
        return EligibilityReason(REQUIRED_PARTNER, Verdict.UNKNOWN, sentence, doubt.quote)
    sentence = f"{asked}; the proposal does not say that it has one."
    return EligibilityReason(REQUIRED_PARTNER, Verdict.UNKNOWN, sentence, requirement.quote)
