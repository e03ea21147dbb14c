"""What the running words of a record add to its fields: criteria, activities, exclusions, and money left out of fields.

A field is always believed over a sentence; prose only fills what the fields leave open, with its words as evidence.
"""

from dataclasses import replace

from matcher.domain.evidence import Quote, Span
from matcher.domain.opportunity import FundingRange, Opportunity
from matcher.domain.vocabulary import Basis
from matcher.notices.criteria import read_selection_criteria
from matcher.notices.formats.stated_priorities import page_of
from matcher.notices.funding import read_funding
from matcher.notices.page import Page
from matcher.notices.project_period import read_project_period
from matcher.notices.spending import read_activities, read_exclusions

_BOUNDS = ("award_floor", "award_ceiling")
_OTHERS = (
    "estimated_total_program_funding",
    "expected_number_of_awards",
    "is_cost_sharing",
    "typical_award_minimum",
    "typical_award_maximum",
)


def joined(text: str, *sections: Quote | None) -> Quote | None:
    """Return the stretch of `text` from the first section to the last one; None if there is none."""
    spans = [section.span for section in sections if section and section.span]
    if not spans:
        return None
    span = Span(min(one.start for one in spans), max(one.end for one in spans))
    return Quote(span.of(text), span)


def with_prose(opportunity: Opportunity, section: Quote | None) -> Opportunity:
    """Return an opportunity with what a section of its text says beside the fields of its source.

    Args:
        opportunity: The opportunity as the fields tell it.
        section: The words that are read, with their span in `opportunity.text`; None adds nothing.
    """
    page = page_of(opportunity.text, section, opportunity.title)
    if not page.blocks:
        return opportunity
    return replace(
        opportunity,
        funding=_completed(opportunity.funding, page),
        selection_criteria=opportunity.selection_criteria or read_selection_criteria(page),
        activities=opportunity.activities or read_activities(page),
        exclusions=opportunity.exclusions or read_exclusions(page),
        project_period=opportunity.project_period or read_project_period(page),
    )


def _completed(known: FundingRange, page: Page) -> FundingRange:
    """Return the money with what prose adds in the same currency.

    The size of an award is taken from prose as a whole or not at all: beside one end from a field, the other end of the
    prose may be that of something else.
    """
    told = read_funding(page)
    if told.currency != known.currency and _has_amount(known):
        return known
    names = [name for name in _OTHERS if getattr(known, name) is None]
    if all(getattr(known, name) is None for name in _BOUNDS) and not known.tiers:
        names += [name for name in _BOUNDS if _is_stated(told, name)]
    new = {name: getattr(told, name) for name in names if getattr(told, name) is not None}
    if not new:
        return known
    evidence = tuple(one for one in told.evidence if one.field in new)
    return replace(known, **new, currency=told.currency, evidence=(*known.evidence, *evidence))


def _is_stated(told: FundingRange, name: str) -> bool:
    """Whether prose states one size of an award; what is concluded from several shuts out too many."""
    evidence = told.evidence_of(name)
    return evidence is not None and evidence.basis is Basis.STATED


def _has_amount(funding: FundingRange) -> bool:
    amounts = (funding.award_floor, funding.award_ceiling, funding.estimated_total_program_funding)
    return any(amount is not None for amount in amounts)
