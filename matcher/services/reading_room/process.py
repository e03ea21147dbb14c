"""A reader process as the room sees it: one question, one answer, and a clock that runs meanwhile."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import TypeVar

import matcher
from matcher.services.reading_room.limits import Limits
from matcher.services.reading_room.messages import BEGUN, MAXIMUM_ANSWER_BYTES, Answer, Request, read_answer

Sent = TypeVar("Sent")

_START_SECONDS = 60.0
"""How long a reader may take to start and to import what it needs, on a machine with other work."""
_PIECE = 1024 * 1024
_KEPT_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""All that a reader learns of our environment: no secret is among it."""


class Fault(Exception):
    """The reader did not come to an end with a document.

    Attributes:
        words: What happened, and what to do next.
        is_final: Whether another reader would fare no better.
    """

    def __init__(self, words: str, *, is_final: bool) -> None:
        self.words = words
        self.is_final = is_final
        super().__init__(words)


class Reader:
    """One reader process and the line to it."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._line, theirs = socket.socketpair()
        self._kept = b""
        arguments = (str(theirs.fileno()), str(limits.seconds), str(limits.megabytes))
        environment = {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ}
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own program, and numbers
                [sys.executable, "-P", "-m", "matcher.services.reading_room.reader", *arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                env={**environment, "PYTHONPATH": str(Path(matcher.__file__).parents[1])},
            )

    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    def end(self) -> None:
        """End the process at once, whatever it does."""
        self._line.close()
        self._process.kill()
        self._process.wait()

    def ask(self, request: Request) -> Answer:
        """Return what the reader makes of `request`.

        Raises:
            Fault: It took too long, or broke off.
        """
        try:
            self._within(_START_SECONDS, lambda: self._line.sendall(request.to_bytes()))
            begun = self._next_line(monotonic() + _START_SECONDS, len(BEGUN))
            if begun != BEGUN:
                raise ValueError(begun)
            return read_answer(self._next_line(monotonic() + self._limits.clock_seconds, MAXIMUM_ANSWER_BYTES))
        except TimeoutError:
            raise self._too_long() from None
        except ValueError:
            raise self._damaged() from None
        except (ConnectionError, EOFError):
            raise self._broken_off() from None

    def _next_line(self, deadline: float, most: int) -> bytes:
        """Return the next line of at most `most` bytes, its end included."""
        pieces, size = [self._kept], len(self._kept)
        while b"\n" not in pieces[-1]:
            if size > most:
                raise ValueError(f"a line of more than {most} bytes")
            piece = self._within(deadline - monotonic(), lambda: self._line.recv(_PIECE))
            if not piece:
                raise EOFError
            pieces.append(piece)
            size += len(piece)
        line, _, self._kept = b"".join(pieces).partition(b"\n")
        return line + b"\n"

    def _within(self, seconds: float, do: Callable[[], Sent]) -> Sent:
        if seconds <= 0:
            raise TimeoutError
        self._line.settimeout(seconds)
        return do()

    def _too_long(self) -> Fault:
        words = f"reading this file takes more than {self._limits.seconds} s, so it was stopped"
        return Fault(f"{words}; send a shorter or simpler one, or its text", is_final=True)

    def _broken_off(self) -> Fault:
        """Return the fault of a reader that has hung up, as it does when it ends."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_START_SECONDS)
        return self._too_long() if self._process.returncode == -signal.SIGXCPU else self._damaged()

    def _damaged(self) -> Fault:
        words = (
            "the process that read this file broke off, as it does where a file is damaged or needs more memory than "
        )
        return Fault(f"{words}{self._limits.megabytes:,} MB; send its text instead", is_final=False)
