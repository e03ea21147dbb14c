"""One file with all that is stored, made while the service runs, and the way back from it."""

import os
import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path
from shutil import copyfile

from matcher.errors import InputRejected, Unrecoverable
from matcher.services.progress import Progress
from matcher.store.transfer import MovedTable, copy_store, move_store

_FOR_ITS_OWNER = 0o600


def back_up(url: str, target: Path, progress: Callable[[str], Progress]) -> list[MovedTable]:
    """Keep one state of the store at `url` as the SQLite file `target`, which appears when it is whole.

    Every row was read again and held against the store. Web service and scheduler may go on meanwhile.

    Args:
        url: The URL of the database, of either kind.
        target: A file that is not there yet, in a folder that is.
        progress: Gives what shows how far a table is, by its name.

    Raises:
        InputRejected: `target` is there already, its folder is not, or there is no store at `url`.
        RetryLater: The database is held by others or cannot be reached.
        Unrecoverable: The file cannot be written, or the database is of no use.
    """
    if target.exists():
        raise InputRejected("there is a file of this name already, and no backup is overwritten", source=str(target))
    if not target.parent.is_dir():
        raise InputRejected("the folder for the backup is not there; make it first", source=str(target.parent))
    draft = target.with_name(f".{target.name}.{secrets.token_hex(8)}")
    try:
        draft.touch(_FOR_ITS_OWNER, exist_ok=False)
        kept = copy_store(url, f"sqlite:///{draft}", progress)
        _put_in_place(draft, target)
    except FileExistsError as error:
        raise InputRejected(
            "there is a file of this name by now; no backup is overwritten", source=str(target)
        ) from error
    except OSError as error:
        raise Unrecoverable(f"{target} cannot be written: {error.strerror}; choose another place") from error
    finally:
        for left in target.parent.glob(f"{draft.name}*"):
            left.unlink()
    return kept


def restore(file: Path, url: str, progress: Callable[[str], Progress]) -> list[MovedTable]:
    """Put all that a backup holds into the empty store at `url`; the backup stays as it is, of whatever schema.

    Raises:
        InputRejected: `file` is no backup, or the store holds something.
        RetryLater: The database is held by others or cannot be reached.
        Unrecoverable: The backup is damaged, or a database is of no use.
    """
    if not file.is_file():
        raise InputRejected("there is no such file", source=str(file))
    with tempfile.TemporaryDirectory(prefix="matcher-restore-") as folder:
        copy = f"sqlite:///{folder}/backup.db"
        copyfile(file, Path(folder) / "backup.db")
        try:
            return move_store(copy, url, progress)
        except InputRejected as error:
            if error.source != copy:
                raise
            raise InputRejected(
                "this is no backup; name a file that `matcher backup` made", source=str(file)
            ) from error
        except Unrecoverable as error:  # nobody knows the copy
            raise Unrecoverable(str(error).replace(copy, str(file))) from error


def _put_in_place(draft: Path, target: Path) -> None:
    """Give a finished file its name, once it lies on the disk, unless somebody else took the name."""
    for place in (draft, target.parent):
        descriptor = os.open(place, os.O_RDONLY)
        try:
            os.fsync(descriptor)
            if place == draft:
                os.link(draft, target)
        finally:
            os.close(descriptor)
