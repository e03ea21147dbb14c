"""What `matcher.store.database` leaves to each kind of database, and the statements in which the kinds agree."""

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol, TypeAlias

from sqlalchemy import Connection, Engine, Table

from matcher.errors import MatcherError

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite

Insert: TypeAlias = "sqlite.Insert | postgresql.Insert"
"""An INSERT that knows ON CONFLICT; SQLite and PostgreSQL spell it alike."""


class Backend(Protocol):
    """One kind of database."""

    name: str
    """The URL, without a password."""
    reader: Engine
    """Each transaction sees one unchanging state."""
    writer: Engine
    driver_error: type[Exception]
    """What the driver raises where SQLAlchemy is not in between."""
    has_one_writer: bool
    """Whether nobody else can write while a transaction writes, so that no row need be locked."""

    is_embedded: bool
    """Whether the data lie on this machine, so that nothing is asked over a network."""

    def prepare(self) -> None:
        """Check, outside any transaction, that the database is fit for the store, and make it so where possible.

        Raises:
            Unrecoverable: It is not, and only an administrator can change that.
        """
        ...

    def migrating(self) -> AbstractContextManager[Connection]:
        """Yield a connection that alone may change the schema, in a transaction that is committed at the end."""
        ...

    def counting(self, connection: Connection) -> AbstractContextManager[None]:
        """Count the transaction of `connection` as a change, as its last statement, unless it changes no row."""
        ...

    def version(self) -> int:
        """Return a number that moves with every transaction that was counted, whoever made it."""
        ...

    def insert_into(self, table: Table) -> Insert:
        """Return an INSERT in the dialect of the database."""
        ...

    def take_turns(self, connection: Connection, what: str) -> None:
        """Wait until nobody else does what is called `what`, and keep others from it until the transaction ends."""
        ...

    def continue_numbering(self, connection: Connection, table: Table) -> None:
        """Let new rows be numbered from after those that are there."""
        ...

    def explanation(self, error: BaseException | None) -> MatcherError:
        """Return what to raise instead of an error of the driver."""
        ...

    def compact(self) -> None:
        """Write the database anew, without what was deleted from it; others wait meanwhile.

        Raises:
            RetryLater: Others read all the time, so that the old words could not be taken away.
        """
        ...

    def empty_log(self) -> bool:
        """Let the log hold nothing of what was overwritten; return whether that could be done quickly."""
        ...

    def close(self) -> None:
        """Close all connections that are not in use."""
        ...
