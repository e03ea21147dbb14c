"""The short facts of an opportunity and a match, in words; what is not known says so."""

from datetime import date

from matcher.domain.dates import PartialDate
from matcher.domain.match import EligibilityFinding, Match, PriorityFit
from matcher.domain.opportunity import Eligibility, FundingRange, Opportunity
from matcher.domain.vocabulary import Basis, PriorityKind, Verdict

NOT_STATED = "not stated"

_VERDICTS = {
    Verdict.ELIGIBLE: "You can apply.",
    Verdict.INELIGIBLE: "You cannot apply.",
    Verdict.UNKNOWN: "Unclear whether you can apply.",
}
_OPTIONAL_KINDS = {
    PriorityKind.COMPETITIVE_PREFERENCE: "competitive preference",
    PriorityKind.INVITATIONAL: "invitational",
}


def money(amount: int, currency: str) -> str:
    """Return whole units of a currency (ISO 4217) as "$50,000" or "EUR 10,000"."""
    return f"${amount:,}" if currency == "USD" else f"{currency} {amount:,}"


def award_words(funding: FundingRange) -> str:
    """Return what one award may be, and how many are expected where the notice says."""
    words = _range_words(funding.award_floor, funding.award_ceiling, funding.currency)
    if words is None:
        words = _tier_words(funding) or NOT_STATED
    count = funding.expected_number_of_awards
    if count is None:
        return words
    return f"{words}, {count:,} {'award' if count == 1 else 'awards'} expected"


def closing_words(opportunity: Opportunity, as_of: date) -> str:
    """Return when the time to apply ends, with the days left on the day `as_of`."""
    close = opportunity.close_date(as_of)
    if close is None:
        return "rolling" if opportunity.is_rolling else NOT_STATED
    day = close.day.as_date()
    if opportunity.is_rolling and (day is None or day < as_of):
        return "rolling"
    inferred = " (inferred)" if close.basis is Basis.INFERRED else ""
    if day is None:
        return f"{close.day}{inferred}"
    return f"{close.day}{inferred}, {days_left_words(day, as_of)}"


def days_left_words(day: date, as_of: date) -> str:
    """Return how far `day` is from `as_of`: "54 days left", "today", "closed 3 days ago"."""
    days = (day - as_of).days
    if days == 0:
        return "today"
    counted = f"{abs(days):,} {'day' if abs(days) == 1 else 'days'}"
    return f"{counted} left" if days > 0 else f"closed {counted} ago"


def day_words(day: date) -> str:
    """Return a calendar date as "November 22, 2026"."""
    return str(PartialDate.of(day))


def eligibility_words(finding: EligibilityFinding) -> str:
    """Return the verdict for the applicant, followed by the first reason that led to it."""
    verdict = _VERDICTS[finding.verdict]
    deciding = [reason for reason in finding.reasons if reason.verdict is finding.verdict]
    reason = next(iter(deciding or finding.reasons), None)
    return verdict if reason is None else f"{verdict} {reason.sentence}"


def conditions_words(eligibility: Eligibility) -> tuple[str, ...]:
    """Return a sentence for each thing that the notice asks of applicants and no rule can judge."""
    return tuple(f"The notice also asks: “{' '.join(one.text.split())}”" for one in eligibility.conditions)


def unaddressed(match: Match) -> tuple[str, ...]:
    """Return what the proposal says nothing to: whole priorities by title, else single elements by their text.

    Goals are a choice: once one is addressed, the others are not missing.
    """
    has_goal = any(_is_touched(priority) for priority in match.priorities if priority.kind is PriorityKind.GOAL)
    missing: list[str] = []
    for priority in match.priorities:
        if _is_touched(priority):
            missing += [element.text for element in priority.elements if not element.is_addressed]
        elif not (has_goal and priority.kind is PriorityKind.GOAL):
            missing.append(_titled(priority))
    return tuple(missing)


def _is_touched(priority: PriorityFit) -> bool:
    """Whether the proposal says anything to the priority or to one of its elements."""
    return priority.is_addressed or any(element.is_addressed for element in priority.elements)


def _titled(priority: PriorityFit) -> str:
    """Return the title, marked where leaving the priority out costs no eligibility."""
    optional = _OPTIONAL_KINDS.get(priority.kind)
    return priority.title if optional is None else f"{priority.title} ({optional})"


def _range_words(floor: int | None, ceiling: int | None, currency: str) -> str | None:
    """Return a range of money in words, or None where neither end is known."""
    if ceiling is None:
        return None if floor is None else f"from {money(floor, currency)}"
    if not floor:
        return f"up to {money(ceiling, currency)}"
    if floor == ceiling:
        return money(ceiling, currency)
    return f"{money(floor, currency)} to {money(ceiling, currency)}"


def _tier_words(funding: FundingRange) -> str | None:
    """Return the range that all tiers together span; an end that one tier leaves open stays open."""
    if not funding.tiers:
        return None
    floors = [tier.award_floor for tier in funding.tiers if tier.award_floor is not None]
    ceilings = [tier.award_ceiling for tier in funding.tiers if tier.award_ceiling is not None]
    floor = min(floors) if len(floors) == len(funding.tiers) else None
    ceiling = max(ceilings) if len(ceilings) == len(funding.tiers) else None
    words = _range_words(floor, ceiling, funding.currency)
    return None if words is None else f"{words}, depending on the people served"
