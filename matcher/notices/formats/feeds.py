"""RSS and Atom: an item points to a notice elsewhere, so it becomes a short opportunity with the address to read on.

feedparser reads the feeds, broken ones included; this module bounds what it is given, since it takes long for hostile
input, and never lets it fetch anything.
"""

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from email.utils import parsedate_to_datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from matcher.domain.opportunity import APPLICATION, Opportunity, Priority, SourceCode
from matcher.errors import DocumentRejected, NoticeRejected
from matcher.notices.formats.cleaning import one_line, web_address, words
from matcher.notices.formats.opening import content_head, open_content
from matcher.notices.formats.plain_values import calendar_day
from matcher.notices.formats.record import Record
from matcher.notices.formats.running_text import RunningText
from matcher.notices.formats.stated_priorities import page_of, priorities_in
from matcher.notices.headline import agency_name, opportunity_number
from matcher.notices.milestones import read_milestones
from matcher.notices.publication import INTENT, POST, dated_by_publication

MAXIMUM_BYTES = 8 * 1024**2
_MOST_TAGS = 50_000
_ROOT = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<\?[^>]{0,500}\?>\s*|<!--.{0,2000}?-->\s*|<!DOCTYPE[^>\[]{0,500}>\s*){0,10}"
    rb"<(?:rss\b|(?:\w{1,10}:)?feed\b|rdf:RDF\b)",
    re.IGNORECASE | re.DOTALL,
)
_ENTITY = re.compile(rb"<\0?!\0?E\0?N\0?T\0?I\0?T\0?Y", re.IGNORECASE)
_DEADLINES = frozenset({APPLICATION, INTENT})
_ADDRESS = re.compile(r"https?://\S+")
_FEWEST_WORDS = 5
_LONGEST_TITLE = 1_000


def recognizes(head: bytes, name: str) -> bool:
    """Whether a file is an RSS or Atom feed."""
    return _ROOT.match(content_head(head)) is not None


def read(path: Path) -> Iterator[Record]:
    """Yield the items of a feed.

    Raises:
        DocumentRejected: The file cannot be read, is larger than a feed can be, defines entities, or is no feed.
    """
    with open_content(path, ".xml") as stream:
        data = stream.read(MAXIMUM_BYTES + 1)
    feed = _parsed(data, path.name)
    named = one_line(feed.get("feed", {}).get("title"))[:_LONGEST_TITLE]
    for number, entry in enumerate(feed.get("entries", ()), start=1):
        yield _record(number, entry, named, path.name)


def _parsed(data: bytes, source: str) -> Any:  # noqa: ANN401 -- feedparser has no types
    import feedparser

    if len(data) > MAXIMUM_BYTES or data.count(b"<") > _MOST_TAGS:
        reason = f"the feed has more than {MAXIMUM_BYTES:,} bytes or {_MOST_TAGS:,} tags; keep its newest items only"
        raise DocumentRejected(reason, source=source)
    if _ENTITY.search(data):
        reason = "the feed defines entities, which can stand for any amount of text; save it without them"
        raise DocumentRejected(reason, source=source)
    try:
        feed = feedparser.parse(BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # whatever a lenient reader stumbles over, the file is what must change
        raise DocumentRejected(
            f"the feed cannot be read ({type(error).__name__}); fetch it again", source=source
        ) from error
    if not feed.get("version") and not feed.get("entries"):
        raise DocumentRejected("this is neither RSS nor Atom, or it is cut off; fetch it again", source=source)
    return feed


def _record(number: int, entry: Any, feed: str, source: str) -> Record:  # noqa: ANN401
    key = None
    try:
        key = one_line(entry.get("id") or entry.get("link"))[:_LONGEST_TITLE] or None
        return Record(number, key, _opportunity(entry, key, feed))
    except NoticeRejected as error:
        return Record(number, key, NoticeRejected(f"item {number:,}: {error.reason}", source=source))


def _opportunity(entry: Any, key: str | None, feed: str) -> Opportunity:  # noqa: ANN401
    title = one_line(entry.get("title"))
    if not title or len(title) > _LONGEST_TITLE or key is None:
        raise NoticeRejected("it has no title, or neither an identifier nor an address to tell it apart by")
    text = RunningText(title)
    summary = text.section("", _summary(entry))
    page = page_of(text.text, summary, title)
    published = _published(entry)
    dated = dated_by_publication(read_milestones(page), published)
    return Opportunity(
        opportunity_id=f"feed:{hashlib.sha256(key.encode()).hexdigest()[:20]}",
        title=title,
        text=text.text,
        agency_name=agency_name(page),
        opportunity_number=opportunity_number(page),
        description=summary.text if summary else "",
        priorities=tuple(found for found in priorities_in(text.text, summary, title) if _says_something(found)),
        key_dates=tuple(key_date for key_date in dated if key_date.name in _DEADLINES or key_date.name == POST),
        source_url=web_address(entry.get("link")),
        source_codes=(SourceCode("feed", feed),) if feed else (),
    )


def _summary(entry: Any) -> str:  # noqa: ANN401
    """Return the longest text of an item: feeds give a teaser, the whole, or both."""
    contents = entry.get("content")
    several = contents if isinstance(contents, list) else []
    texts = [words(entry.get("summary")), *(words(content.get("value")) for content in several)]
    return max(texts, key=len)


def _says_something(priority: Priority) -> bool:
    """Whether a priority has words beside addresses and labels ("HTML: https://…")."""
    return len(_ADDRESS.sub("", priority.quote.text).split()) >= _FEWEST_WORDS


def _published(entry: Any) -> date | None:  # noqa: ANN401
    """Return the day on which an item appeared, in the time zone that it names; "2 days ago" is none."""
    written = one_line(entry.get("published") or entry.get("updated"))
    day = calendar_day(written)
    if day:
        return day.as_date()
    try:
        return parsedate_to_datetime(written).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
