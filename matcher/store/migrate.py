"""Brings a database to the schema that this code knows."""

from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, make_url, text

from matcher.errors import InputRejected, Unrecoverable
from matcher.store.database import Database

if TYPE_CHECKING:
    from alembic.config import Config

_MIGRATIONS = Path(__file__).parent / "migrations"
_ONE_AT_A_TIME = Lock()  # Alembic keeps the context of a migration in module variables, shared by all threads


def head_revision() -> str:
    """Return the identifier of the newest migration: its file name.

    Raises:
        Unrecoverable: There are no migrations.
    """
    newest = max((path.stem for path in (_MIGRATIONS / "versions").glob("[0-9]*.py")), default=None)
    if newest is None:
        raise Unrecoverable(f"the migrations are missing from {_MIGRATIONS}; install matcher again")
    return newest


def is_store(database: Database) -> bool:
    """Whether a store of any revision is there already.

    Raises:
        RetryLater: Another process held the database for too long, or its server cannot be reached.
        Unrecoverable: The database is damaged or unreadable.
    """
    with database.reading() as connection:
        return current_revision(connection) is not None


def existing(url: str) -> Database:
    """Return the database at `url`, which holds a store of any revision; nothing is made or changed.

    Raises:
        InputRejected: There is no store.
        RetryLater: Another process held the database for too long, or its server cannot be reached.
        Unrecoverable: The database is damaged or unreadable.
    """
    # opening a file that is not there would make it
    if url.startswith("sqlite://") and not Path(str(make_url(url).database)).is_file():
        raise _missing(url)
    database = Database(url)
    try:
        if not is_store(database):
            raise _missing(database.name)
    except BaseException:
        database.close()
        raise
    return database


def _missing(name: str) -> InputRejected:
    return InputRejected("there is no store here; name the database that you use now", source=name)


def migrate(database: Database) -> None:
    """Apply the migrations that `database` lacks, all or none; several processes may do so at once.

    Raises:
        Unrecoverable: The database comes from a newer version of this software, or from another program.
        RetryLater: Another process held the database for too long.
    """
    with database.reading() as connection:
        is_current = current_revision(connection) == head_revision()
        if not is_current:
            _refuse_foreign(connection, database.name)
    database.prepare()
    if is_current:
        return
    from alembic import command

    with _ONE_AT_A_TIME, database.migrating() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _config() -> "Config":
    # imported here, because a database is almost always current, and every command opens it
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return config


def current_revision(connection: Connection) -> str | None:
    """Return the schema revision of the store behind `connection`; None if there is no store."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return revision


def _refuse_foreign(connection: Connection, name: str) -> None:
    from alembic.script import ScriptDirectory

    current, head = current_revision(connection), head_revision()
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if current is None and inspect(connection).get_table_names():
        raise Unrecoverable(f"{name} holds the tables of another program; choose another database")
    if current is not None and current not in known:
        raise Unrecoverable(
            f"{name} has schema revision {current}, and this version of matcher knows none beyond {head}; "
            "install the version that wrote it, or a newer one"
        )
