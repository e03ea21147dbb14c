"""Whether the applicant is one of those who may apply."""

from matcher.domain.evidence import Fact
from matcher.domain.match import EligibilityReason
from matcher.domain.opportunity import Eligibility
from matcher.domain.vocabulary import ApplicantType, Basis, Verdict
from matcher.scoring.eligibility.kinds import counts_as, may_count_as
from matcher.scoring.eligibility.reasons import hedged, listed, refusal

APPLICANT_TYPE = "applicant_type"

_Facts = tuple[Fact[ApplicantType], ...]


def judge_applicant_type(applicant: _Facts, eligibility: Eligibility) -> EligibilityReason:
    """Judge the applicant's types against those that the notice refuses, then against those that it names."""
    return _exclusion(applicant, eligibility) or _admission(applicant, eligibility)


def _exclusion(applicant: _Facts, eligibility: Eligibility) -> EligibilityReason | None:
    """Judge by the types that may not apply; None where they say nothing of this applicant."""
    excluded = next((fact for fact in applicant if counts_as(fact.value, eligibility.excluded_types)), None)
    if excluded is None:
        return None
    if any(counts_as(fact.value, eligibility.applicant_types) for fact in applicant):
        some = f"The notice names {_kinds(applicant)}, yet shuts some or all of them out; who counts must be asked."
        return _by_notice(Verdict.UNKNOWN, some, eligibility)
    refused = f"The notice takes no applications from {excluded.value.label}"
    verdict = refusal(excluded.basis, eligibility.basis)
    return _by_notice(
        verdict, f"{refused}; the applicant {hedged(excluded.basis, 'is', 'appears to be')} one.", eligibility
    )


def _admission(applicant: _Facts, eligibility: Eligibility) -> EligibilityReason:
    """Judge by the types that may apply."""
    accepted, excluded = eligibility.applicant_types, eligibility.excluded_types
    others = f" except {listed([kind.label for kind in excluded])}" if excluded else ""
    if ApplicantType.UNRESTRICTED in accepted and (applicant or not excluded):
        return _by_notice(Verdict.ELIGIBLE, f"The notice is open to any applicant{others}.", eligibility)
    if not accepted and not eligibility.unrecognized_types:
        only = f", only that {listed([kind.label for kind in excluded])} may not" if excluded else ""
        return _by_notice(Verdict.UNKNOWN, f"The notice does not say who may apply{only}.", eligibility)
    named = listed([kind.label for kind in accepted] + list(eligibility.unrecognized_types))
    taken = f"the notice takes applications from {named}"
    if not applicant:
        silent = f"The proposal does not say what kind of applicant it is; {taken}{others}."
        return _by_notice(Verdict.UNKNOWN, silent, eligibility)
    admitted = [fact for fact in applicant if counts_as(fact.value, accepted)]
    if admitted:
        fact = next((fact for fact in admitted if fact.basis is not Basis.INFERRED), admitted[0])
        verb = hedged(fact.basis, "is", "appears to be")
        sentence = f"The applicant {verb} one of those that may apply: {fact.value.label}."
        return EligibilityReason(APPLICANT_TYPE, Verdict.ELIGIBLE, sentence, fact.quote)
    return _not_named(applicant, eligibility, taken)


def _not_named(applicant: _Facts, eligibility: Eligibility, taken: str) -> EligibilityReason:
    """Tell an applicant that the notice leaves out from one that it may still mean."""
    kinds = _kinds(applicant)
    doubts = [fact for fact in applicant if may_count_as(fact.value, eligibility.applicant_types)]
    if doubts or eligibility.unrecognized_types or ApplicantType.OTHER in eligibility.applicant_types:
        return EligibilityReason(
            APPLICANT_TYPE,
            Verdict.UNKNOWN,
            f"Whether {kinds} count among those that may apply must be asked; {taken}.",
            doubts[0].quote if doubts else eligibility.note,
        )
    verdict = refusal(eligibility.basis, *(fact.basis for fact in applicant))
    if verdict is Verdict.UNKNOWN:
        doubtful = f"The applicant ({kinds}) seems to be none of those meant, but one side does not say so outright"
        return _by_either(verdict, f"{doubtful}; {taken}.", applicant, eligibility)
    lead = f"The applicant counts among {kinds} and would need one of those that may apply to lead"
    return _by_either(verdict, f"{lead}; {taken}.", applicant, eligibility)


def _kinds(applicant: _Facts) -> str:
    return listed([fact.value.label for fact in applicant])


def _by_notice(verdict: Verdict, sentence: str, eligibility: Eligibility) -> EligibilityReason:
    return EligibilityReason(APPLICANT_TYPE, verdict, sentence, eligibility.note)


def _by_either(verdict: Verdict, sentence: str, applicant: _Facts, eligibility: Eligibility) -> EligibilityReason:
    return EligibilityReason(APPLICANT_TYPE, verdict, sentence, eligibility.note or applicant[0].quote)
