"""`matcher import` and `matcher rescore`: the catalogue and what follows from it."""

from datetime import date
from pathlib import Path

import click

from matcher.cli.common import Day, bar, context, echo_report, json_option, print_json, rescore

_EXIT_UNUSABLE = 2


@click.command("import")
@click.argument("paths", type=click.Path(path_type=Path), nargs=-1)
@click.option("--published", type=Day(), help="The day the notices were published; settles dates without a year.")
@click.option("--keep-closed", is_flag=True, help="Take in records of extracts whose time to apply has ended, too.")
@json_option
def import_command(paths: tuple[Path, ...], published: date | None, keep_closed: bool, as_json: bool) -> None:
    """Import PATHS (files and folders; default: the watched folder) and re-score what they change.

    A path is a notice, an extract in any known format, or a folder of these. A record that cannot be read is reported
    with its file, line and reason, and the rest goes on; the exit code is 2 only if a whole path could not be used.
    """
    from matcher.services.import_notices import import_notices
    from matcher.services.sources import watched_source

    house = context()
    watched_source(house.store, house.settings.opportunities, house.settings.watch_seconds)
    report = import_notices(
        house.store,
        paths or [house.settings.opportunities],
        published=published,
        keeps_closed=keep_closed,
        progress=bar("importing"),
    )
    if not as_json:
        echo_report(report, "imported")
    scored = rescore(house, as_json=as_json)
    if as_json:
        rejected = [
            {"source": rejection.source, "line": rejection.line, "reason": rejection.reason}
            for rejection in report.rejected
        ]
        errors = [str(error) for error in report.errors]
        print_json({**report.counts, "rejections": rejected, "errors": errors, "rescored": scored})
    if report.errors:
        raise SystemExit(_EXIT_UNUSABLE)


@click.command("rescore")
@json_option
def rescore_command(as_json: bool) -> None:
    """Bring every stored match up to date: after new notices, revised proposals or a new model."""
    scored = rescore(context(), as_json=as_json)
    if as_json:
        print_json(scored)
    elif not scored["pairs"]:
        click.echo("nothing to do: every match is up to date")
