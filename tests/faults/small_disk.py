"""A file system of its own in memory, which can be filled for every process at once."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_FILLER = "filler"


@contextmanager
def small_disk(folder: Path, mebibytes: int) -> Iterator[Path]:
    """Mount a tmpfs of this size on a new `folder`, open to every user; only root may.

    Raises:
        PermissionError: This user, or this machine, may not mount.
    """
    folder.mkdir()
    options = f"size={mebibytes}m,mode=777"
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", str(folder)], capture_output=True, text=True)
    if done.returncode:
        raise PermissionError(f"no file system can be mounted here: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(disk: Path, but: int) -> None:
    """Leave `but` bytes of room, and no more than there is."""
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    with (disk / _FILLER).open("wb") as file, suppress(OSError):
        os.posix_fallocate(file.fileno(), 0, max(1, free - but))


def make_room(disk: Path) -> None:
    """Take away what fills it."""
    (disk / _FILLER).unlink(missing_ok=True)
