"""What became of the records of each source, as shares of its last run that read something."""

from collections.abc import Sequence

from matcher.domain.source import LedgerCounts
from matcher.web.pages.pictures.drawing import Anchor, Drawing, clipped
from matcher.web.pages.pictures.picture import Key, Picture, Row, Table

_LANE, _BAR = 46, 14
_NAME_LENGTH = 60
_LEGEND = (
    Key("kept", "in the catalogue"),
    Key("dropped", "left out: closed, archived or repeated"),
    Key("rejected", "not usable"),
)
_SMALLEST = 0.8
"""Per cent of the width that a share is drawn with at least, so that one in ten thousand can be seen."""


def source_coverage(sources: Sequence[tuple[str, LedgerCounts | None]]) -> Picture:
    """Return a bar for each source, by name; None stands for one that no run has read yet."""
    title, description = "What became of every record", _description(sources)
    drawing = Drawing(title, description)
    for lane, (name, counts) in enumerate(sources):
        y = lane * _LANE
        drawing.line_of_text(y + 16, clipped(name, _NAME_LENGTH), 55)
        drawing.text(100, y + 16, _records_words(counts), "quiet", anchor=Anchor.END)
        _bar(drawing, counts, y + 24)
    return Picture(title, description, drawing.markup(max(_LANE * len(sources), 1)), _table(sources), _LEGEND)


def _bar(drawing: Drawing, counts: LedgerCounts | None, y: float) -> None:
    drawing.bar(0, y, 100, _BAR, "unread")
    if counts is None or not counts.records:
        return
    parts = [("kept", counts.kept), ("dropped", counts.dropped_total), ("rejected", counts.rejected)]
    drawn = [(mark, count, max(100 * count / counts.records, _SMALLEST)) for mark, count in parts if count]
    whole = sum(width for _, _, width in drawn)
    x = 0.0
    for mark, count, width in drawn:
        share = width * 100 / whole
        drawing.bar(x, y, share, _BAR, mark, f"{count:,} of {counts.records:,} {mark}")
        x += share


def _records_words(counts: LedgerCounts | None) -> str:
    if counts is None:
        return "not read yet"
    return f"{counts.kept:,} of {counts.records:,} kept"


def _description(sources: Sequence[tuple[str, LedgerCounts | None]]) -> str:
    read = [counts for _, counts in sources if counts is not None]
    if not read:
        return "No source has been read yet."
    total, kept = sum(counts.records for counts in read), sum(counts.kept for counts in read)
    dropped, rejected = sum(counts.dropped_total for counts in read), sum(counts.rejected for counts in read)
    return (
        f"The last runs of {len(read):,} {'source' if len(read) == 1 else 'sources'} read {total:,} "
        f"{'record' if total == 1 else 'records'}: {kept:,} stand in the catalogue, {dropped:,} were left out and "
        f"{rejected:,} could not be used."
    )


def _table(sources: Sequence[tuple[str, LedgerCounts | None]]) -> Table:
    rows = [Row(name, _values(counts)) for name, counts in sources]
    return Table(("Source", "Read", "In the catalogue", "Left out", "Not usable"), rows)


def _values(counts: LedgerCounts | None) -> tuple[str, ...]:
    if counts is None:
        return ("not yet", "", "", "")
    return tuple(f"{count:,}" for count in (counts.records, counts.kept, counts.dropped_total, counts.rejected))
