"""Connections: short transactions that begin the right way, and errors that say what to do next."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

from matcher.errors import InputRejected, MatcherError, RetryLater, Unrecoverable

_BUSY_TIMEOUT_SECONDS = 30.0
_BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED")

Insert = sqlite.Insert | postgresql.Insert


class Database:
    """One engine. A store that was opened before a fork must be opened again after it.

    Args:
        url: An SQLAlchemy URL of an SQLite file; `?timeout=SECONDS` says how long to wait for another writer (30).

    Raises:
        InputRejected: The URL is no URL of an SQLite file.
        Unrecoverable: The folder of the file can be neither found nor made.
    """

    def __init__(self, url: str) -> None:
        parsed = _sqlite_file(url)
        self.name = parsed.render_as_string(hide_password=True)
        self._process = os.getpid()
        self._reader = _engine(parsed)
        self._watching = Lock()
        self._watcher: sqlite3.Connection | None = None
        self._writer = self._reader.execution_options(begin="BEGIN IMMEDIATE", preserve_rowcount=True)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection that sees one unchanging state of the data.

        Raises:
            RetryLater: All connections are in use, or the file is locked.
            Unrecoverable: The file is damaged, unreadable or full.
        """
        with self._explained(), self._reader.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yield a connection that alone may write; commit at the end, or roll back on any exception.

        Raises:
            RetryLater: Another writer held the file for longer than the timeout, or all connections are in use.
            Unrecoverable: The file is damaged, read-only or full.
        """
        with self._explained(), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """Yield a connection that alone may write, on which references are checked at the end and not before.

        SQLite changes a table by copying it; while references are enforced, dropping the old one would delete all that
        refers to it (https://www.sqlite.org/lang_altertable.html#otheralter).

        Raises:
            RetryLater: Another writer held the file for longer than the timeout.
            Unrecoverable: The file is damaged, read-only or full, or a reference in it leads nowhere.
        """
        with self._explained(), self._writer.connect() as connection:
            _enforce_references(connection, False)
            try:
                with connection.begin():
                    yield connection
                    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                        raise Unrecoverable(f"{self.name}: rows refer to rows that are missing; restore a backup")
            finally:
                _enforce_references(connection, True)

    def version(self) -> int:
        """Return a number that moves whenever a transaction of any connection or process changed the file.

        Raises:
            RetryLater: The file is locked.
            Unrecoverable: The file is damaged or unreadable.
        """
        with self._explained(), self._watching:
            if self._watcher is None:
                path = str(self._reader.url.database)
                self._watcher = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            # it tells of the commits of other connections, and this one makes none
            (version,) = self._watcher.execute("PRAGMA data_version").fetchone()
            return int(version)

    def insert_into(self, table: Table) -> Insert:
        """Return an INSERT that knows ON CONFLICT, in this database's dialect; SQLite and PostgreSQL spell it alike."""
        return postgresql.insert(table) if self._reader.dialect.name == "postgresql" else sqlite.insert(table)

    def enable_write_ahead_log(self) -> None:
        """Let readers read while somebody writes; the file remembers it, so this changes a file for good.

        Raises:
            RetryLater: Another process held the file for longer than the timeout.
            Unrecoverable: The file is damaged or read-only.
        """
        with self._explained(), closing(self._reader.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA journal_mode = WAL")  # not possible inside a transaction

    def close(self) -> None:
        """Close all connections that are not in use."""
        with self._watching:
            if self._watcher is not None:
                self._watcher.close()
                self._watcher = None
        self._reader.dispose()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        if os.getpid() != self._process:
            raise Unrecoverable(f"{self.name} was opened before a fork, which SQLite does not survive; open it after")
        try:
            yield
        except NoConnectionLeft as error:
            raise RetryLater(f"{self.name}: all connections are in use; try again in a moment") from error
        except IntegrityError:
            raise  # a mistake of the calling code, not of the file
        except DBAPIError as error:
            raise _explanation(self.name, error.orig) from error
        except sqlite3.Error as error:
            raise _explanation(self.name, error) from error


def _sqlite_file(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise InputRejected("this is no database URL; write sqlite:///path/to/matcher.db", source=url) from error
    name = parsed.render_as_string(hide_password=True)
    if parsed.get_backend_name() != "sqlite":
        raise InputRejected("only SQLite is supported; write sqlite:///path/to/matcher.db", source=name)
    if parsed.database in (None, "", ":memory:"):
        raise InputRejected("the store needs a file that every process can open, not memory", source=name)
    try:
        Path(str(parsed.database)).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unrecoverable(f"{name}: its folder cannot be made: {error.strerror}; choose another place") from error
    return parsed


def _engine(url: URL) -> Engine:
    arguments = {} if "timeout" in url.query else {"timeout": _BUSY_TIMEOUT_SECONDS}
    engine = create_engine(url, connect_args=arguments)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    # The driver would begin transactions late and deferred, so two writers could both read first and then collide.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    # A mail that was marked as sent must stay so even if the power fails: wait for the disk at every commit.
    connection.execute("PRAGMA synchronous = FULL")


def _enforce_references(connection: Connection, are_enforced: bool) -> None:
    """Switch the enforcement on a connection of SQLite, which is possible only outside a transaction."""
    driver = connection.connection.driver_connection
    if isinstance(driver, sqlite3.Connection):
        driver.execute(f"PRAGMA foreign_keys = {'ON' if are_enforced else 'OFF'}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


def _explanation(name: str, error: BaseException | None) -> MatcherError:
    """Return what to raise instead of a driver's error."""
    if getattr(error, "sqlite_errorname", "").startswith(_BUSY):
        return RetryLater(f"{name}: another process holds the database ({error}); try again in a moment")
    return Unrecoverable(f"{name}: {error}; check that the file is a matcher database, intact and writable")
