"""Memory of a process with many threads: the C library keeps less of it, and the collector looks at less of it.

By default glibc gives each thread an arena of its own, up to eight for each core, and what one thread has freed is no
use to another: 300 MB more after a few scorings side by side. Where the C library knows no such call, nothing is done.
"""

import ctypes
import gc

_M_ARENA_MAX = -8
"""As `malloc.h` of glibc numbers it."""
_ARENAS = 2


def share_arenas() -> None:
    """Let all threads that are yet to begin allocate from the same two arenas."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, _ARENAS)


def settle() -> None:
    """Take what is in memory now as what stays: give back the rest, and let the collector pass over it from now on."""
    gc.collect()
    gc.freeze()
    give_back()


def give_back() -> None:
    """Give what is free back to the system: about 100 MB after a dozen scorings, each of which asks for other sizes."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
