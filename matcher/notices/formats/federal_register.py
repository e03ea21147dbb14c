"""Documents of the Federal Register (`/api/v1/documents.json`): the notices among them that announce funding.

The register gives no fields for money, dates or applicants. What a notice says of them is read from its abstract and
its `dates` paragraph by the grammars for prose, and is marked as inferred; the full text stays at the register.
Comments on a rule close too: `comments_close_on` is never a deadline to apply.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from matcher.domain.opportunity import Eligibility, FundingRange, KeyDate, Opportunity
from matcher.domain.vocabulary import Basis, OpportunityStatus
from matcher.errors import NoticeRejected
from matcher.notices.eligibility import read_eligibility
from matcher.notices.formats.cleaning import one_line, web_address, words
from matcher.notices.formats.json_records import json_items
from matcher.notices.formats.mappings import Fields, items_of, read_mappings, required
from matcher.notices.formats.opening import content_head
from matcher.notices.formats.plain_values import calendar_day
from matcher.notices.formats.record import Record
from matcher.notices.formats.running_text import RunningText
from matcher.notices.funding import read_funding
from matcher.notices.headline import assistance_listing_numbers, opportunity_number
from matcher.notices.milestones import read_milestones
from matcher.notices.page import Page, read_page
from matcher.notices.publication import POST, dated_by_publication
from matcher.notices.rolling import is_rolling
from matcher.notices.wording import cue
from matcher.text.documents import Document, DocumentKind

_MARKS = (b'"document_number"', b'"publication_date"', b'"results"')
_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{2,39}", re.ASCII)
_ANNOUNCES = cue(
    r"\b(?:notices? (?:of|inviting) (?:\w{1,14} ){0,4}(?:funding|funds|grants?|awards?|applications?|competition)"
    r"|(?:funding|grant|award|fellowship) (?:\w{1,14} ){0,2}(?:opportunit(?:y|ies)|availability|competition|program)"
    r"|availability of (?:\w{1,14} ){0,3}(?:funds|funding|grants?)|applications for (?:\w{1,14} ){0,2}awards"
    r"|(?:solicitation|request|invitation|call) (?:of|for) (?:\w{1,14} ){0,3}(?:applications?|proposals?)"
    r"|inviting (?:\w{1,14} ){0,3}(?:applications?|proposals?)|cooperative agreements?|NOFOs?|NOFAs?|NIAs?)\b"
)
_SOMETHING_ELSE = cue(
    r"\b(?:information collections?|paperwork reduction|comment request|request for comments?|meetings?|hearings?"
    r"|privacy act|advisory (?:committee|council)|correction|withdraw(?:al|n|ing)|cancel(?:l?ation|l?ed|l?ing)"
    r"|rescission|award (?:to|of a)|waivers?|notice of intent to award)\b"
)


def recognizes(head: bytes, name: str) -> bool:
    """Return whether a file is an answer of the register's document search.

    Args:
        head: The first 64 KiB of the file.
        name: Its name.
    """
    content = content_head(head)
    return all(mark in content for mark in _MARKS)


def read(path: Path) -> Iterator[Record]:
    """Yield every document of one page; those that announce no funding come as rejected.

    Raises:
        DocumentRejected: The file cannot be read.
    """
    items = json_items(path, "results")
    yield from read_mappings(items, path.name, lambda fields: fields.get("document_number"), _opportunity)


def _opportunity(fields: Fields) -> Opportunity:
    number = required(fields, "document_number")
    if not _NUMBER.fullmatch(number):
        raise NoticeRejected(f"`document_number` is `{number[:40]}`, which is no number of the register")
    title = required(fields, "title")
    _require_funding(fields, title)
    text = RunningText(title)
    abstract = text.section("SUMMARY", words(fields.get("abstract")))
    text.section("DATES", words(fields.get("dates")))
    page = read_page(Document(number, DocumentKind.TEXT, text.text))
    return Opportunity(
        opportunity_id=f"federal-register:{number}",
        title=title,
        text=text.text,
        agency_name=_agency_name(fields),
        opportunity_number=opportunity_number(page),
        description=abstract.text if abstract else "",
        status=OpportunityStatus.POSTED,
        eligibility=_eligibility(page),
        funding=_funding(page),
        key_dates=_key_dates(fields, read_milestones(page)),
        is_rolling=is_rolling(page),
        assistance_listing_numbers=assistance_listing_numbers(page),
        source_url=web_address(fields.get("html_url")),
    )


def _require_funding(fields: Fields, title: str) -> None:
    """Return if the document announces funding.

    Raises:
        NoticeRejected: It is a rule, or a notice of something else.
    """
    kind = one_line(fields.get("type"))
    if kind.lower() != "notice":
        raise NoticeRejected(f"the document is of type `{kind[:40]}`; only notices announce funding")
    subject = f"{title}. {one_line(fields.get('action'))}"
    if _SOMETHING_ELSE.search(subject):
        raise NoticeRejected(
            "the notice is of a meeting, a collection, a correction or the like, and not of new funding"
        )
    if not _ANNOUNCES.search(f"{subject} {one_line(fields.get('abstract'))}"):
        raise NoticeRejected("the notice announces no funding: none of its title, action and abstract says so")


def _eligibility(page: Page) -> Eligibility:
    found = read_eligibility(page)
    return found if found == Eligibility() else replace(found, basis=Basis.INFERRED)


def _funding(page: Page) -> FundingRange:
    found = read_funding(page)
    return replace(found, evidence=tuple(replace(one, basis=Basis.INFERRED) for one in found.evidence))


def _key_dates(fields: Fields, read: tuple[KeyDate, ...]) -> tuple[KeyDate, ...]:
    """Return the day of publication and the milestones from the prose, whose missing years follow from that day."""
    published = calendar_day(fields.get("publication_date"))
    inferred = tuple(replace(key, basis=Basis.INFERRED) for key in read if key.name != POST)
    stated = (KeyDate(POST, published),) if published else ()
    return dated_by_publication((*stated, *inferred), None)


def _agency_name(fields: Fields) -> str | None:
    """Return the names of the agencies as the register lists them, a department before its parts."""
    agencies = (agency for agency in items_of(fields, "agencies") if isinstance(agency, Mapping))
    names = (one_line(agency.get("name") or agency.get("raw_name")) for agency in agencies)
    return ", ".join(dict.fromkeys(filter(None, names))) or None
