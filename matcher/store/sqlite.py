"""SQLite: one file, one writer at a time, nothing to install."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock
from time import monotonic, sleep

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine.interfaces import DBAPICursor

from matcher.errors import InputRejected, MatcherError, RetryLater, Unrecoverable

_BUSY_TIMEOUT_SECONDS = 30.0
_PAUSE_SECONDS = 0.02
_LOG_PATIENCE_MILLISECONDS = 1_000
_BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED")
_COUNT = "INSERT INTO change_counters VALUES (0, 1) ON CONFLICT (slot) DO UPDATE SET value = value + 1"
_COUNTED = "SELECT coalesce(sum(value), 0) FROM change_counters"


class SqliteBackend:
    """A file; the contract is `matcher.store.backend.Backend`.

    Raises:
        InputRejected: The URL names no file.
        Unrecoverable: The folder of the file can be neither found nor made.
    """

    driver_error: type[Exception] = sqlite3.Error
    has_one_writer = True
    is_embedded = True

    def __init__(self, url: URL) -> None:
        self.name = url.render_as_string(hide_password=True)
        _make_folder(url, self.name)
        self.reader: Engine = _engine(url)
        self.writer: Engine = self.reader.execution_options(begin="BEGIN IMMEDIATE", preserve_rowcount=True)
        self._watching = Lock()
        self._watcher: sqlite3.Connection | None = None

    def prepare(self) -> None:
        """Let readers read while somebody writes; the file remembers it, so this changes a file for good."""
        give_up = monotonic() + _BUSY_TIMEOUT_SECONDS
        with closing(self.reader.raw_connection()) as connection:
            # Not possible inside a transaction, and SQLite does not wait for others here, to avoid a deadlock.
            while not _keeps_a_log(connection.cursor(), give_up):
                sleep(_PAUSE_SECONDS)

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """Yield a connection that alone may write, on which references are checked at the end and not before.

        SQLite changes a table by copying it; while references are enforced, dropping the old one would delete all that
        refers to it (https://www.sqlite.org/lang_altertable.html#otheralter).
        """
        with self.writer.connect() as connection:
            _enforce_references(connection, False)
            try:
                with connection.begin():
                    yield connection
                    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                        raise Unrecoverable(f"{self.name}: rows refer to rows that are missing; restore a backup")
            finally:
                _enforce_references(connection, True)

    @contextmanager
    def counting(self, connection: Connection) -> Iterator[None]:
        """Count the transaction if the driver counted a row in it."""
        before = _changed_rows(connection)
        yield
        if _changed_rows(connection) != before:
            connection.exec_driver_sql(_COUNT)

    def version(self) -> int:
        """Return the count, by a connection of its own, past SQLAlchemy: every request asks for it."""
        with self._watching:
            if self._watcher is None:
                path = str(self.reader.url.database)
                self._watcher = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            (version,) = self._watcher.execute(_COUNTED).fetchone()
            return int(version)

    def insert_into(self, table: Table) -> sqlite.Insert:
        """Return an INSERT of SQLite."""
        return sqlite.insert(table)

    def take_turns(self, connection: Connection, what: str) -> None:
        """Do nothing: whoever writes is alone anyway."""

    def continue_numbering(self, connection: Connection, table: Table) -> None:
        """Do nothing: a new row always gets the number after the highest."""

    def explanation(self, error: BaseException | None) -> MatcherError:
        """Tell a file that somebody holds from one that is of no use."""
        if _is_busy(error):
            return RetryLater(f"{self.name}: another process holds the database ({error}); try again in a moment")
        return Unrecoverable(f"{self.name}: {error}; check that the file is a matcher database, intact and writable")

    def compact(self) -> None:
        """Copy the file without its free pages, and empty the log that still holds the old ones."""
        with closing(self.reader.raw_connection()) as connection:
            cursor = connection.cursor()
            cursor.execute("VACUUM")
            is_busy, _, _ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if is_busy:
            raise RetryLater(f"{self.name}: others read all the time, so its log keeps old words; try again soon")

    def empty_log(self) -> bool:
        """Copy the log into the file, and cut it off; give up after a second of others reading or writing."""
        with closing(self.reader.raw_connection()) as connection:
            cursor = connection.cursor()
            (usual,) = cursor.execute("PRAGMA busy_timeout").fetchone()
            cursor.execute(f"PRAGMA busy_timeout = {_LOG_PATIENCE_MILLISECONDS}")
            try:
                is_busy, _, _ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                cursor.execute(f"PRAGMA busy_timeout = {usual}")
        return not is_busy

    def close(self) -> None:
        """Close the watcher, and all connections that are not in use."""
        with self._watching:
            if self._watcher is not None:
                self._watcher.close()
                self._watcher = None
        self.reader.dispose()


def _keeps_a_log(cursor: DBAPICursor, give_up: float) -> bool:
    """Switch a file to a write-ahead log, or tell that somebody else holds it and another try is due."""
    try:
        cursor.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        if _is_busy(error) and monotonic() < give_up:
            return False
        raise
    return True


def _is_busy(error: BaseException | None) -> bool:
    return getattr(error, "sqlite_errorname", "").startswith(_BUSY)


def _make_folder(url: URL, name: str) -> None:
    if url.database in (None, "", ":memory:"):
        raise InputRejected("the store needs a file that every process can open, not memory", source=name)
    try:
        Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unrecoverable(f"{name}: its folder cannot be made: {error.strerror}; choose another place") from error


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
    # What is deleted is overwritten with zeros; some builds of SQLite leave it in the free space of the file.
    connection.execute("PRAGMA secure_delete = ON")
    # A mail that was marked as sent must stay so even if the power fails: wait for the disk at every commit.
    connection.execute("PRAGMA synchronous = FULL")


def _enforce_references(connection: Connection, are_enforced: bool) -> None:
    """Switch the enforcement on a connection, which is possible only outside a transaction."""
    driver = connection.connection.driver_connection
    if isinstance(driver, sqlite3.Connection):
        driver.execute(f"PRAGMA foreign_keys = {'ON' if are_enforced else 'OFF'}")


def _changed_rows(connection: Connection) -> int:
    """Return how many rows a connection has changed since it was opened."""
    driver = connection.connection.driver_connection
    return driver.total_changes if isinstance(driver, sqlite3.Connection) else 0


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))
