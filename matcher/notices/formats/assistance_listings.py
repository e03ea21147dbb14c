"""Assistance listings of SAM.gov (formerly the CFDA), one program a line.

A listing describes a standing program and announces no competition: it has no deadline, and whether money can be
asked for today it does not say. So its status is unknown, and it is not rolling either. What earlier projects
achieved (`results`) and whom the program serves (`beneficiary_types`) say nothing of who may apply and are left out.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from matcher.domain.evidence import Quote
from matcher.domain.opportunity import Eligibility, Opportunity, SourceCode
from matcher.errors import NoticeRejected
from matcher.notices.formats.assistance_listing_names import applicant_types, funding_category
from matcher.notices.formats.cleaning import one_line, web_address, words
from matcher.notices.formats.json_records import json_lines
from matcher.notices.formats.mappings import Fields, items_of, read_mappings, required
from matcher.notices.formats.opening import content_head
from matcher.notices.formats.record import Record
from matcher.notices.formats.running_text import RunningText

APPLICANTS_HEADING = "Eligible applicants"

_MARKS = (b'"assistance_types"', b'"beneficiary_types"', b'"sam_url"')
_NUMBER = re.compile(r"\d{2}\.[A-Za-z0-9]{2,4}", re.ASCII)
_GRANTS = frozenset({"Project Grants", "Formula Grants"})


def recognizes(head: bytes, name: str) -> bool:
    """Return whether a file holds assistance listings, by names of fields that no other source has.

    Args:
        head: The first 64 KiB of the file.
        name: Its name.
    """
    content = content_head(head)
    return content.lstrip().startswith(b"{") and all(mark in content for mark in _MARKS)


def read(path: Path) -> Iterator[Record]:
    """Yield every listing of a file; the number of a record is its line.

    Raises:
        DocumentRejected: The file cannot be read.
    """
    yield from read_mappings(json_lines(path), path.name, lambda fields: fields.get("id"), _opportunity)


def _opportunity(fields: Fields) -> Opportunity:
    number = required(fields, "id")
    if not _NUMBER.fullmatch(number):
        raise NoticeRejected(f"`id` is `{number[:40]}`, which is no assistance listing number such as 84.416")
    title = required(fields, "title")
    text = RunningText(title)
    description = text.section("", words(fields.get("text")))
    applicants = _names(fields, "applicant_types")
    note = text.section(APPLICANTS_HEADING, "; ".join(applicants))
    assistance = _names(fields, "assistance_types")
    named = _names(fields, "categories")
    categories = filter(None, map(funding_category, named))
    return Opportunity(
        opportunity_id=f"assistance-listing:{number}",
        title=title,
        text=text.text,
        agency_name=", ".join(filter(None, (one_line(fields.get("agency")), one_line(fields.get("sub_agency")))))
        or None,
        description=description.text if description else "",
        eligibility=_eligibility(applicants, note),
        assistance_listing_numbers=(number,),
        funding_categories=tuple(dict.fromkeys(categories)),
        source_url=web_address(fields.get("sam_url")),
        funding_instruments=tuple(dict.fromkeys("grant" if name in _GRANTS else "other" for name in assistance)),
        source_codes=(
            *(SourceCode("assistance_types", name) for name in assistance),
            *(SourceCode("categories", name) for name in named if not funding_category(name)),
        ),
    )


def _eligibility(applicants: tuple[str, ...], note: Quote | None) -> Eligibility:
    known = dict.fromkeys(kind for name in applicants for kind in applicant_types(name))
    unknown = tuple(name for name in applicants if not applicant_types(name))
    return Eligibility(applicant_types=tuple(known), unrecognized_types=unknown, note=note)


def _names(fields: Fields, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(one_line, items_of(fields, name)))))
