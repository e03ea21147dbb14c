"""What holds for every parser of a source's format, whatever it is given, and input to try it with."""

from collections.abc import Callable, Iterator
from pathlib import Path

from hypothesis import strategies as st

from matcher.domain.evidence import Quote
from matcher.domain.opportunity import Opportunity
from matcher.errors import DocumentRejected, NoticeRejected
from matcher.notices.formats.record import Record

Read = Callable[[Path], Iterator[Record]]

JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(
        ["2031-05-06", "$5,000", "<b>", "&amp;lt;", "https://[", "\ud800", "\0", "Ongoing", "9999-12-31"]
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
"""Values that a field may hold although its source says otherwise."""


def records_of(read: Read, path: Path) -> list[Record]:
    """Return the records of a file, each of which must keep the contract; a file that is refused has none."""
    try:
        found = list(read(path))
    except DocumentRejected:
        return []
    for record in found:
        check(record)
    return found


def opportunities_of(read: Read, path: Path) -> list[Opportunity]:
    """Return the opportunities of a file, none of whose records may be rejected."""
    outcomes = [record.outcome for record in records_of(read, path)]
    assert not [outcome for outcome in outcomes if isinstance(outcome, NoticeRejected)]
    found = [outcome for outcome in outcomes if isinstance(outcome, Opportunity)]
    for opportunity in found:
        assert all(quote.span and quote.span.of(opportunity.text) == quote.text for quote in quotes_of(opportunity))
    return found


def check(record: Record) -> None:
    """Check that a record has its place, and an opportunity that can be stored and quoted, or a reason."""
    assert record.number >= 1
    if isinstance(record.outcome, NoticeRejected):
        assert record.outcome.reason
        return
    opportunity = record.outcome
    assert opportunity.opportunity_id
    assert opportunity.title
    repr(opportunity).encode("utf-8")
    assert "\0" not in repr(opportunity)
    for quote in quotes_of(opportunity):
        assert quote.span is None or letters(quote.text) <= letters(quote.span.of(opportunity.text))
    amounts = (opportunity.funding.award_floor, opportunity.funding.award_ceiling)
    assert all(amount is None or amount > 0 for amount in amounts)


def letters(words: str) -> set[str]:
    """Return the letters of some words: a YAML file may fold and escape what it writes, but not leave out."""
    return {letter for letter in words if letter.isalnum() and letter.isascii()}


def quotes_of(opportunity: Opportunity) -> list[Quote]:
    """Return every quote of an opportunity."""
    found = [priority.quote for priority in opportunity.priorities]
    found += [element.quote for priority in opportunity.priorities for element in priority.elements]
    found += [key_date.quote for key_date in opportunity.key_dates if key_date.quote]
    found += opportunity.eligibility.conditions
    found += [criterion.quote for criterion in opportunity.selection_criteria]
    found += [*opportunity.activities, *opportunity.exclusions]
    found += (
        [opportunity.project_period.quote] if opportunity.project_period and opportunity.project_period.quote else []
    )
    found += [evidence.quote for evidence in opportunity.funding.evidence]
    return found + ([opportunity.eligibility.note] if opportunity.eligibility.note else [])


def mutations(sample: bytes) -> st.SearchStrategy[bytes]:
    """Return files that a sample becomes when some of its bytes are cut out, doubled or overwritten."""
    place = st.integers(0, len(sample))
    junk = st.binary(max_size=12) | st.sampled_from([b'"', b"{", b"]", b"\0", b"\xff", b"\\", b"<!", b"&", b"\n", b","])
    edit = st.tuples(place, place, junk)

    def edited(edits: list[tuple[int, int, bytes]]) -> bytes:
        data = sample
        for start, end, inserted in edits:
            data = data[:start] + inserted + data[max(start, end) if abs(end - start) < 40 else start :]
        return data

    return st.lists(edit, min_size=1, max_size=4).map(edited)
