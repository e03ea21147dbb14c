"""The tables of members and of their sign-ins; `matcher.store.schema` has the others, and the rules."""

from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, String, Table

from matcher.store.metadata import metadata
from matcher.store.timestamps import UtcTimestamp

members = Table(
    "members",
    metadata,
    Column(
        "organization_id", String, ForeignKey("organizations.organization_id", ondelete="CASCADE"), primary_key=True
    ),
    Column("email_address", String, primary_key=True, index=True),
    Column("added_at", UtcTimestamp, nullable=False),
)

sign_ins = Table(
    # Whoever is a member no more is signed out: a sign-in that has begun refers to its member. Before that its
    # organization is null and it refers to nobody, so that a stranger's can be kept as anybody's.
    "sign_ins",
    metadata,
    Column("sign_in_id", String, primary_key=True),
    Column("email_address", String, nullable=False),
    Column("asked_at", UtcTimestamp, nullable=False, index=True),
    Column("leads_to", String, nullable=False, server_default="/"),
    Column("answered_at", UtcTimestamp),
    Column("organization_id", String),
    Column("begun_at", UtcTimestamp),
    Column("ended_at", UtcTimestamp),
    ForeignKeyConstraint(
        ["organization_id", "email_address"], ["members.organization_id", "members.email_address"], ondelete="CASCADE"
    ),
)
