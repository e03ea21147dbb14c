"""`matcher migrate`: from one database to another."""

from dataclasses import asdict

import click

from matcher.cli.common import bar, json_option, print_json


@click.command("migrate")
@click.option("--from", "source_url", required=True, metavar="URL", help="The database that is used now.")
@click.option("--to", "target_url", required=True, metavar="URL", help="An empty database.")
@json_option
def migrate_command(source_url: str, target_url: str, as_json: bool) -> None:
    """Move an installation from one database to another, from SQLite to PostgreSQL or back.

    Stop every process first. All is copied or nothing, and both sides are compared row by row. The source stays as it
    is; set MATCHER_DATABASE_URL to the target afterwards, and keep the home folder with its keys.
    """
    from matcher.services.move_installation import move_installation

    moved = move_installation(source_url, target_url, bar)
    if as_json:
        print_json({"tables": [asdict(table) for table in moved]})
        return
    for table in moved:
        if table.rows:
            click.echo(f"{table.name}: {table.rows:,} rows, the same on both sides ({table.digest[:12]})")
    click.echo(f"moved {sum(table.rows for table in moved):,} rows; set MATCHER_DATABASE_URL to the new database")
