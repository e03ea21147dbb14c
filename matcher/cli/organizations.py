"""`matcher organizations` and `matcher keys`: who may use the service from elsewhere."""

from datetime import datetime
from typing import TYPE_CHECKING

import click

from matcher.cli.common import context, json_option, print_json
from matcher.cli.members import members

if TYPE_CHECKING:
    from matcher.domain.organization import ApiKey


@click.group()
def organizations() -> None:
    """Add, list or remove organizations and their members; none sees what another keeps here."""


organizations.add_command(members)


@organizations.command("add")
@click.argument("organization_id")
@click.argument("name")
@json_option
def add_command(organization_id: str, name: str, as_json: bool) -> None:
    """Add an organization: ORGANIZATION_ID for commands (lower-case letters, digits, hyphens), NAME for people."""
    from matcher.services.organizations import add_organization

    added = add_organization(context().store, organization_id, name)
    if as_json:
        print_json({"organization_id": added.organization_id, "name": added.name})
    else:
        click.echo(f"{added.organization_id}: added; `matcher keys add {added.organization_id} NAME` makes its key")


@organizations.command("list")
@json_option
def list_command(as_json: bool) -> None:
    """List every organization with its working keys and its proposals."""
    from matcher.services.organizations import list_organizations

    found = list_organizations(context().store)
    if as_json:
        print_json(
            {
                "organizations": [
                    {
                        "organization_id": one.organization.organization_id,
                        "name": one.organization.name,
                        "created_at": one.organization.created_at.isoformat(),
                        "keys": one.keys,
                        "proposals": one.proposals,
                    }
                    for one in found
                ]
            }
        )
        return
    for one in found:
        told = f"{_counted(one.keys, 'key')}, {_counted(one.proposals, 'proposal')}"
        click.echo(f"{one.organization.organization_id}  {one.organization.name}: {told}")


@organizations.command("remove")
@click.argument("organization_id")
@click.confirmation_option(prompt="Delete it with its keys, members, proposals, matches and subscriptions?")
@json_option
def remove_command(organization_id: str, as_json: bool) -> None:
    """Delete an organization with its keys, members, proposals, matches and subscriptions, for good."""
    from matcher.services.organizations import remove_organization

    remove_organization(context().store, organization_id)
    if as_json:
        print_json({"organization_id": organization_id, "removed": True})
    else:
        click.echo(f"{organization_id}: removed")


@click.group()
def keys() -> None:
    """Make, list or revoke the keys of organizations; once there is one, the service asks for keys."""


@keys.command("add")
@click.argument("organization_id")
@click.argument("name")
@click.option("--may-erase", is_flag=True, help="Let it also export and erase all that the organization keeps.")
@json_option
def add_key_command(organization_id: str, name: str, may_erase: bool, as_json: bool) -> None:
    """Make a key for ORGANIZATION_ID and show it, this once; NAME says what will use it."""
    from matcher.services.keys import issue_key

    key, text = issue_key(context().store, organization_id, name, may_erase=may_erase)
    if as_json:
        print_json({**_view(key), "key": text})
        return
    click.echo(text)
    click.echo("Keep it now: it is stored as a hash and cannot be shown again.", err=True)


@keys.command("list")
@click.argument("organization_id", required=False)
@json_option
def list_keys_command(organization_id: str | None, as_json: bool) -> None:
    """List the keys of ORGANIZATION_ID, or all: what uses each, when last, and whether it is revoked."""
    from matcher.services.keys import list_keys

    found = list_keys(context().store, organization_id)
    if as_json:
        print_json({"keys": [_view(key) for key in found]})
        return
    for key in found:
        state = f"revoked {_day(key.revoked_at)}" if key.revoked_at else f"last used {_day(key.last_used_at)}"
        state += ", may export and erase everything" if key.may_erase else ""
        click.echo(f"{key.key_id}  {key.organization_id}  {key.name}: made {_day(key.created_at)}, {state}")
    if not found:
        click.echo("no keys: the service answers on this machine alone, and asks for none")


@keys.command("revoke")
@click.argument("key_id")
@json_option
def revoke_command(key_id: str, as_json: bool) -> None:
    """Make the key KEY_ID useless, at once and for good; KEY_ID is the first part of the key."""
    from matcher.services.keys import revoke_key

    revoke_key(context().store, key_id)
    if as_json:
        print_json({"key_id": key_id, "revoked": True})
    else:
        click.echo(f"{key_id}: revoked")


def _view(key: "ApiKey") -> dict[str, object]:
    return {
        "key_id": key.key_id,
        "organization_id": key.organization_id,
        "name": key.name,
        "created_at": key.created_at.isoformat(),
        "last_used_at": None if key.last_used_at is None else key.last_used_at.isoformat(),
        "revoked_at": None if key.revoked_at is None else key.revoked_at.isoformat(),
        "may_erase": key.may_erase,
    }


def _day(moment: datetime | None) -> str:
    return "never" if moment is None else f"{moment:%Y-%m-%d}"


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"
