"""Which runs found a record unusable, so that the reasons of earlier runs are kept beside those of the last."""

import sqlalchemy as sa
from alembic import op

revision = "0019_rejections_of_runs"
down_revision = "0018_bare_matches"
branch_labels = None
depends_on = None

_RUN_COLUMNS = ("first_run_id", "last_run_id")
_REJECTIONS = sa.table("rejections", *map(sa.column, ("source_name", *_RUN_COLUMNS)))
_RUNS = sa.table("source_runs", *map(sa.column, ("run_id", "source_name", "records", "outcome", "is_unmodified")))


def upgrade() -> None:
    for name in _RUN_COLUMNS:
        op.add_column("rejections", sa.Column(name, sa.Integer))
    found_by = _last_reading().where(_RUNS.c.source_name == _REJECTIONS.c.source_name).scalar_subquery()
    op.execute(sa.update(_REJECTIONS).values(dict.fromkeys(_RUN_COLUMNS, found_by)))
    op.execute(sa.delete(_REJECTIONS).where(_REJECTIONS.c.last_run_id.is_(None)))
    with op.batch_alter_table("rejections") as rejections:
        for name in _RUN_COLUMNS:
            rejections.alter_column(name, existing_type=sa.Integer, nullable=False)


def _last_reading() -> sa.Select[tuple[int]]:
    """Return the query of the last run that read something, or found that nothing is there."""
    has_succeeded = sa.and_(_RUNS.c.outcome == "succeeded", _RUNS.c.is_unmodified.is_(sa.false()))
    return sa.select(sa.func.max(_RUNS.c.run_id)).where(sa.or_(_RUNS.c.records > 0, has_succeeded))
