"""What may befall a process that works on a store, each made by the machine itself rather than played."""

import os
import resource
import signal
import sqlite3
from collections.abc import Callable
from pathlib import Path

import psycopg
from sqlalchemy import Connection, make_url

from tests.faults.journeys import World
from tests.faults.moments import Mishap


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


def busy(world: World, _size: int) -> Mishap:
    """Somebody else writes, and does not end; it begins at the first moment at which nobody writes."""
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


def severed(world: World, _size: int) -> Mishap:
    """The server ends every connection to the database."""
    parsed = make_url(world.url)

    def befall(_connection: Connection | None) -> bool:
        address = {"host": str(parsed.query["host"]), "user": parsed.username, "dbname": "postgres"}
        with psycopg.connect(**address, autocommit=True) as other:
            ours = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
            other.execute(ours, [parsed.database])
        return True

    return befall


MISHAPS: dict[str, Callable[[World, int], Mishap]] = {
    "killed": killed,
    "disk full": disk_full,
    "read-only": read_only,
    "busy": busy,
    "severed": severed,
}
