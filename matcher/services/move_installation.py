"""Move an installation from one database to another, with nothing lost."""

from collections.abc import Callable

from matcher.services.progress import Progress
from matcher.store.transfer import MovedTable, move_store


def move_installation(source_url: str, target_url: str, progress: Callable[[str], Progress]) -> list[MovedTable]:
    """Copy every row into an empty database; the source stays as it is. Returns what was found alike on both sides.

    Args:
        source_url: The database that is used now; nobody may write to it meanwhile.
        target_url: An empty database.
        progress: Gives what shows how far a table is, by its name.

    Raises:
        InputRejected: There is no store at the source, the target holds something, or cannot hold a value.
        RetryLater: One of the two is held by others or cannot be reached.
        Unrecoverable: The source was changed meanwhile, or a database is of no use.
    """
    return move_store(source_url, target_url, progress)
