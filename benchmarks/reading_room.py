"""What it costs to read documents in a process of their own: `python benchmarks/reading_room.py` (10 s).

Prints the processor time of starting a reader, and for each seed the milliseconds of reading it there and here: the
smallest of twenty times, so that other work on the machine counts little.
"""

import resource
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time

from matcher.proposals.reader import read_proposal
from matcher.services.reading_room.limits import Limits
from matcher.services.reading_room.room import ReadingRoom
from matcher.text.documents import read_document

SEEDS = Path(__file__).parents[1] / "seeds" / "proposals"
TIMES = 20


def smallest_milliseconds(read: Callable[[bytes, str], object], path: Path) -> float:
    """Return the least time by the clock that `read` takes for the file at `path`."""
    data, taken = path.read_bytes(), []
    for _ in range(TIMES):
        begun = perf_counter()
        read(data, path.name)
        taken.append(perf_counter() - begun)
    return min(taken) * 1000


def seconds_of_a_start() -> float:
    """Return the processor time, in seconds, of a reader that starts and reads one line, on both sides."""
    ours = process_time()
    room = ReadingRoom(Limits())
    room.proposal(b"We plant trees.", "a.txt")
    room.close()
    theirs = resource.getrusage(resource.RUSAGE_CHILDREN)
    return process_time() - ours + theirs.ru_utime + theirs.ru_stime


def main() -> None:
    """Measure and print."""
    print(f"start: {seconds_of_a_start():.2f} s of processor")
    room = ReadingRoom(Limits())
    for path in sorted(SEEDS.iterdir()):
        there = smallest_milliseconds(room.proposal, path)
        here = smallest_milliseconds(lambda data, name: read_proposal(read_document(data, name)), path)
        print(f"{path.name:36} there {there:6.1f} ms, here {here:6.1f} ms, more {there - here:5.1f} ms")
    room.close()


if __name__ == "__main__":
    main()
