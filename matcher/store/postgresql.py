"""PostgreSQL: one database that many processes on many machines share.

Readers see one snapshot. Writers run side by side under READ COMMITTED, so whatever decides by what it finds carries
its condition in the statement that writes, locks the rows that it decides by, or takes turns under a name.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from threading import Lock
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, create_engine, func, select, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql.base import ischema_names

from matcher.errors import InputRejected, MatcherError, RetryLater, Unrecoverable
from matcher.store.half_vectors import HalfVec

# what the inspector of SQLAlchemy finds in a database is compared with the schema by a test
ischema_names["halfvec"] = HalfVec

_DRIVER = "postgresql+psycopg"
_SESSION = {
    "lock_timeout": "30s",
    # no transaction of ours waits for anything outside the database, so one that is idle is of a process that hangs
    "idle_in_transaction_session_timeout": "60s",
    # a machine that lost its power must not hold locks for the two hours that the server waits by itself
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
}
_CONNECTION = {
    "application_name": "matcher",
    "client_encoding": "utf8",
    "options": " ".join(f"-c {name}={value}" for name, value in _SESSION.items()),
    "connect_timeout": 10,
    # the same the other way round: a server that lost its power is not waited for, so that another one is asked
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
_OWN_LOCKS = int.from_bytes(blake2b(b"matcher", digest_size=4).digest(), signed=True)
"""The first half of the keys of our advisory locks, apart from those of other programs in the same database."""
_CODE_POINT_ORDERS = ("C", "POSIX", "C.UTF-8", "C.utf8")
_PASSING = ("08", "53", "57P", "57014", "40", "55P03", "25006")
"""SQLSTATEs, or how they begin, of what passes: lost connections, too little of something, a server that stops or
starts, a statement that it ended, deadlocks, waits that were too long, and a standby that is not yet the primary.
https://www.postgresql.org/docs/current/errcodes-appendix.html"""
_DISK_FULL = "53100"
_COUNT = """
INSERT INTO change_counters AS counter (slot, value)
SELECT mod(pg_backend_pid(), 16), 1 WHERE pg_current_xact_id_if_assigned() IS NOT NULL
ON CONFLICT (slot) DO UPDATE SET value = counter.value + 1
"""
"""Sixteen counters, so that those who write side by side seldom wait for one another; only what wrote has a number."""
_COUNTED = "SELECT coalesce(sum(value), 0)::text, pg_postmaster_start_time()::text FROM change_counters"
_DATA = "22"
_FORGET_SAMPLES = """
SELECT format('ALTER TABLE %s ALTER COLUMN %I TYPE %s', kept.oid::regclass, attname, format_type(atttypid, atttypmod))
FROM pg_class AS kept JOIN pg_namespace AS place ON place.oid = relnamespace JOIN pg_attribute ON attrelid = kept.oid
JOIN pg_stats AS sampled USING (attname)
WHERE sampled.schemaname = nspname AND sampled.tablename = relname AND relkind = 'r' AND nspname = current_schema()
AND pg_relation_size(kept.oid) = 0
"""
"""Statements that take away samples of values from tables without any row, whose samples ANALYZE leaves as they were:
a column that is given its type, even the one that it has, loses them."""


class PostgresqlBackend:
    """A database of a PostgreSQL server; the contract is `matcher.store.backend.Backend`.

    Raises:
        Unrecoverable: The driver is not installed.
    """

    has_one_writer = False
    is_embedded = False

    def __init__(self, url: URL) -> None:
        self.name = url.render_as_string(hide_password=True)
        engine = _engine(url)
        self.reader: Engine = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        self.writer: Engine = engine.execution_options(isolation_level="READ COMMITTED", preserve_rowcount=True)
        self._watching = Lock()
        self._watcher: Any = None
        self.driver_error: type[Exception] = engine.dialect.loaded_dbapi.Error

    def prepare(self) -> None:
        """Check that texts are UTF-8 and in the order of their code points, as in Python and in SQLite."""
        described = text(
            "SELECT datcollate AS collation, pg_encoding_to_char(encoding) AS encoding, datlocprovider AS provider "
            "FROM pg_database WHERE datname = current_database()"
        )
        with self.reader.begin() as connection:
            found = connection.execute(described).one()
        if found.encoding != "UTF8" or found.collation not in _CODE_POINT_ORDERS or found.provider == "i":
            raise Unrecoverable(
                f"{self.name} has the encoding {found.encoding} and the collation {found.collation}, under which two "
                "databases would sort alike texts differently; make one with "
                "`createdb --template=template0 --encoding=UTF8 --locale=C NAME`"
            )

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """Yield a connection in whose transaction nobody else migrates."""
        with self.writer.begin() as connection:
            connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
            self.take_turns(connection, "migrate")
            yield connection

    @contextmanager
    def counting(self, connection: Connection) -> Iterator[None]:
        """Count the transaction if the server gave it a number."""
        yield
        connection.exec_driver_sql(_COUNT)

    def version(self) -> int:
        """Return a digest of the count as it is visible now.

        The start of the server is part of it: after a fail-over that lost changes the same count may come again.
        """
        with self._watching:
            try:
                visible = self._watch()
            except self.driver_error:  # the connection may be an old one, from before a fail-over
                self._let_watcher_go()
                visible = self._watch()
        return int.from_bytes(blake2b(repr(visible).encode(), digest_size=8).digest())

    def insert_into(self, table: Table) -> postgresql.Insert:
        """Return an INSERT of PostgreSQL."""
        return postgresql.insert(table)

    def take_turns(self, connection: Connection, what: str) -> None:
        """Take an advisory lock, which the end of the transaction gives back."""
        lock = text("SELECT pg_advisory_xact_lock(:ours, hashtext(:what))")
        connection.execute(lock, {"ours": _OWN_LOCKS, "what": what})

    def continue_numbering(self, connection: Connection, table: Table) -> None:
        """Set the sequence of the table, if it has one."""
        column = table.autoincrement_column
        if column is not None:
            following = select(func.coalesce(func.max(column), 0) + 1).scalar_subquery()
            sequence = func.pg_get_serial_sequence(table.name, column.name)
            connection.execute(select(func.setval(sequence, following, False)))

    def explanation(self, error: BaseException | None) -> MatcherError:
        """Tell what passes from what the caller or an administrator must change."""
        state = getattr(error, "sqlstate", None)
        told = " ".join(str(error).split())
        if state is None and _is_of_the_driver(error, "OperationalError"):
            return RetryLater(f"{self.name} cannot be reached ({told}); see that the server runs, and try again")
        if state is not None and state.startswith(_PASSING) and state != _DISK_FULL:
            return RetryLater(f"{self.name}: {told}; try again in a moment")
        if _is_of_the_driver(error, "DataError") or (state or "").startswith(_DATA):
            return InputRejected(f"the database cannot hold this value ({told}); change it", source=self.name)
        return Unrecoverable(f"{self.name}: {told}; docs/operating.md says what the server needs")

    def compact(self) -> None:
        """Write every table anew, and the samples of their values; the server's log keeps old pages for a time."""
        taken = self.reader.raw_connection()
        connection: Any = taken.driver_connection
        taken.detach()
        try:
            connection.autocommit = True  # VACUUM runs in no transaction
            connection.execute("VACUUM (FULL, ANALYZE)")
            for (statement,) in connection.execute(_FORGET_SAMPLES).fetchall():
                connection.execute(statement)
            connection.execute("VACUUM FULL pg_catalog.pg_statistic")
        finally:
            connection.close()

    def empty_log(self) -> bool:
        """Do nothing: the log is the server's, for its own safety and for standbys."""
        return False

    def close(self) -> None:
        """Close the watcher, and all connections that are not in use."""
        with self._watching:
            self._let_watcher_go()
        self.reader.dispose()

    def _watch(self) -> tuple[object, ...]:
        """Ask by a connection of its own, past SQLAlchemy: every request does so."""
        if self._watcher is None:
            taken = self.reader.raw_connection()
            self._watcher = taken.driver_connection
            taken.detach()
            self._watcher.autocommit = True
        found: tuple[object, ...] = self._watcher.execute(_COUNTED).fetchone()
        return found

    def _let_watcher_go(self) -> None:
        if self._watcher is not None:
            self._watcher.close()
            self._watcher = None


def _engine(url: URL) -> Engine:
    # what the URL asks of a session comes last, and so counts
    options = f"{_CONNECTION['options']} {url.query.get('options', '')}"
    try:
        # a connection that a fail-over broke must not cost anybody an answer, so each is tried before it is used
        return create_engine(
            url.set(drivername=_DRIVER), connect_args={**_CONNECTION, "options": options}, pool_pre_ping=True
        )
    except ImportError as error:
        raise Unrecoverable("PostgreSQL needs a driver; install it: pip install 'matcher[postgresql]'") from error


def _is_of_the_driver(error: BaseException | None, name: str) -> bool:
    """Whether `error` is of the class that PEP 249 names so; the driver itself may be missing here."""
    return any(kind.__name__ == name for kind in type(error).__mro__)
