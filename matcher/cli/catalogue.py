"""`matcher import` and `matcher rescore`: the catalogue and what follows from it."""

from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from matcher.cli.common import Day, bar, context, echo_report, json_option, print_json, rescore

if TYPE_CHECKING:
    from matcher.bootstrap import Context
    from matcher.cluster.crew import DaskCrew

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
        room=house.room,
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
@click.option("--workers", type=click.IntRange(min=1), help="Share the work among so many processes of this machine.")
@click.option(
    "--cluster", metavar="ADDRESS", help="Share it among the workers of the Dask scheduler at tcp://host:8786."
)
@json_option
def rescore_command(workers: int | None, cluster: str | None, as_json: bool) -> None:
    """Bring every stored match up to date: after new notices, revised proposals or a new model.

    One process does it, unless --workers or --cluster names more; what comes of it is the same (docs/planning.md says
    when that pays).
    """
    house = context()
    with _crew(house, workers, cluster) as crew:
        if crew is not None:
            click.echo(f"cluster: {crew.size} workers; watch them at {crew.dashboard}", err=True)
        scored = rescore(house, crew, as_json=as_json)
    if as_json:
        print_json(scored)
    elif not scored["pairs"]:
        click.echo("nothing to do: every match is up to date")


def _crew(house: "Context", workers: int | None, address: str | None) -> "AbstractContextManager[DaskCrew | None]":
    """Return who is to do the work besides this process, or nobody."""
    if workers is None and address is None:
        return nullcontext()
    if workers is not None and address is not None:
        raise click.UsageError("--workers starts a cluster on this machine, and --cluster names another; choose one")
    from matcher.errors import Unrecoverable

    try:
        from matcher.cluster.crew import crew_at, local_crew
    except ModuleNotFoundError as error:
        raise Unrecoverable(f"a cluster needs {error.name}: run `pip install 'matcher[cluster]'`") from error
    return crew_at(house, address) if address is not None else local_crew(house, workers or 1)
