"""The coverage ledger as a page: how each source fares, the sum of its last run, and what that run rejected."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Response, url_for

from matcher.services.sources import SourceStatus, source_statuses
from matcher.store.protocol import Store
from matcher.store.records import Rejection
from matcher.store.source_records import SourceRun
from matcher.web.house import current_house
from matcher.web.pages.frame import page_room, show
from matcher.web.pages.pictures.coverage import source_coverage
from matcher.web.source_state import SourceState, state_of

room = page_room("source_pages")

REJECTIONS_SHOWN = 50
"""Of each source; the REST API has all of them."""
_WORDS = {state: state.value.replace("_", " ") for state in SourceState}
_UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


@dataclass(frozen=True, slots=True)
class SourceSection:
    """One source on the page.

    `run` is the last run that read something, None if there is none; `rejections` are the first of what it rejected.
    """

    status: SourceStatus
    state: SourceState
    schedule: str
    run: SourceRun | None
    rejections: tuple[Rejection, ...]

    @property
    def state_words(self) -> str:
        """The state in one or two words."""
        return _WORDS[self.state]

    @property
    def dropped_words(self) -> str:
        """What the run dropped, by reason: "2 closed, 1 repeated"; empty if nothing."""
        counts = () if self.run is None else self.run.counts.dropped
        return ", ".join(f"{count:,} {reason.value}" for reason, count in counts)


@room.get("/sources")
def show_sources() -> Response:
    """Show the coverage ledger."""
    store = current_house().store
    now = datetime.now(UTC)
    statuses = source_statuses(store, now)
    sections = source_sections(store, statuses)
    coverage = source_coverage(
        [(one.status.source.name, None if one.run is None else one.run.counts) for one in sections]
    )
    return show(
        "sources.html",
        twin=url_for("sources.list_sources"),
        beside=dict(_rejections(sections)),
        sections=sections,
        summary=summary_words(statuses),
        coverage=coverage,
        now=now,
    )


def source_sections(store: Store, statuses: Sequence[SourceStatus]) -> list[SourceSection]:
    """Return what the page shows, a section a source."""
    return [_section(store, status) for status in statuses]


def summary_words(statuses: Sequence[SourceStatus]) -> str:
    """Return all sources in one sentence: "3 sources: 2 fresh, 1 failing; 1,234 records listed"."""
    states = Counter(map(state_of, statuses))
    told = ", ".join(f"{states[state]:,} {words}" for state, words in _WORDS.items() if states[state])
    listed = sum(status.listed for status in statuses)
    return f"{_counted(len(statuses), 'source')}: {told}; {_counted(listed, 'record')} listed"


def schedule_words(seconds: int | None) -> str:
    """Return how often a source is looked at: "every 6 hours"."""
    if seconds is None:
        return "only when somebody asks"
    unit, length = next((unit, length) for unit, length in _UNITS if seconds % length == 0)
    return f"every {unit}" if seconds == length else f"every {seconds // length:,} {unit}s"


def _section(store: Store, status: SourceStatus) -> SourceSection:
    source = status.source
    run = store.sources.last_reading(source.name)
    rejected = [] if run is None else store.sources.rejections(source.name, run.run_id)
    return SourceSection(
        status=status,
        state=state_of(status),
        schedule=schedule_words(source.interval_seconds),
        run=run,
        rejections=tuple(rejected[:REJECTIONS_SHOWN]),
    )


def _rejections(sections: Sequence[SourceSection]) -> Iterator[tuple[str, str]]:
    """Yield where programs find what could not be used of each source, with the words for it."""
    for section in sections:
        if section.run is not None and section.rejections:
            name, run_id = section.status.source.name, section.run.run_id
            address = url_for("sources.list_run_rejections", name=name, run_id=run_id)
            yield f"what of {name} could not be used", address


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"
