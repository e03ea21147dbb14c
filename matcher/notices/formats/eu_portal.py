"""Topics of the EU Funding & Tenders Portal: search answers, the bulk file, and what aggregators store of them."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from matcher.domain.evidence import Quote
from matcher.domain.opportunity import APPLICATION, KeyDate, Opportunity, Priority
from matcher.errors import NoticeRejected
from matcher.notices.formats.eu_conditions import eligibility_in
from matcher.notices.formats.eu_topics import Topic, bulk_item, flat_topic, key_of, search_hit
from matcher.notices.formats.json_records import json_items, json_lines, json_values
from matcher.notices.formats.mappings import Fields, read_mappings, record_id
from matcher.notices.formats.opening import HEAD_BYTES, content_head
from matcher.notices.formats.plain_values import says_rolling
from matcher.notices.formats.prose_additions import joined, with_prose
from matcher.notices.formats.record import Record
from matcher.notices.formats.running_text import RunningText
from matcher.notices.formats.stated_priorities import priorities_in, section_priority
from matcher.notices.milestones import OPEN
from matcher.notices.publication import POST

_BULK = b'"GrantTenderObj"'
_HIT = (b'"metadata"', b'"callIdentifier"', b'"identifier"')
_FLAT = (b'"topicId"', b'"callIdentifier"', b'"callStatus"')
_ADDRESS = "https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities/topic-details/"
_FUNDER = "European Union"
_TWO_STAGE = "two-stage"
_SECOND_STAGE = "Deadline of the second stage"
_MILESTONES = {"Published": POST, "Opens": OPEN, "Deadline": APPLICATION, _SECOND_STAGE: "second stage"}
_SECTION = re.compile(
    r"(?:^|(?<=[.;:!?)\]\"'”’%…\n])\s*|(?<=[a-zà-ÿ0-9]))"
    r"(?P<name>Specific Challenge|Objectives?|Expected (?:Outcomes?|Impacts?)|Scope)\s?:"
)
_PRIZE = re.compile(r"\bprizes?\b", re.IGNORECASE)


def recognizes(head: bytes, name: str) -> bool:
    """Whether a file holds topics of the portal in one of the three shapes."""
    return _shape(content_head(head)) is not None


def read(path: Path) -> Iterator[Record]:
    """Yield the topics of a file; calls for tenders are rejected one by one.

    Raises:
        DocumentRejected: The file cannot be read, or holds no list of topics.
    """
    with path.open("rb") as file:
        head = content_head(file.read(HEAD_BYTES)).lstrip()
    shape = _shape(head)
    if shape is _BULK:
        items, topic = json_items(path, "fundingData", "GrantTenderObj"), bulk_item
    elif shape is _HIT:
        items = json_items(path, "results") if b'"results"' in head else _values(path, head)
        topic = search_hit
    else:
        items, topic = _values(path, head), flat_topic
    return _records(items, path.name, topic)


def _shape(head: bytes) -> bytes | tuple[bytes, ...] | None:
    if _BULK in head:
        return _BULK
    return next((marks for marks in (_HIT, _FLAT) if all(mark in head for mark in marks)), None)


def _values(path: Path, head: bytes) -> Iterator[tuple[int, object]]:
    """Yield values that are a list, stand on a line each, or follow one another without any break."""
    if head.startswith(b"["):
        return json_items(path)
    first_line, line_break, _ = head.partition(b"\n")
    return json_lines(path) if line_break and _is_json(first_line) else json_values(path)


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _records(items: Iterable[tuple[int, object]], source: str, topic: Callable[[Fields], Topic]) -> Iterator[Record]:
    return read_mappings(items, source, key_of, lambda fields: _opportunity(topic(fields)))


def _opportunity(topic: Topic) -> Opportunity:
    if not topic.identifier or not topic.title:
        raise NoticeRejected("a topic without an identifier or a title can be shown to nobody")
    text = RunningText(topic.title)
    text.fact("Call", topic.call_title)
    sections = tuple(_sections(topic.description, text))
    objectives = text.section("Objectives of the destination", topic.objectives)
    conditions = text.section("Conditions", topic.conditions)
    text.fact("Types of action", topic.actions)
    key_dates = tuple(_key_dates(topic, text))
    opportunity = Opportunity(
        opportunity_id=record_id("eu", topic.identifier),
        title=topic.title,
        text=text.text,
        agency_name=_FUNDER,
        opportunity_number=topic.identifier,
        description="\n\n".join(f"{name}\n\n{quote.text}" if name else quote.text for name, quote in sections),
        status=topic.status,
        priorities=_priorities(text.text, topic.title, sections, objectives),
        eligibility=eligibility_in(text.text, conditions),
        funding=topic.funding,
        key_dates=key_dates,
        is_rolling=says_rolling(topic.deadline_model),
        source_url=topic.source_url or _ADDRESS + topic.identifier.lower(),
        funding_instruments=(("other" if _PRIZE.search(topic.actions) else "grant"),) if topic.actions else (),
        source_codes=topic.source_codes,
    )
    return with_prose(opportunity, joined(text.text, *(quote for _, quote in sections)))


def _sections(description: str, text: RunningText) -> Iterator[tuple[str, Quote]]:
    """Add the description to the text, section by section, and yield each with its name ("" before the first)."""
    headings = list(_SECTION.finditer(description))
    ends = [heading.start() for heading in headings] + [len(description)]
    names = ["", *(heading["name"] for heading in headings)]
    starts = [0, *(heading.end() for heading in headings)]
    for name, start, end in zip(names, starts, ends, strict=True):
        quote = text.section(name, description[start:end].strip())
        if quote:
            yield name, quote


def _priorities(
    text: str, title: str, sections: tuple[tuple[str, Quote], ...], objectives: Quote | None
) -> tuple[Priority, ...]:
    """Return the named sections as priorities; without any, what the description says, or else the destination."""
    named = [(name, quote) for name, quote in sections if name]
    if named:
        return tuple(
            section_priority(str(number), name, text, quote) for number, (name, quote) in enumerate(named, start=1)
        )
    return priorities_in(text, sections[0][1] if sections else objectives, title)


def _key_dates(topic: Topic, text: RunningText) -> Iterator[KeyDate]:
    """Yield the days; where a call has two stages, only the first of two deadlines is open to newcomers."""
    names = ["Deadline"] * len(topic.deadlines)
    if topic.deadline_model == _TWO_STAGE and len(names) == 2:
        names[1] = _SECOND_STAGE
    days = [("Published", topic.published), ("Opens", topic.opens), *zip(names, topic.deadlines, strict=True)]
    for label, day in days:
        if day:
            yield KeyDate(_MILESTONES[label], day, text.fact(label, str(day)))
