"""What can be said about PostgreSQL without a server: that the statements are its SQL, and that they lock."""

import pytest
from sqlalchemy import Table
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from matcher.store import schema
from matcher.store.matches import guarded_write

DIALECT = postgresql.dialect()


@pytest.mark.parametrize("table", schema.metadata.sorted_tables, ids=str)
def test_every_table_and_index_can_be_made(table: Table) -> None:
    assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=DIALECT))
    for index in table.indexes:
        assert "CREATE INDEX" in str(CreateIndex(index).compile(dialect=DIALECT))


def test_a_guarded_write_locks_both_revisions_for_share() -> None:
    statement = str(guarded_write(postgresql.insert(schema.matches)).compile(dialect=DIALECT))
    assert "FROM proposals JOIN opportunities" in statement
    assert "FOR SHARE ON CONFLICT (proposal_id, opportunity_id) DO UPDATE" in " ".join(statement.split())
