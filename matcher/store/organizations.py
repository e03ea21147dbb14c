"""Organizations, and what goes with them."""

from sqlalchemy import Connection, delete, func, select

from matcher.domain.organization import Organization
from matcher.errors import InputRejected, NotFound
from matcher.store import schema
from matcher.store.database import Database
from matcher.store.proposals import SqlProposals

_COLUMNS = schema.organizations.c


class SqlOrganizations:
    """The table of organizations; the contract is `matcher.store.protocol.Organizations`."""

    def __init__(self, database: Database, proposals: SqlProposals) -> None:
        self._database = database
        self._proposals = proposals

    def add(self, organization: Organization) -> None:
        """Insert the organization."""
        values = {name: getattr(organization, name) for name in _COLUMNS.keys()}  # noqa: SIM118 - no mapping
        insert = self._database.insert_into(schema.organizations).values(values)
        with self._database.writing() as connection:
            if connection.execute(insert.on_conflict_do_nothing()).rowcount == 0:
                reason = "an organization is already stored under this identifier; choose another"
                raise InputRejected(reason, source=organization.organization_id)

    def get(self, organization_id: str) -> Organization:
        """Return one organization."""
        statement = select(schema.organizations).where(_COLUMNS.organization_id == organization_id)
        with self._database.reading() as connection:
            row = connection.execute(statement).one_or_none()
        if row is None:
            raise _unknown(organization_id)
        return Organization(*row)

    def all(self) -> list[Organization]:
        """Return every organization, by identifier."""
        with self._database.reading() as connection:
            rows = connection.execute(select(schema.organizations).order_by(_COLUMNS.organization_id))
            return [Organization(*row) for row in rows]

    def proposal_counts(self) -> dict[str, int]:
        """Count the proposals of each organization that has some."""
        column = schema.proposals.c.organization_id
        with self._database.reading() as connection:
            return dict(connection.execute(select(column, func.count()).group_by(column)).all())

    def remove(self, organization_id: str) -> None:
        """Delete the row and all that refers to it; the revisions of its proposals are remembered."""
        is_meant = _COLUMNS.organization_id == organization_id
        # locked first, so that no proposal of it can come after its proposals were listed
        found = select(_COLUMNS.organization_id).where(is_meant).with_for_update()
        with self._database.writing() as connection:
            if connection.execute(found).scalar_one_or_none() is None:
                raise _unknown(organization_id)
            self._delete_proposals(connection, organization_id)
            connection.execute(delete(schema.organizations).where(is_meant))

    def _delete_proposals(self, connection: Connection, organization_id: str) -> None:
        own = schema.proposals.c.organization_id == organization_id
        for proposal_id in connection.execute(select(schema.proposals.c.proposal_id).where(own)).scalars().all():
            self._proposals.delete_in(connection, proposal_id)


def _unknown(organization_id: str) -> NotFound:
    return NotFound("no organization is stored under this identifier", source=organization_id)
