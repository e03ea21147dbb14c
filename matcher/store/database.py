"""Connections: short transactions that begin the right way, and errors that say what to do next."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Table, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

from matcher.errors import InputRejected, RetryLater, Unrecoverable
from matcher.store.backend import Backend
from matcher.store.backend import Insert as Insert
from matcher.store.sqlite import SqliteBackend


class Database:
    """One database. A store that was opened before a fork must be opened again after it.

    Args:
        url: An SQLAlchemy URL of an SQLite file, with `?timeout=SECONDS` for how long to wait for another writer (30),
            or of a database of a PostgreSQL server.

    Raises:
        InputRejected: The URL is neither.
        Unrecoverable: The folder of the file can be neither found nor made, or the driver is not installed.
    """

    def __init__(self, url: str) -> None:
        self._backend = _backend(url)
        self._process = os.getpid()
        self.name = self._backend.name
        self.has_one_writer = self._backend.has_one_writer
        self.is_embedded = self._backend.is_embedded

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection that sees one unchanging state of the data.

        Raises:
            RetryLater: All connections are in use, the file is locked, or the server cannot be reached.
            Unrecoverable: The database is damaged, unreadable or full.
        """
        with self._explained(), self._backend.reader.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yield a connection that may write; commit at the end, or roll back on any exception.

        With SQLite it alone may write. With PostgreSQL others write as well, and what they commit is seen by the next
        statement.

        Raises:
            RetryLater: Another writer was in the way for too long, or all connections are in use.
            InputRejected: The database cannot hold a value.
            Unrecoverable: The database is damaged, read-only or full.
        """
        with self.writing_aside() as connection, self._backend.counting(connection):
            yield connection

    @contextmanager
    def writing_aside(self) -> Iterator[Connection]:
        """Yield a connection like that of `writing`, for what no answer is made of: the version stays as it is.

        Raises:
            RetryLater, InputRejected, Unrecoverable: As `writing` does.
        """
        with self._explained(), self._backend.writer.begin() as connection:
            yield connection

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """Yield a connection that alone may change the schema.

        Raises:
            RetryLater: Another writer was in the way for too long.
            Unrecoverable: The database is damaged, read-only or full, or a reference in it leads nowhere.
        """
        with self._explained(), self._backend.migrating() as connection:
            yield connection

    def version(self) -> int:
        """Return a number that moves whenever any process changed the data, but for what it wrote aside.

        Raises:
            RetryLater: The file is locked, or the server cannot be reached.
            Unrecoverable: The file is damaged or unreadable.
        """
        with self._explained():
            return self._backend.version()

    def insert_into(self, table: Table) -> Insert:
        """Return an INSERT that knows ON CONFLICT, in this database's dialect."""
        return self._backend.insert_into(table)

    def take_turns(self, connection: Connection, what: str) -> None:
        """Let nobody else do what is called `what` until the transaction of `connection` ends.

        Raises:
            DBAPIError: Somebody else does it for too long; `writing` explains it.
        """
        self._backend.take_turns(connection, what)

    def continue_numbering(self, connection: Connection, table: Table) -> None:
        """Let new rows of `table` be numbered from after those that were inserted with a number of their own."""
        self._backend.continue_numbering(connection, table)

    def prepare(self) -> None:
        """Make the database fit for the store.

        Raises:
            RetryLater: Another process held the file for too long, or the server cannot be reached.
            Unrecoverable: The file is damaged or read-only, or the database sorts or encodes texts in another way.
        """
        with self._explained():
            self._backend.prepare()

    def compact(self) -> None:
        """Write the database anew, without what was deleted from it.

        Raises:
            RetryLater: Others held it for too long, or the server cannot be reached.
            Unrecoverable: It is damaged or read-only, or there is no room for a copy of it.
        """
        with self._explained():
            self._backend.compact()

    def empty_log(self) -> bool:
        """Let the log hold nothing of what was overwritten in the file; return whether that could be done.

        Raises:
            RetryLater: The server cannot be reached.
            Unrecoverable: The file is damaged or read-only.
        """
        with self._explained():
            return self._backend.empty_log()

    def close(self) -> None:
        """Close all connections that are not in use."""
        self._backend.close()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        if os.getpid() != self._process:
            raise Unrecoverable(f"{self.name} was opened before a fork, which no connection survives; open it after")
        try:
            yield
        except NoConnectionLeft as error:
            raise RetryLater(f"{self.name}: all connections are in use; try again in a moment") from error
        except IntegrityError:
            raise  # a mistake of the calling code, not of the file
        except DBAPIError as error:
            raise self._backend.explanation(error.orig) from error
        except self._backend.driver_error as error:
            raise self._backend.explanation(error) from error


def _backend(url: str) -> Backend:
    meant = "write sqlite:///path/to/matcher.db or postgresql://user@host/database"
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise InputRejected(f"this is no database URL; {meant}", source=url) from error
    match parsed.get_backend_name():
        case "sqlite":
            return SqliteBackend(parsed)
        case "postgresql":
            from matcher.store.postgresql import PostgresqlBackend  # whose dialect a file needs not load

            return PostgresqlBackend(parsed)
    name = parsed.render_as_string(hide_password=True)
    raise InputRejected(f"only SQLite and PostgreSQL are supported; {meant}", source=name)
