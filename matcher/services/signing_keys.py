"""The keys that sign the links in mails: from a setting, or from a file in the home folder, made when first needed."""

import os
import secrets
import stat
from pathlib import Path

from matcher.errors import InputRejected, Unrecoverable

FILE_NAME = "signing-keys"
_SHORTEST_KEY = 32
_READABLE_BY_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def signing_keys(configured: str | None, home: Path) -> tuple[str, ...]:
    """Return the keys, the one that signs first; the others only verify what was signed before a rotation.

    Args:
        configured: Keys divided by commas; empty or None means the file `signing-keys` in `home`, one key a line.
        home: The folder that holds all state.

    Raises:
        InputRejected: A key is shorter than 32 characters.
        Unrecoverable: The file cannot be read or made, or others than its owner can read it.
    """
    text = configured or _file_text(home / FILE_NAME)
    keys = tuple(key for key in (part.strip() for part in text.replace("\n", ",").split(",")) if key)
    if not keys or any(len(key) < _SHORTEST_KEY for key in keys):
        raise InputRejected(
            f"each key that signs links needs at least {_SHORTEST_KEY} characters; `openssl rand -hex 32` makes one",
            source="signing_keys",
        )
    return keys


def _file_text(path: Path) -> str:
    try:
        if not path.exists():
            _make(path)
        if path.stat().st_mode & _READABLE_BY_OTHERS:
            raise Unrecoverable(f"{path} can be read by others, who could sign links with it; run: chmod 600 {path}")
        return path.read_text(encoding="ascii")
    except OSError as error:
        raise Unrecoverable(f"{path} cannot be read: {error.strerror}; let the user of matcher read it") from error


def _make(path: Path) -> None:
    """Put a new key at `path`; of several processes that do so at once, one wins and all read its key."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32) + "\n")
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
