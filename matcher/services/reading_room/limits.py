"""What one document may cost its reader, and how a process holds itself to that."""

import resource
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_CLOCK_FACTOR = 6
_MEGABYTE = 1024 * 1024
_LARGEST_FILE_WRITTEN = 0
_MEMORY = Path("/proc/self/statm")


@dataclass(frozen=True, slots=True)
class Limits:
    """What the reading of one document may take: `seconds` of a processor, `megabytes` of memory."""

    seconds: int = 10
    megabytes: int = 512

    @property
    def clock_seconds(self) -> int:
        """How long it may take by the clock: more, so that a busy machine is not held against the document."""
        return _CLOCK_FACTOR * self.seconds


def hold_process(limits: Limits) -> None:
    """Bound the memory of this process for good, and let it write neither files nor an image of its memory.

    macOS takes the bound on memory and does not keep it; there the time alone stops a document.
    """
    size = limits.megabytes * _MEGABYTE
    for kind, most in (
        (resource.RLIMIT_AS, size),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, _LARGEST_FILE_WRITTEN),
    ):
        with suppress(ValueError, OSError):  # a system that knows no such limit refuses it
            resource.setrlimit(kind, (most, most))


def hold_next_document(limits: Limits) -> None:
    """Let this process use `limits.seconds` more of a processor; the kernel ends it (SIGXCPU) after that."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + 1 + limits.seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def is_swollen(limits: Limits) -> bool:
    """Whether this process has taken more than half of its memory, so that the next one should read on.

    Told by proc(5); the peak that getrusage(2) tells is that of the process that started this one. Where there is no
    such file, nobody holds a process to its memory either.
    """
    try:
        pages = int(_MEMORY.read_text().split()[0])
    except OSError:
        return False
    return pages * resource.getpagesize() > limits.megabytes * _MEGABYTE / 2
