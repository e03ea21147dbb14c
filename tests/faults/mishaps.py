"""What may befall a process that works on a store, each made by the machine itself rather than played."""

import os
import resource
import signal
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import Connection, make_url

from tests.faults.journeys import World
from tests.faults.moments import Mishap
from tests.faults.small_disk import fill


def killed(_world: World, _size: int) -> Mishap:
    """SIGKILL."""

    def befall(_connection: Connection | None) -> bool:
        os.kill(os.getpid(), signal.SIGKILL)
        return True

    return befall


def disk_full(world: World, size: int) -> Mishap:
    """No file of this process may grow further than `size` bytes beyond the write-ahead log as it is."""

    def befall(_connection: Connection | None) -> bool:
        log = Path(f"{make_url(world.url).database}-wal")
        limit = (log.stat().st_size if log.exists() else 0) + size
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        return True

    return befall


def read_only(_world: World, _size: int) -> Mishap:
    """Every connection may only read from now on."""

    def befall(connection: Connection | None) -> bool:
        driver = connection.connection.driver_connection if connection is not None else None
        if isinstance(driver, sqlite3.Connection):
            driver.execute("PRAGMA query_only = ON")
        elif driver is not None:
            driver.execute("SET default_transaction_read_only = on")
        return False

    return befall


def file_system_full(world: World, size: int) -> Mishap:
    """The file system of the database has `size` bytes of room for all processes together."""

    def befall(_connection: Connection | None) -> bool:
        fill(_disk_of(world), size)
        return True

    return befall


def busy(world: World, _size: int) -> Mishap:
    """Somebody else holds what the process needs, and does not end."""
    return _writes(world) if make_url(world.url).get_backend_name() == "sqlite" else _locks(world)


def _writes(world: World) -> Mishap:
    """Another connection writes, from the first moment on at which nobody writes."""
    holding: list[sqlite3.Connection] = []

    def befall(_connection: Connection | None) -> bool:
        other = sqlite3.connect(str(make_url(world.url).database), timeout=0, isolation_level=None)
        try:
            other.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            other.close()
            return False
        holding.append(other)
        return True

    return befall


def _locks(world: World) -> Mishap:
    """Another session locks every table that the process has not in use itself, as VACUUM FULL does, and stays so."""
    holding: list[psycopg.Connection] = []

    def befall(_connection: Connection | None) -> bool:
        other = _session(world, str(make_url(world.url).database))
        holding.append(other)
        for (table,) in other.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall():
            lock = sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE NOWAIT").format(sql.Identifier(table))
            with suppress(psycopg.errors.LockNotAvailable), other.transaction():
                other.execute(lock)
        return True

    return befall


def severed(world: World, _size: int) -> Mishap:
    """The server ends every connection to the database."""

    def befall(_connection: Connection | None) -> bool:
        with _session(world, "postgres") as other:
            ours = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
            other.execute(ours, [make_url(world.url).database])
        return True

    return befall


def _session(world: World, database: str) -> psycopg.Connection:
    parsed = make_url(world.url)
    return psycopg.connect(host=str(parsed.query["host"]), user=parsed.username, dbname=database)


def _disk_of(world: World) -> Path:
    if world.disk is None:
        raise ValueError("this world lies on no disk of its own")
    return world.disk


MISHAPS: dict[str, Callable[[World, int], Mishap]] = {
    "killed": killed,
    "disk full": disk_full,
    "file system full": file_system_full,
    "read-only": read_only,
    "busy": busy,
    "severed": severed,
}
