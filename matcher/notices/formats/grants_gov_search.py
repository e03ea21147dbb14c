"""Answers of the Grants.gov search (`POST /v1/api/search2`): one page of hits, each a notice without its text."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from matcher.domain.opportunity import APPLICATION, KeyDate, Opportunity
from matcher.domain.vocabulary import Basis, OpportunityStatus
from matcher.errors import DocumentRejected
from matcher.notices.formats.cleaning import one_line
from matcher.notices.formats.grants_gov_notice import GrantsGovNotice, opportunity_of
from matcher.notices.formats.json_records import read_json
from matcher.notices.formats.mappings import Fields, group, items_of, read_mappings
from matcher.notices.formats.opening import content_head
from matcher.notices.formats.plain_values import calendar_day
from matcher.notices.formats.record import Record
from matcher.notices.publication import POST

_HITS = "oppHits"
_STATUSES = {status.value: status for status in OpportunityStatus}
_DOCUMENTS = {"forecast": OpportunityStatus.FORECASTED, "synopsis": OpportunityStatus.POSTED}


def recognizes(head: bytes, name: str) -> bool:
    """Return whether a file is an answer of the search, by the field that holds its hits.

    Args:
        head: The first 64 KiB of the file.
        name: Its name.
    """
    return b'"oppHits"' in content_head(head)


def read(path: Path) -> Iterator[Record]:
    """Yield every hit of one page of the search.

    Raises:
        DocumentRejected: The file cannot be read, or is the answer to a request that failed.
    """
    answer = read_json(path)
    if not isinstance(answer, Mapping) or _HITS not in (data := group(answer, "data")):
        told = one_line(answer.get("msg")) if isinstance(answer, Mapping) else ""
        reason = f"the search gave no hits but an error ({told or 'no message'}); repeat the request"
        raise DocumentRejected(reason, source=path.name)
    yield from read_mappings(enumerate(items_of(data, _HITS), 1), path.name, lambda hit: hit.get("id"), _opportunity)


def _opportunity(hit: Fields) -> Opportunity:
    status = _status(hit)
    return opportunity_of(
        GrantsGovNotice(
            identifier=one_line(hit.get("id")),
            status=status,
            title=one_line(hit.get("title")),
            number=one_line(hit.get("number")),
            agency_name=one_line(hit.get("agencyName") or hit.get("agency")),
            agency_code=one_line(hit.get("agencyCode")),
            listings=_listings(hit),
            key_dates=tuple(_key_dates(hit, is_forecast=status is OpportunityStatus.FORECASTED)),
            other=tuple(_unknown(hit)),
        )
    )


def _status(hit: Fields) -> OpportunityStatus:
    stated = _STATUSES.get(one_line(hit.get("oppStatus")).lower())
    return stated or _DOCUMENTS.get(one_line(hit.get("docType")).lower(), OpportunityStatus.UNKNOWN)


def _unknown(hit: Fields) -> Iterator[tuple[str, str]]:
    """Yield the codes of the status that mean nothing to us, as they are written."""
    for name, known in (("oppStatus", _STATUSES), ("docType", _DOCUMENTS)):
        written = one_line(hit.get(name))
        if written and written.lower() not in known:
            yield name, written


def _listings(hit: Fields) -> tuple[str, ...]:
    """Return the listing numbers, which the service has spelled in several ways."""
    listed = [*items_of(hit, "alnist"), *items_of(hit, "cfdaList"), *items_of(hit, "alnList")]
    return tuple(one_line(one.get("alnNumber") if isinstance(one, Mapping) else one) for one in listed)


def _key_dates(hit: Fields, *, is_forecast: bool) -> Iterator[KeyDate]:
    for name, milestone in (("openDate", POST), ("closeDate", APPLICATION)):
        month, _, rest = one_line(hit.get(name)).partition("/")
        day, _, year = rest.partition("/")
        if found := calendar_day(f"{year}-{month}-{day}"):
            is_estimate = is_forecast and milestone == APPLICATION
            yield KeyDate(milestone, found, None, Basis.INFERRED if is_estimate else Basis.STATED)
