"""`matcher organizations members`: who may sign in to the pages."""

import click

from matcher.cli.common import context, json_option, print_json


@click.group()
def members() -> None:
    """Add, list or remove the people who may sign in for an organization, by a link that is mailed to them."""


@members.command("add")
@click.argument("organization_id")
@click.argument("email_address")
@json_option
def add_command(organization_id: str, email_address: str, as_json: bool) -> None:
    """Let the reader of EMAIL_ADDRESS sign in for ORGANIZATION_ID."""
    from matcher.services.members import add_member

    added = add_member(context().store, organization_id, email_address)
    if as_json:
        print_json({"organization_id": added.organization_id, "email_address": added.email_address})
    else:
        click.echo(f"{added.email_address}: may sign in for {added.organization_id} at {_sign_in_page()}")


@members.command("list")
@click.argument("organization_id")
@json_option
def list_command(organization_id: str, as_json: bool) -> None:
    """List who may sign in for ORGANIZATION_ID."""
    from matcher.services.members import list_members

    found = list_members(context().store, organization_id)
    if as_json:
        members = [{"email_address": one.email_address, "added_at": one.added_at.isoformat()} for one in found]
        print_json({"organization_id": organization_id, "members": members})
        return
    for one in found:
        click.echo(f"{one.email_address}: since {one.added_at:%Y-%m-%d}")
    if not found:
        click.echo(f"nobody may sign in for {organization_id}; `matcher organizations members add` changes that")


@members.command("remove")
@click.argument("organization_id")
@click.argument("email_address")
@json_option
def remove_command(organization_id: str, email_address: str, as_json: bool) -> None:
    """Let the reader of EMAIL_ADDRESS sign in for ORGANIZATION_ID no more, and sign them out at once."""
    from matcher.services.members import remove_member

    remove_member(context().store, organization_id, email_address)
    if as_json:
        print_json({"organization_id": organization_id, "email_address": email_address, "removed": True})
    else:
        click.echo(f"{email_address}: signs in for {organization_id} no more")


def _sign_in_page() -> str:
    return f"{context().settings.public_url.rstrip('/')}/sign-in"
