"""Notices in prose: blog posts, web pages, announcements in PDF or DOCX, plain text."""

from datetime import date

from matcher.domain.opportunity import APPLICATION, Eligibility, FundingRange, Opportunity
from matcher.errors import NoticeRejected
from matcher.notices.aims import all_priorities, named_priorities
from matcher.notices.criteria import read_selection_criteria
from matcher.notices.eligibility import read_eligibility
from matcher.notices.funding import read_funding
from matcher.notices.headline import (
    agency_name,
    assistance_listing_numbers,
    notice_title,
    opportunity_number,
    prose_id,
)
from matcher.notices.milestones import read_milestones
from matcher.notices.page import read_page
from matcher.notices.project_period import read_project_period
from matcher.notices.publication import INTENT, dated_by_publication
from matcher.notices.recognition import require_notice
from matcher.notices.rolling import is_rolling
from matcher.notices.spending import read_activities, read_exclusions
from matcher.text.documents import Document


def read_prose_notice(document: Document, *, published: date | None = None) -> Opportunity:
    """Read a notice from running text; what the text does not say stays unknown.

    `text` is `document.text` as it is, so that every span points into the document; page furniture is left out of
    `description` and of everything that is read. `published` completes dates whose year the text leaves out.

    Raises:
        NoticeRejected: The text is no funding notice, or says nothing of what the money is for.
    """
    page = read_page(document)
    named = named_priorities(page)
    eligibility, funding, key_dates = read_eligibility(page), read_funding(page), read_milestones(page)
    rolling = is_rolling(page)
    evidence = {
        "no priority": bool(named),
        "no amount of money": funding != FundingRange(),
        "no deadline": rolling or any(key_date.name in (INTENT, APPLICATION) for key_date in key_dates),
        "nobody who may apply": eligibility != Eligibility(),
    }
    require_notice(page, document.name, evidence)
    priorities = all_priorities(page, named)
    if not priorities:
        reason = "no sentence says what the money is for; send the whole text of the notice"
        raise NoticeRejected(reason, source=document.name)
    title, agency = notice_title(page), agency_name(page)
    return Opportunity(
        opportunity_id=prose_id(title, agency),
        title=title,
        text=document.text,
        agency_name=agency,
        opportunity_number=opportunity_number(page),
        description=page.description,
        priorities=priorities,
        eligibility=eligibility,
        funding=funding,
        key_dates=dated_by_publication(key_dates, published),
        is_rolling=rolling,
        assistance_listing_numbers=assistance_listing_numbers(page),
        selection_criteria=read_selection_criteria(page),
        activities=read_activities(page),
        exclusions=read_exclusions(page),
        project_period=read_project_period(page),
    )
