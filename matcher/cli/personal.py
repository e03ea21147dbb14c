"""`matcher export` and `matcher erase`: all that is stored about an organization, a proposal, or a person."""

import click

from matcher.cli.common import context, json_option, print_json

_KIND = click.argument("kind", type=click.Choice(["organization", "proposal", "address"]))


@click.command("export")
@_KIND
@click.argument("value")
def export_command(kind: str, value: str) -> None:
    """Print all that is stored about VALUE as JSON: its rows, table by table.

    VALUE is the identifier of an organization or of a proposal, or an e-mail address.
    """
    from matcher.domain.subject import SubjectKind
    from matcher.services.personal_data import export_personal_data, subject_of

    print_json(export_personal_data(context().store, subject_of(SubjectKind(kind), value)))


@click.command("erase")
@_KIND
@click.argument("value")
@click.confirmation_option(prompt="Erase all that is stored about it, for good?")
@json_option
def erase_command(kind: str, value: str, as_json: bool) -> None:
    """Erase all that is stored about VALUE, so that the database holds no word of it any more.

    VALUE is the identifier of an organization or of a proposal, or an e-mail address. The database is written anew,
    which takes room for a copy of it, and others wait meanwhile. Backups and mails that were sent are out of reach.
    """
    from matcher.domain.subject import SubjectKind
    from matcher.services.personal_data import erase_personal_data, subject_of

    house = context()
    subject = subject_of(SubjectKind(kind), value)
    erased = erase_personal_data(house.store, subject, house.settings.outbox)
    if as_json:
        print_json({"erased": erased})
        return
    click.echo(f"{value}: erased {', '.join(f'{count:,} {name}' for name, count in erased.items())}")
