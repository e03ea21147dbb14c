"""`matcher backup` and `matcher restore`: one file with all that is stored, and the way back."""

from dataclasses import asdict
from pathlib import Path

import click

from matcher.cli.common import bar, chosen_settings, json_option, print_json

_PATH = click.Path(path_type=Path)


@click.command("backup")
@click.argument("file", type=_PATH)
@json_option
def backup_command(file: Path, as_json: bool) -> None:
    """Keep all that is stored as the SQLite FILE, while the service goes on.

    FILE appears when it is whole and compared row by row, and never takes the place of another. It holds everything but
    what lies beside the database in the home folder: `signing-keys`, `settings.yaml`, the outbox and a DKIM key.
    """
    from matcher.services.backup import back_up

    kept = back_up(chosen_settings().store_url, file, bar)
    rows = sum(table.rows for table in kept)
    if as_json:
        print_json({"file": str(file), "rows": rows, "tables": [asdict(table) for table in kept]})
    else:
        click.echo(f"{file}: {rows:,} rows, each the same as in the store")


@click.command("restore")
@click.argument("file", type=_PATH)
@json_option
def restore_command(file: Path, as_json: bool) -> None:
    """Put all that the backup FILE holds into the database of the settings, which must be empty.

    Stop web service and scheduler first. FILE stays as it is, and may be of an earlier version.
    """
    from matcher.services.backup import restore

    brought = restore(file, chosen_settings().store_url, bar)
    rows = sum(table.rows for table in brought)
    if as_json:
        print_json({"file": str(file), "rows": rows, "tables": [asdict(table) for table in brought]})
    else:
        click.echo(f"{rows:,} rows, each the same as in {file}; `matcher check` looks them over")
