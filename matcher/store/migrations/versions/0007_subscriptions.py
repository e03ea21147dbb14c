"""Subscriptions with consent and for a whole organization, one row for every mail, suppressions and turns of jobs."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007_subscriptions"
down_revision = "0006_kept_answers"
branch_labels = None
depends_on = None

_LOCAL = "local"
_PERIOD = ("kind", "organization_id", "email_address", "period")
_TIMESTAMP = sa.String(32)
_EVERY_PART = '["new","changed","closing","left_out"]'
_LONG_AGO = "1970-01-01T00:00:00.000000+00:00"
"""Since when the subscriptions of the first version are active: all of their occasions count."""


def upgrade() -> None:
    _create_consents_and_suppressions()
    _create_mails()
    _widen_subscriptions()
    _move_digests()
    _widen_mailed_opportunities()
    _create_reminders()
    _create_job_turns()


def _create_consents_and_suppressions() -> None:
    op.create_table(
        "consents",
        sa.Column("consent_id", sa.Integer, nullable=False),
        sa.Column("subscription_id", sa.String, nullable=False),
        sa.Column("email_address", sa.String, nullable=False),
        sa.Column("event", sa.String, nullable=False),
        sa.Column("at", _TIMESTAMP, nullable=False),
        sa.Column("means", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("consent_id", name="pk_consents"),
    )
    for column in ("subscription_id", "email_address"):
        op.create_index(f"ix_consents_{column}", "consents", [column])
    op.create_table(
        "suppressions",
        sa.Column("email_address", sa.String, nullable=False),
        sa.Column("cause", sa.String, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", _TIMESTAMP, nullable=False),
        sa.PrimaryKeyConstraint("email_address", name="pk_suppressions"),
    )


def _create_mails() -> None:
    op.create_table(
        "mails",
        sa.Column("mail_id", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("organization_id", sa.String, nullable=False),
        sa.Column("email_address", sa.String, nullable=False),
        sa.Column("period", sa.String, nullable=False),
        sa.Column("message_id", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("content", sa.Text),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("created_at", _TIMESTAMP, nullable=False),
        sa.Column("due_at", _TIMESTAMP, nullable=False),
        sa.Column("leased_until", _TIMESTAMP),
        sa.Column("holder", sa.String),
        sa.Column("sent_at", _TIMESTAMP),
        sa.PrimaryKeyConstraint("mail_id", name="pk_mails"),
        sa.UniqueConstraint(
            "kind",
            "organization_id",
            "email_address",
            "period",
            name="uq_mails_kind_organization_id_email_address_period",
        ),
        sa.UniqueConstraint("message_id", name="uq_mails_message_id"),
        _reference("mails", "organization_id", "organizations"),
    )
    op.create_index("ix_mails_open", "mails", ["state", "due_at"])
    op.create_index("ix_mails_email_address_state", "mails", ["email_address", "state"])


def _widen_subscriptions() -> None:
    new: dict[str, sa.Column[Any]] = {
        "organization_id": sa.Column("organization_id", sa.String, nullable=False, server_default=_LOCAL),
        "parts": sa.Column("parts", sa.Text, nullable=False, server_default=_EVERY_PART),
        "mails_quiet_weeks": sa.Column("mails_quiet_weeks", sa.Boolean, nullable=False, server_default=sa.false()),
        "wants_reminders": sa.Column("wants_reminders", sa.Boolean, nullable=False, server_default=sa.false()),
        "state": sa.Column("state", sa.String, nullable=False, server_default="confirmed"),
        "created_at": sa.Column("created_at", _TIMESTAMP, nullable=False, server_default=_LONG_AGO),
    }
    with op.batch_alter_table("subscriptions") as subscriptions:
        for column in new.values():
            subscriptions.add_column(column)
        subscriptions.add_column(sa.Column("active_since", _TIMESTAMP))
        subscriptions.alter_column("proposal_id", existing_type=sa.String, nullable=True)
    op.execute(
        f"UPDATE subscriptions SET active_since = '{_LONG_AGO}', email_address = lower(email_address), "  # noqa: S608
        "organization_id = (SELECT organization_id FROM proposals p WHERE p.proposal_id = subscriptions.proposal_id)"
    )
    op.execute(
        "INSERT INTO consents (subscription_id, email_address, event, at, means) "  # noqa: S608
        f"SELECT subscription_id, email_address, 'confirmed', '{_LONG_AGO}', "
        "'subscribed before subscriptions were confirmed by mail' FROM subscriptions"
    )
    # only the rows that are there take the defaults: a new one says all of it
    with op.batch_alter_table("subscriptions") as subscriptions:
        for name, column in new.items():
            subscriptions.alter_column(name, existing_type=column.type, server_default=None)
        subscriptions.create_foreign_key(
            "fk_subscriptions_organization_id",
            "organizations",
            ["organization_id"],
            ["organization_id"],
            ondelete="CASCADE",
        )
    schedule = ["state", "time_zone", "weekday", "hour", "organization_id", "email_address"]
    op.create_index("ix_subscriptions_schedule", "subscriptions", schedule)
    op.create_index("ix_subscriptions_email_address", "subscriptions", ["email_address"])
    person = ["organization_id", "email_address"]
    op.create_index("ix_subscriptions_organization_id_email_address", "subscriptions", person)


def _move_digests() -> None:
    """Keep what was sent, so that no week comes twice; what was not sent is written again as it would be now."""
    _set_aside("digests")
    op.drop_index("ix_digests_state", "first_digests")
    op.create_table(
        "digests",
        sa.Column("subscription_id", sa.String, nullable=False),
        sa.Column("week", sa.String, nullable=False),
        sa.Column("mail_id", sa.String, nullable=False),
        sa.Column("shown", sa.Text, nullable=False),
        sa.Column("decisions", sa.LargeBinary),
        sa.PrimaryKeyConstraint("subscription_id", "week", name="pk_digests"),
        _reference("digests", "subscription_id", "subscriptions"),
        _reference("digests", "mail_id", "mails"),
    )
    op.create_index("ix_digests_mail_id", "digests", ["mail_id"])
    sent = "FROM first_digests d JOIN subscriptions s USING (subscription_id) WHERE d.state = 'sent'"
    op.execute(
        "INSERT INTO mails (mail_id, kind, organization_id, email_address, period, message_id, state, attempts, "
        "created_at, due_at, sent_at) SELECT d.digest_id, 'digest', s.organization_id, s.email_address, d.week, "
        f"d.message_id, 'sent', d.attempts, d.created_at, d.created_at, d.sent_at {sent} ON CONFLICT DO NOTHING"
    )
    op.execute(
        "INSERT INTO digests (subscription_id, week, mail_id, shown) SELECT d.subscription_id, d.week, m.mail_id, '[]' "
        "FROM first_digests d JOIN subscriptions s USING (subscription_id) JOIN mails m ON m.kind = 'digest' AND "
        "m.organization_id = s.organization_id AND m.email_address = s.email_address AND m.period = d.week "
        "WHERE d.state = 'sent'"
    )
    op.drop_table("first_digests")


def _set_aside(table: str) -> None:
    """Make room for a table of the same name; in PostgreSQL the names of indexes must be free as well."""
    op.rename_table(table, f"first_{table}")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER INDEX pk_{table} RENAME TO pk_first_{table}")


def _widen_mailed_opportunities() -> None:
    _set_aside("mailed_opportunities")
    op.create_table(
        "mailed_opportunities",
        sa.Column("subscription_id", sa.String, nullable=False),
        sa.Column("proposal_id", sa.String, nullable=False),
        sa.Column("opportunity_id", sa.String, nullable=False),
        sa.Column("revision", sa.Integer),
        sa.Column("mailed_at", _TIMESTAMP, nullable=False),
        sa.PrimaryKeyConstraint("subscription_id", "proposal_id", "opportunity_id", name="pk_mailed_opportunities"),
        _reference("mailed_opportunities", "subscription_id", "subscriptions"),
    )
    op.execute(
        "INSERT INTO mailed_opportunities (subscription_id, proposal_id, opportunity_id, mailed_at) "
        "SELECT m.subscription_id, s.proposal_id, m.opportunity_id, m.mailed_at "
        "FROM first_mailed_opportunities m JOIN subscriptions s USING (subscription_id)"
    )
    op.drop_table("first_mailed_opportunities")


def _create_reminders() -> None:
    op.create_table(
        "reminders",
        sa.Column("subscription_id", sa.String, nullable=False),
        sa.Column("opportunity_id", sa.String, nullable=False),
        sa.Column("deadline", sa.Date, nullable=False),
        sa.Column("mail_id", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("subscription_id", "opportunity_id", "deadline", name="pk_reminders"),
        _reference("reminders", "subscription_id", "subscriptions"),
        _reference("reminders", "mail_id", "mails"),
    )


def _create_job_turns() -> None:
    op.create_table(
        "job_turns",
        sa.Column("name", sa.String, nullable=False),
        sa.Column("due_at", _TIMESTAMP, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("error", sa.Text),
        sa.Column("leased_until", _TIMESTAMP),
        sa.Column("holder", sa.String),
        sa.PrimaryKeyConstraint("name", name="pk_job_turns"),
    )


def _reference(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.{column}"], name=f"fk_{table}_{column}", ondelete="CASCADE")
