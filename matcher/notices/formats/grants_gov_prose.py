"""What the prose fields of a Grants.gov notice add to its dates and applicants.

Reading prose takes several times as long as parsing a record, so it is no part of the parsers: it is meant for those
notices that are still open.
"""

from dataclasses import replace
from datetime import date

from matcher.domain.evidence import Span
from matcher.domain.opportunity import APPLICATION, Eligibility, KeyDate, Opportunity
from matcher.domain.vocabulary import ApplicantType, Basis
from matcher.notices.eligibility import read_eligibility
from matcher.notices.formats.grants_gov_notice import CLOSING_HEADING, ELIGIBILITY_HEADING
from matcher.notices.milestones import read_milestones
from matcher.notices.page import Page, read_page
from matcher.notices.publication import dated_by_publication
from matcher.notices.rolling import is_rolling
from matcher.text.documents import Document, DocumentKind


def refined(opportunity: Opportunity) -> Opportunity:
    """Return an opportunity of a Grants.gov parser with what its prose fields add.

    - Dates, and whether applications are taken at any time, from the explanation of the closing date. The field for
      the closing date is the last word: where it is filled, the prose adds earlier days that it states in full only.
    - Kinds of applicants from the additional information on eligibility, where the codes send the reader there (25) or
      are missing; they are marked as inferred.
    """
    sections = [_section(opportunity, heading) for heading in (CLOSING_HEADING, ELIGIBILITY_HEADING)]
    if not any(sections):
        return opportunity
    page = read_page(Document(opportunity.opportunity_id, DocumentKind.TEXT, opportunity.text))
    closing, eligibility = (_within(page, section) if section else None for section in sections)
    if closing:
        opportunity = replace(
            opportunity,
            key_dates=_key_dates(opportunity, read_milestones(closing)),
            is_rolling=opportunity.is_rolling or is_rolling(closing),
        )
    if eligibility:
        found = _eligibility(opportunity.eligibility, read_eligibility(eligibility))
        opportunity = replace(opportunity, eligibility=found)
    return opportunity


def _section(opportunity: Opportunity, heading: str) -> Span | None:
    """Return where a section stands with its heading; it ends with the text or where the next one begins."""
    mark = f"\n\n{heading}\n\n"
    start = opportunity.text.rfind(mark)
    if start < 0:
        return None
    end = opportunity.text.rfind(f"\n\n{CLOSING_HEADING}\n\n", start + len(mark))
    return Span(start, len(opportunity.text) if end < 0 else end)


def _within(page: Page, section: Span) -> Page:
    inside = (block for block in page.blocks if section.start <= block.span.start and block.span.end <= section.end)
    return replace(page, blocks=tuple(inside))


def _key_dates(opportunity: Opportunity, read: tuple[KeyDate, ...]) -> tuple[KeyDate, ...]:
    known = {(key.name, key.day) for key in opportunity.key_dates}
    names = {key.name for key in opportunity.key_dates} - {APPLICATION}
    last = max((day for key in opportunity.application_dates if (day := key.day.as_date())), default=None)
    new = (key for key in read if (key.name, key.day) not in known and key.name not in names)
    dated = dated_by_publication((*opportunity.key_dates, *new), None)
    added = dated[len(opportunity.key_dates) :]
    return opportunity.key_dates + tuple(key for key in added if last is None or _is_before(key, last))


def _is_before(key: KeyDate, last: date) -> bool:
    day = key.day.as_date()
    return day is not None and day < last and key.basis is Basis.STATED


def _eligibility(coded: Eligibility, read: Eligibility) -> Eligibility:
    """Return the codes with the kinds of applicants that the prose adds to them."""
    if coded.applicant_types and ApplicantType.OTHER not in coded.applicant_types:
        return coded
    added = tuple(kind for kind in read.applicant_types if kind not in coded.applicant_types)
    return replace(coded, applicant_types=coded.applicant_types + added, basis=Basis.INFERRED) if added else coded
