"""The commands of the units of systemd, carried out in their environment by a user who may write its state alone."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest

from tests.conftest import CHECKOUT

STATE = "/var/lib/matcher"
NOBODY = 65534
# who is nobody may still read the interpreter that the tests run with, wherever it lies
AS_NOBODY = (
    *("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--no-new-privs"),
    *(
        "--inh-caps=-all,+dac_read_search",
        "--ambient-caps=-all,+dac_read_search",
        "--bounding-set=-all,+dac_read_search",
    ),
)
PATIENCE_SECONDS = 120

pytestmark = pytest.mark.slow


class Unit:
    """One service of `deploy/systemd`, whose state lies in `state`."""

    def __init__(self, name: str, state: Path) -> None:
        self._lines = (CHECKOUT / "deploy" / "systemd" / name).read_text(encoding="utf-8").splitlines()
        self._state = state
        self.stop_seconds = int("".join(self.values("TimeoutStopSec")) or PATIENCE_SECONDS)

    def values(self, key: str) -> list[str]:
        """Return every value of a key, in their order."""
        return [line.partition("=")[2] for line in self._lines if line.startswith(f"{key}=")]

    def commands(self, key: str) -> Iterator[list[str]]:
        """Yield what systemd would run, with the programs of this environment."""
        programs = {
            "/opt/matcher/bin/python": [sys.executable],
            "/opt/matcher/bin/matcher": [sys.executable, "-m", "matcher"],
        }
        for value in self.values(key):
            first, *rest = shlex.split(value.replace("${STATE_DIRECTORY}", str(self._state)))
            yield [*(AS_NOBODY if os.geteuid() == 0 else ()), *programs.get(first, [first]), *rest]

    def environment(self, **settings: str) -> dict[str, str]:
        """Return the variables that systemd would set; `settings` stand for the file of the administrator."""
        own = dict(line.split("=", 1) for line in self.values("Environment"))
        own = {name: value.replace(STATE, str(self._state)) for name, value in own.items()}
        return {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "PYTHONPATH": str(CHECKOUT), **own, **settings}

    def start(self, command: list[str], **settings: str) -> "subprocess.Popen[str]":
        """Begin one of its commands."""
        return subprocess.Popen(
            command,
            env=self.environment(**settings),
            cwd="/",
            umask=int("".join(self.values("UMask")), 8),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    @contextmanager
    def running(self, **settings: str) -> "Iterator[subprocess.Popen[str]]":
        """Run its one command, and stop it as systemd does."""
        (command,) = self.commands("ExecStart")
        with self.start(command, **settings) as process:
            try:
                yield process
                process.terminate()
                assert process.wait(self.stop_seconds) == 0
            finally:
                process.kill()


@pytest.fixture
def state() -> Iterator[Path]:
    """The folder that systemd makes for the user of the units, where that user can get to it."""
    with tempfile.TemporaryDirectory(prefix="matcher-state-") as folder:
        if os.geteuid() == 0:
            if shutil.which("setpriv") is None:
                pytest.skip("setpriv is not on this machine, and a service is not run as root")
            os.chown(folder, NOBODY, NOBODY)
        yield Path(folder)


def wait_for(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < end, "it did not come about in time"
        time.sleep(0.1)


def test_the_services_serve_and_the_nightly_one_backs_up_as_a_user_of_their_own(state: Path) -> None:
    settings = {"MATCHER_PORT": "0", "MATCHER_OPPORTUNITIES": str(state / "notices"), "MATCHER_WARM_UP": "false"}
    with ExitStack() as running:
        web = running.enter_context(Unit("matcher-web.service", state).running(**settings))
        assert web.stdout is not None
        told = re.search(r"http://\S+", web.stdout.readline())
        assert told is not None
        running.enter_context(Unit("matcher-scheduler.service", state).running(**settings))
        wait_for(lambda: "succeeded" in httpx.get(f"{told[0]}/v1/jobs").text)
        assert httpx.get(f"{told[0]}/healthz").status_code == 200
        nightly = Unit("matcher-backup.service", state)
        for key in ("ExecStartPre", "ExecStart"):
            for command in nightly.commands(key):
                with nightly.start(command, **settings) as process:
                    answer, _ = process.communicate(timeout=PATIENCE_SECONDS)
                assert process.returncode == 0, f"{command}: {answer}"
    assert (state / "backups" / "latest.db").is_file()
    assert [path for path in state.rglob("*") if path.stat().st_mode & 0o077] == []
