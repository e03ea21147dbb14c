"""Processes that are killed with -9 and started again; they are forked from one that has imported all they need."""

import multiprocessing
import random
import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from benchmarks.one_process import run_until_killed

_FORKING = multiprocessing.get_context("forkserver")
_FORKING.set_forkserver_preload(["benchmarks.one_process", "matcher.web.app", "matcher.services.send_digests"])


class Member:
    """One process with the settings `chosen`; it says on `log` what goes wrong."""

    def __init__(self, kind: str, chosen: dict[str, Any], log: Path) -> None:
        self._kind = kind
        self._chosen = chosen
        self._log = log
        self._told: str | None = None
        self._changing = threading.Lock()
        self._start()

    def _start(self) -> None:
        self._parent, child = _FORKING.Pipe(duplex=False)
        arguments = (self._kind, self._chosen, self._log, child)
        self._process = _FORKING.Process(target=run_until_killed, args=arguments, daemon=True)
        self._process.start()
        child.close()

    def address(self) -> str | None:
        """Return where the process serves; None as long as it does not."""
        with self._changing:  # nobody reads from a pipe that is being closed
            if self._told is None and self._kind == "web" and self._parent.poll():
                try:
                    self._told = self._parent.recv()
                except EOFError:  # it died before it could tell
                    return None
            return self._told

    def restart(self) -> None:
        """End the process at once, and start it again."""
        with self._changing:
            self.kill()
            self._start()

    def kill(self) -> None:
        """End the process at once."""
        self._process.kill()
        self._process.join()
        self._parent.close()
        self._told = None


class Fleet:
    """Several web processes and schedulers; as a context manager it kills them all at the end."""

    def __init__(self, chosen: dict[str, Any], web_processes: int, schedulers: int, log: Path) -> None:
        kinds = ["web"] * web_processes + ["scheduler"] * schedulers
        self._members = [Member(kind, chosen, log) for kind in kinds]

    def address(self, chance: random.Random) -> str | None:
        """Return the address of one web process that is up; None while none is."""
        up = [address for member in self._members if (address := member.address()) is not None]
        return chance.choice(up) if up else None

    def kill_one(self, chance: random.Random) -> None:
        """Kill a process and start it again."""
        chance.choice(self._members).restart()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for member in self._members:
            member.kill()
