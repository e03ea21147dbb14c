"""The runs of the scheduled jobs as a page: how each job fares, and what its latest runs did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Response, url_for

from matcher.store.mail_records import JobTurn
from matcher.store.records import JobOutcome, JobRun
from matcher.web.house import current_house
from matcher.web.pages.frame import page_room, show
from matcher.web.pages.queries import read_query
from matcher.web.rest.queries import JobsQuery

room = page_room("job_pages")

_PURPOSES = {
    "sources": "looks at the sources whose time has come",
    "import": "reads notices into the catalogue",
    "rescore": "scores whatever is new or changed",
    "digest": "writes the digests that are due",
    "reminders": "writes the reminders between two digests",
    "mail": "sends what was written",
    "tidy": "throws away what is kept for a time only",
}


@dataclass(frozen=True, slots=True)
class JobCard:
    """One job: what it is for, its latest run, and when its next turn is (None: no scheduler ever ran it)."""

    name: str
    purpose: str
    latest: JobRun
    turn: JobTurn | None

    @property
    def state(self) -> str:
        """How it fares, in one word."""
        return state_of(self.latest)


@room.get("/jobs")
def show_jobs() -> Response:
    """Show the latest runs of all jobs."""
    query = read_query(JobsQuery)
    store = current_house().store
    turns = {turn.name: turn for turn in store.turns.all()}
    return show(
        "jobs.html",
        twin=url_for("health.list_jobs", limit=query.limit),
        cards=_cards(store.jobs.latest(), turns),
        runs=store.jobs.recent(query.limit),
        state_of=state_of,
        took=took_words,
        now=datetime.now(UTC),
    )


def state_of(run: JobRun) -> str:
    """Return how a run ended in one word; one without an end is under way, or its process died."""
    if run.outcome is None:
        return "unfinished"
    return "succeeded" if run.outcome is JobOutcome.SUCCEEDED else "failed"


def took_words(run: JobRun) -> str:
    """Return how long a run took: "0.4 s", "12 s" or "3 min 5 s"; empty while it has no end."""
    if run.finished_at is None:
        return ""
    seconds = (run.finished_at - run.started_at).total_seconds()
    if seconds < 10:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes:,} min {rest} s" if minutes else f"{rest} s"


def _cards(latest: Sequence[JobRun], turns: Mapping[str, JobTurn]) -> list[JobCard]:
    return [JobCard(run.name, _PURPOSES.get(run.name, ""), run, turns.get(run.name)) for run in latest]
