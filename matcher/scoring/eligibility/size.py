"""Whether the applicant keeps the notice's limits on its size."""

from collections.abc import Iterator

from matcher.domain.evidence import Fact
from matcher.domain.match import EligibilityReason
from matcher.domain.opportunity import Opportunity, SizeLimit
from matcher.domain.proposal import ApplicantProfile
from matcher.domain.vocabulary import SizeMeasure, Verdict
from matcher.domain.wording import money
from matcher.scoring.eligibility.reasons import hedged, is_comparable, refusal

SIZE = "size"

_NAMES = {
    SizeMeasure.ANNUAL_BUDGET: "an annual budget",
    SizeMeasure.EMPLOYEES: "a number of employees",
    SizeMeasure.PEOPLE_SERVED: "a number of people served",
}


def judge_size(profile: ApplicantProfile, opportunity: Opportunity) -> Iterator[EligibilityReason]:
    """Yield one reason for each measure that the notice limits.

    Several limits on one measure may be for different kinds of applicants, so that only all of them together refuse.
    """
    sizes = {
        SizeMeasure.ANNUAL_BUDGET: profile.annual_budget,
        SizeMeasure.EMPLOYEES: profile.employees,
        SizeMeasure.PEOPLE_SERVED: profile.people_served,
    }
    for measure, size in sizes.items():
        limits = [limit for limit in opportunity.eligibility.size_limits if limit.measure is measure]
        if limits:
            yield _judge_measure(size, limits, opportunity)


def _judge_measure(size: Fact[int] | None, limits: list[SizeLimit], opportunity: Opportunity) -> EligibilityReason:
    currency, first = opportunity.funding.currency, limits[0]
    asked = f"The notice asks for {_NAMES[first.measure]} {' and '.join(_words(limit, currency) for limit in limits)}"
    if size is None:
        silent = f"{asked}; the proposal does not say what the applicant has."
        return EligibilityReason(SIZE, Verdict.UNKNOWN, silent, first.quote)
    if first.measure is SizeMeasure.ANNUAL_BUDGET and not is_comparable(size, currency):
        silent = f"{asked}; the proposal does not say its budget in {currency}."
        return EligibilityReason(SIZE, Verdict.UNKNOWN, silent, size.quote)
    has = (
        f"{asked}; the applicant {hedged(size.basis, 'has', 'appears to have')} {_amount(size.value, first, currency)}"
    )
    broken = [limit for limit in limits if not _is_kept(size.value, limit)]
    if not broken:
        return EligibilityReason(SIZE, Verdict.ELIGIBLE, f"{has}.", size.quote)
    if len(broken) < len(limits):
        sentence = f"{has}; the notice does not say which of the limits holds for it."
        return EligibilityReason(SIZE, Verdict.UNKNOWN, sentence, broken[0].quote)
    verdict = refusal(size.basis, opportunity.eligibility.basis)
    return EligibilityReason(SIZE, verdict, f"{has}.", broken[0].quote or size.quote)


def _is_kept(size: int, limit: SizeLimit) -> bool:
    return (limit.minimum is None or limit.minimum <= size) and (limit.maximum is None or size <= limit.maximum)


def _words(limit: SizeLimit, currency: str) -> str:
    """Return a limit in words; both ends are included."""
    if limit.minimum is None:
        return "of any size" if limit.maximum is None else f"of at most {_amount(limit.maximum, limit, currency)}"
    if limit.maximum is None:
        return f"of at least {_amount(limit.minimum, limit, currency)}"
    return f"of {_amount(limit.minimum, limit, currency)} to {_amount(limit.maximum, limit, currency)}"


def _amount(number: int, limit: SizeLimit, currency: str) -> str:
    return money(number, currency) if limit.measure is SizeMeasure.ANNUAL_BUDGET else f"{number:,}"
