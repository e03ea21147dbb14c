"""Every line of the ten tasks in docs/api.md runs, against a real server."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT
from tests.web.houses import PROPOSAL, make_house
from tests.web.serving import served

ADDRESS = "http://127.0.0.1:8000"
OPPORTUNITY_ID = "youth-build"
SECTION = re.compile(r"^## Ten tasks$(.*?)^## ", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^```(sh|python)\n(.*?)^```", re.MULTILINE | re.DOTALL)
REFUSED = "minimum_fit=2"
"""The one call that is meant to be refused."""


def blocks(language: str) -> list[str]:
    section = SECTION.search((CHECKOUT / "docs" / "api.md").read_text(encoding="utf-8"))
    assert section is not None
    return [text for kind, text in BLOCK.findall(section[1]) if kind == language]


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "proposal.md").write_text(PROPOSAL, encoding="utf-8")
    context = make_house(tmp_path / "home")
    with served(context) as found:
        yield found
    context.store.close()


def test_there_are_ten_tasks_and_each_is_told_for_both() -> None:
    assert len(blocks("sh")) == 10
    assert len(blocks("python")) == 11  # the client itself comes first


def test_every_python_block_runs_in_order(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, object] = {"opportunity_id": OPPORTUNITY_ID}
    for block in blocks("python"):
        exec(block.replace(ADDRESS, address), names)  # noqa: S102 - the documentation is our own
    names["client"].close()  # type: ignore[attr-defined]
    printed = capsys.readouterr().out
    assert "Youth Build" in printed
    assert "422 body.md: the file is empty" in printed
    assert Path("matches.csv").read_bytes().startswith(b"opportunity_id,")


def test_every_curl_is_answered(address: str, tmp_path: Path) -> None:
    made = subprocess.run(
        ["curl", "-sf", "-F", "file=@proposal.md", f"{address}/v1/proposals"],
        capture_output=True,
        text=True,
        check=True,
    )
    [proposal_id] = re.findall(r'"proposal_id":"([^"]+)"', made.stdout)
    names = {**os.environ, "PROPOSAL_ID": proposal_id, "OPPORTUNITY_ID": OPPORTUNITY_ID}
    for block in blocks("sh"):
        script = block.replace(ADDRESS, address).replace("curl ", "curl -sS --fail-with-body ")
        done = subprocess.run(["sh", "-ec", script], env=names, capture_output=True, text=True, check=False)
        assert (done.returncode != 0) is (REFUSED in block), f"{block}{done.stdout}{done.stderr}"
    assert (tmp_path / "matches.xlsx").read_bytes().startswith(b"PK")
