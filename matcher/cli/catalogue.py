"""`matcher import` and `matcher rescore`: the catalogue and what follows from it."""

from datetime import date
from pathlib import Path

import click

from matcher.cli.common import Day, bar, context, json_option, print_json

_EXIT_ALL_REJECTED = 2


@click.command("import")
@click.argument("paths", type=click.Path(path_type=Path), nargs=-1)
@click.option("--published", type=Day(), help="The day the notices were published; settles dates without a year.")
@json_option
def import_command(paths: tuple[Path, ...], published: date | None, as_json: bool) -> None:
    """Import the notices in PATHS (files and folders; default: the watched folder) and re-score what they change.

    A notice that cannot be read is reported with its file, line and reason, and the rest goes on; the exit code is 2
    only if there was nothing else.
    """
    from matcher.services.import_notices import import_notices

    house = context()
    report = import_notices(
        house.store, paths or [house.settings.opportunities], published=published, progress=bar("importing")
    )
    scored = house.rescorer.rescore(progress=bar("re-scoring"))
    if as_json:
        rejected = [
            {"source": rejection.source, "line": rejection.line, "reason": rejection.reason}
            for rejection in report.rejected
        ]
        print_json({**report.counts, "rejections": rejected, "rescored": scored.counts})
    else:
        for rejection in report.rejected:
            click.echo(f"matcher: {rejection}", err=True)
        click.echo("imported: " + ", ".join(f"{count} {outcome}" for outcome, count in report.counts.items()))
        if scored.pairs:
            click.echo(f"re-scored: {scored.pairs} pairs, {scored.matches} matches kept")
    if report.rejected and len(report.rejected) == sum(report.counts.values()):
        raise SystemExit(_EXIT_ALL_REJECTED)


@click.command()
@json_option
def rescore(as_json: bool) -> None:
    """Bring every stored match up to date: after new notices, revised proposals or a new model."""
    house = context()
    report = house.rescorer.rescore(progress=bar("re-scoring"))
    if as_json:
        print_json(report.counts)
    elif report.pairs:
        click.echo(f"re-scored: {report.pairs} pairs, {report.matches} matches kept")
    else:
        click.echo("nothing to do: every match is up to date")
