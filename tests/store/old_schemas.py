"""Databases as earlier versions left them: at any schema revision, with a row in every table that it had."""

from datetime import UTC, datetime
from typing import Any

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, Table
from sqlalchemy.types import Boolean, Date, Double, Float, Integer, LargeBinary, TypeEngine

from matcher.domain.match import EligibilityFinding, Match
from matcher.domain.opportunity import Opportunity
from matcher.domain.organization import LOCAL
from matcher.domain.proposal import Proposal
from matcher.store.codec import JsonCodec, content_hash
from matcher.store.database import Database
from matcher.store.half_vectors import HalfVec
from matcher.store.migrate import _config

from .contract.builders import match, opportunity, proposal

AT = "2026-11-16T08:00:00.000000+00:00"
_DAY = datetime(2026, 11, 16, tzinfo=UTC).date()
_OPPORTUNITY = JsonCodec(Opportunity).to_json(opportunity())
_PROPOSAL = JsonCodec(Proposal).to_json(proposal())
_DOCUMENTS = {
    "opportunities": _OPPORTUNITY,
    "opportunity_revisions": _OPPORTUNITY,
    "listings": _OPPORTUNITY,
    "proposals": _PROPOSAL,
    "matches": JsonCodec(Match).to_json(match()),
}
_FINDING = JsonCodec(EligibilityFinding).to_json(match().eligibility)
_VALUES: dict[str, Any] = {
    "opportunity_id": "river-fund",
    "proposal_id": "mine",
    "organization_id": LOCAL,
    "subscription_id": "weekly",
    "mail_id": "mail",
    "digest_id": "mail",
    "message_id": "<mail@example.org>",
    "source_name": "rivers",
    "name": "rivers",
    "kind": "folder",
    "email_address": "officer@example.org",
    "time_zone": "UTC",
    "weekday": 0,
    "hour": 8,
    "minimum_fit": 0.4,
    "fit": 0.5,
    "revision": 1,
    "proposal_revision": 1,
    "opportunity_revision": 1,
    "scored_revision": 1,
    "scored_fingerprint": "scorer-1",
    "verdict": "unknown",
    "week": "2026-W47",
    "period": "2026-W47",
    "outcome": "succeeded",
    "event": "confirmed",
    "counts": "{}",
    "dropped_by_reason": "{}",
    "shown": "[]",
    "opportunity_ids": "[]",
    "parts": '["new"]',
    "interval_seconds": 60,
    "delay_seconds": 1.0,
    "occurrence": 1,
    "vanished_at": None,
    "leased_until": None,
    "holder": None,
    "revoked_at": None,
    "fetch_state": None,
    "interface": None,
    "query": None,
    "over_on": None,
    "over_because": None,
    "decisions": None,
    "previous_eligibility": None,
    "eligibility": None,
    "joined_by": "first",
}
_OF_TABLE: dict[str, dict[str, Any]] = {
    "mails": {"kind": "digest", "state": "sent"},
    "digests": {"state": "sent"},
    "subscriptions": {"state": "confirmed"},
    "matches": {"fingerprint": match().fingerprint, "eligibility": _FINDING, "priorities": "[]"},
    "vectors": {"model_id": "model", "text_hash": "a" * 64},
    "mutes": {"kind": "opportunity"},
    "feedback": {"kind": "relevant"},
    "suppressions": {"email_address": "treasurer@example.org", "cause": "bounced"},
    "deleted_proposals": {"proposal_id": "gone"},
    "rejections": {"line": 3, "reason": "no title"},
}


def revisions() -> list[str]:
    """Return every schema revision, oldest first."""
    scripts = ScriptDirectory.from_config(_config()).walk_revisions()
    return [str(script.revision) for script in reversed(list(scripts))]


def fill_at(database: Database, revision: str) -> dict[str, int]:
    """Make the schema of `revision`, put a row into every table that has none, and return how many each has then."""
    database.prepare()
    with database.migrating() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    with database.writing_aside() as connection:
        return _filled(connection)


def _filled(connection: Connection) -> dict[str, int]:
    found = MetaData()
    found.reflect(connection)
    counts = {}
    for table in found.sorted_tables:
        if table.name == "alembic_version":
            continue
        rows = len(connection.execute(table.select()).all())
        if not rows:
            connection.execute(table.insert().values(_row(table)))
        counts[table.name] = rows or 1
    return counts


def _row(table: Table) -> dict[str, Any]:
    own = _OF_TABLE.get(table.name, {})
    row = {column.name: own.get(column.name, _value(table.name, column.name, column.type)) for column in table.columns}
    if "document" in row:
        row["document"] = _DOCUMENTS[table.name]
        if "content_hash" in row:
            row["content_hash"] = content_hash(row["document"])
    return row


def _value(table: str, name: str, kind: TypeEngine[Any]) -> Any:  # noqa: ANN401 - whatever the column holds
    if name in _VALUES:
        return _VALUES[name]
    if name == "at" or name.endswith("_at") or name == "active_since":
        return AT
    for of_kind, value in (
        (Boolean, False),
        (Date, _DAY),
        (Double, 0.5),
        (Float, 0.5),
        (Integer, 1 if name.endswith("_id") else 0),
        (HalfVec, b"\x00\x3c" * 4),
        (LargeBinary, b"\x00\x3c" * 4),
    ):
        if isinstance(kind, of_kind):
            return value
    return f"{table} {name}"
