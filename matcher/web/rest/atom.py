"""Matches as an Atom feed (RFC 4287)."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from lxml import etree

from matcher.domain.wording import award_words, closing_words, eligibility_words
from matcher.mail.cleaning import one_line, web_address
from matcher.services.ranking import RankedMatch
from matcher.store.records import StoredOpportunity

_ATOM = "http://www.w3.org/2005/Atom"
_NAMESPACE = uuid.UUID("9d0c6a1e-5b3f-5d42-8e07-6f2a1c4b7d90")
_LONGEST = 500
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def atom_feed(
    feed_id: str, title: str, address: str, matches: Iterable[RankedMatch], stored: Mapping[str, StoredOpportunity]
) -> bytes:
    """Return a feed with one entry a match; it is as new as the latest change of one of its notices.

    An entry keeps its identifier for good, and is updated when its notice is. Equal matches give equal bytes.
    """
    shown = list(matches)
    changed = {one.opportunity.opportunity_id: stored[one.opportunity.opportunity_id].changed_at for one in shown}
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})  # type: ignore[dict-item]  # the stubs know no default
    _add(root, "title", title)
    _add(root, "id", f"urn:uuid:{feed_id}")
    _add(root, "updated", _moment(max(changed.values(), default=_NEVER)))
    _add(_add(root, "author"), "name", "matcher")
    _add(root, "link", rel="self", href=address, type="application/atom+xml")
    for ranked in shown:
        _add_entry(root, feed_id, ranked, changed[ranked.opportunity.opportunity_id])
    document: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return document


def _add_entry(root: etree._Element, feed_id: str, ranked: RankedMatch, changed_at: datetime) -> None:
    opportunity = ranked.opportunity
    entry = _add(root, "entry")
    _add(entry, "title", opportunity.title)
    _add(entry, "id", uuid.uuid5(_NAMESPACE, f"{feed_id}/{opportunity.opportunity_id}").urn)
    _add(entry, "updated", _moment(changed_at))
    link = web_address(opportunity.source_url)
    if link is not None:
        _add(entry, "link", rel="alternate", href=link)
    _add(entry, "summary", _summary(ranked))


def _summary(ranked: RankedMatch) -> str:
    return ". ".join(
        part.rstrip(".")
        for part in (
            f"Fit {ranked.match.fit:.2f}",
            ranked.opportunity.agency_name or "Agency not stated",
            f"Closes: {closing_words(ranked.opportunity, ranked.as_of)}",
            f"Award: {award_words(ranked.opportunity.funding)}",
            eligibility_words(ranked.match.eligibility),
        )
    )


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    child = etree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    child.text = None if text is None else one_line(text, _LONGEST)
    return child


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
