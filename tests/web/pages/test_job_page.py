"""The runs of the jobs as a page."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from lxml import html

from matcher.bootstrap import Context
from matcher.store.records import JobOutcome, JobRun
from matcher.web.pages.job_page import took_words

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as stopped:
        yield stopped


def shown(client: FlaskClient, address: str = "/jobs") -> html.HtmlElement:
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "text/html"), answer.text
    return html.document_fromstring(answer.text)


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_every_run_tells_when_how_long_how_it_ended_and_what_it_did(
    client: FlaskClient, context: Context, clock: time_machine.Traveller
) -> None:
    done, failed, _ = (context.store.jobs.start(name) for name in ("rescore", "mail", "tidy"))
    clock.shift(timedelta(seconds=75))
    context.store.jobs.finish(done, JobOutcome.SUCCEEDED, {"matches": 1_200, "proposals": 0})
    context.store.jobs.finish(failed, JobOutcome.FAILED, {}, error=HOSTILE)
    rows = [words(row) for row in shown(client).xpath("//table//tbody/tr")]
    assert rows == [
        "tidy 2026-11-22 12:00 UTC unfinished",
        f"mail 2026-11-22 12:00 UTC 1 min 15 s failed {HOSTILE}",
        "rescore 2026-11-22 12:00 UTC 1 min 15 s succeeded matches 1,200",
    ]


def test_every_job_has_its_latest_run_and_its_twin(client: FlaskClient, context: Context) -> None:
    for name in ("mail", "rescore", "mail"):
        context.store.jobs.finish(context.store.jobs.start(name), JobOutcome.SUCCEEDED, {})
    page = shown(client, "/jobs?limit=2")
    assert [words(title) for title in page.xpath("//h2[@class='card-title']")] == ["mail", "rescore"]
    [twin] = page.xpath("//link[@rel='alternate']/@href")
    assert [run["name"] for run in client.get(twin).json["jobs"]] == [
        words(row) for row in page.xpath("//table//tbody/tr/th")
    ]


def test_before_the_first_run_the_page_says_what_runs_jobs(client: FlaskClient) -> None:
    assert "No job has run yet. python -m scheduler runs them." in words(shown(client))


@pytest.mark.parametrize(
    ("seconds", "told"), [(0.04, "0.0 s"), (9.44, "9.4 s"), (59.6, "1 min 0 s"), (3_725, "62 min 5 s"), (None, "")]
)
def test_how_long_a_run_took_is_told_in_the_unit_that_fits(seconds: float | None, told: str) -> None:
    finished = None if seconds is None else NOW + timedelta(seconds=seconds)
    assert took_words(JobRun(1, "mail", NOW, finished, None, {}, None)) == told
