"""The whole product as its user runs it: two processes, the real model, real HTTP."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.conftest import CHECKOUT
from tests.services.examples import GARDENS, HULLS, PROPOSAL, write

pytestmark = pytest.mark.slow
WATCH_SECONDS = 2
LONG_ENOUGH = 180


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {
        **os.environ,
        "MATCHER_HOME": str(tmp_path / "home"),
        "MATCHER_OPPORTUNITIES": str(write(tmp_path / "notices", hulls=HULLS)),
        "MATCHER_WATCH_SECONDS": str(WATCH_SECONDS),
        "MATCHER_MATCH_FLOOR": "0",
    }


@pytest.fixture
def server(environment: dict[str, str]) -> Iterator[httpx.Client]:
    command = [sys.executable, "-m", "matcher", "serve", "--port", "0", "--json"]
    with subprocess.Popen(command, env=environment, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = json.loads(process.stdout.readline())["address"]
        with httpx.Client(base_url=address, timeout=LONG_ENOUGH) as client:
            yield client
        process.terminate()
        assert process.wait(timeout=LONG_ENOUGH) == 0


@pytest.fixture
def scheduler(environment: dict[str, str], server: httpx.Client) -> Iterator[None]:
    with subprocess.Popen([sys.executable, "-m", "scheduler"], env=environment, cwd=CHECKOUT) as process:
        yield
        process.terminate()
        assert process.wait(timeout=LONG_ENOUGH) == 0


def runs(server: httpx.Client, name: str) -> list[dict[str, Any]]:
    return [job for job in server.get("/v1/jobs").json()["jobs"] if job["name"] == name and job["finished_at"]]


def wait_for(found: object, seconds: float = LONG_ENOUGH) -> float:
    started = time.monotonic()
    while not found():
        assert time.monotonic() - started < seconds, "it did not happen in time"
        time.sleep(0.1)
    return time.monotonic() - started


@pytest.mark.usefixtures("scheduler")
def test_a_notice_that_is_dropped_in_is_ranked_over_rest_and_only_new_texts_are_encoded(
    server: httpx.Client, environment: dict[str, str]
) -> None:
    wait_for(lambda: runs(server, "sources"))
    headers = {"Content-Type": "text/markdown"}
    proposal = server.post("/v1/proposals", content=PROPOSAL, headers=headers).raise_for_status().json()

    def ranked() -> list[str]:
        answer = server.get(proposal["matches_url"], params={"as_of": "2026-02-01"}).raise_for_status().json()
        return [match["opportunity_id"] for match in answer["matches"]]

    counted: dict[int, int] = {}  # of every run that was ever listed: the list holds the latest ones only

    def encoded() -> int:
        counted.update({job["job_id"]: job["counts"]["encoded"] for job in runs(server, "rescore")})
        return sum(counted.values())

    assert ranked() == ["hulls"]
    notices = Path(environment["MATCHER_OPPORTUNITIES"])
    write(notices, gardens=GARDENS)
    # Nobody asks for matches before: who asks earlier may be the one who encodes the new texts.
    wait_for(lambda: encoded() >= 4)
    assert ranked() == ["gardens", "hulls"]
    before = encoded()
    write(
        notices,
        gardens=GARDENS.replace("teach children to grow food\neligibility", "teach parents to cook\neligibility"),
    )
    wait_for(lambda: encoded() > before)
    assert encoded() == before + 1
