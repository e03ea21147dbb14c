"""`matcher sources`: where opportunities come from, and how each source fares."""

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from matcher.cli.common import bar, context, echo_report, json_option, print_json, rescore

if TYPE_CHECKING:
    from matcher.bootstrap import Context
    from matcher.domain.source import Source
    from matcher.services.sources import SourceStatus

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_DEFAULT_INTERVAL = "1d"
_EXIT_FAILED = 1


class Interval(click.ParamType[int]):
    """A length of time such as 90s, 15m, 6h or 1d, in seconds."""

    name = "interval"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:  # noqa: ANN401
        """Return `value` in seconds, or fail with the form that is expected."""
        if isinstance(value, int):
            return value
        found = re.fullmatch(r"([1-9]\d{0,6})([smhd])", str(value))
        if found is None:
            self.fail(f"{value!r} is no length of time; write it as 90s, 15m, 6h or 1d", param, ctx)
        return int(found[1]) * _SECONDS[found[2]]


@click.group(invoke_without_command=True)
@json_option
@click.pass_context
def sources(ctx: click.Context, as_json: bool) -> None:
    """Show every source with its last run: what came in, and what became of each record.

    The watched folder is a source like the others; so is every file and folder that was ever imported.
    """
    from matcher.services.source_views import status_view
    from matcher.services.sources import source_statuses

    if ctx.invoked_subcommand is not None:
        return
    statuses = source_statuses(_house().store, datetime.now(UTC))
    if as_json:
        print_json({"sources": [status_view(status) for status in statuses]})
        return
    for status in statuses:
        click.echo(_status_text(status))
    if not statuses:
        click.echo("no source yet; `matcher sources add NAME ADDRESS` adds one")


@sources.command()
@click.argument("name")
@click.argument("address")
@click.option("--every", "interval", type=Interval(), default=_DEFAULT_INTERVAL, show_default=True)
@click.option("--delay", type=click.FloatRange(min=0), default=1.0, show_default=True, help="Seconds between requests.")
@click.option("--partial", is_flag=True, help="It does not list all that it has: what is missing has not vanished.")
@click.option("--keep-closed", is_flag=True, help="Take in records whose time to apply has ended, too.")
@click.option("--interface", help="Ask ADDRESS page by page: how, docs/operating.md tells.")
@click.option("--query", help="What an interface is asked for, a JSON object; default: everything.")
def add(
    name: str,
    address: str,
    interval: int,
    delay: float,
    partial: bool,
    keep_closed: bool,
    interface: str | None,
    query: str | None,
) -> None:
    """Add the source NAME at ADDRESS: a folder, a file, an address of the web, or an interface there.

    It is looked at for the first time by the scheduler, or by `matcher sources check NAME`.
    """
    from matcher.domain.source import Source, SourceKind
    from matcher.services.sources import add_source, kind_of

    kind, place = (SourceKind.INTERFACE, address) if interface else kind_of(address)
    source = Source(
        name,
        kind,
        place,
        interval,
        delay,
        is_complete=not partial,
        keeps_closed=keep_closed,
        interface=interface,
        query=query,
    )
    add_source(_house().store, source)
    click.echo(f"added {name}: {kind} {place}")


@sources.command()
@click.argument("name")
def enable(name: str) -> None:
    """Let the scheduler look at the source NAME."""
    _enable(name, is_enabled=True)


@sources.command()
@click.argument("name")
def disable(name: str) -> None:
    """Keep the scheduler from looking at the source NAME; what it brought stays."""
    _enable(name, is_enabled=False)


@sources.command()
@click.argument("name")
def remove(name: str) -> None:
    """Forget the source NAME; what only it listed stays in the catalogue, marked as vanished."""
    from matcher.services.sources import remove_source

    remove_source(_house().store, name)
    click.echo(f"removed {name}")


@sources.command()
@click.argument("name")
@click.option("--runs", "number", type=click.IntRange(min=1), default=10, show_default=True, help="How many runs.")
@json_option
def show(name: str, number: int, as_json: bool) -> None:
    """Show the latest runs of the source NAME, and why records of the last one that read something were rejected."""
    from matcher.services.source_views import run_view, run_words

    ledger = _house().store.sources
    runs = ledger.runs(ledger.get(name).source.name, number)
    last = ledger.last_reading(name)
    rejections = [] if last is None else ledger.rejections(name, last.run_id)
    if as_json:
        told = [{"source": one.source, "line": one.line, "reason": one.reason} for one in rejections]
        print_json({
            "name": name, "total": ledger.count_runs(name), "runs": [run_view(run) for run in runs], "rejections": told,
        })  # fmt: skip
        return
    for run in runs:
        click.echo(f"{run.started_at:%Y-%m-%d %H:%M} UTC: {run.error or run_words(run)}")
    for rejection in rejections:
        place = rejection.source if rejection.line is None else f"{rejection.source}, line {rejection.line}"
        click.echo(f"rejected: {place}: {rejection.reason}")


@sources.command()
@click.argument("names", nargs=-1)
@click.option("--again", is_flag=True, help="Read even what the source says is unmodified.")
@json_option
def check(names: tuple[str, ...], again: bool, as_json: bool) -> None:
    """Import the sources NAMES now (default: every enabled one) and re-score what they change.

    A source that fails keeps what it brought before; the exit code is then 1, and the rest goes on.
    """
    from matcher.services.import_report import ImportReport

    house = _house()
    everyone = [record.source.name for record in house.store.sources.all() if record.source.is_enabled]
    total = ImportReport()
    for name in names or everyone:
        report = house.importer.run(name, again=again, progress=bar(name))
        if not as_json:
            echo_report(report, name)
        total.add(report)
    scored = rescore(house, as_json=as_json)
    if as_json:
        print_json({**total.counts, "errors": [str(error) for error in total.errors], "rescored": scored})
    if total.errors:
        raise SystemExit(_EXIT_FAILED)


def _house() -> "Context":
    """Return the house with its watched folder among the sources."""
    from matcher.services.sources import watched_source

    house = context()
    watched_source(house.store, house.settings.opportunities, house.settings.watch_seconds)
    return house


def _enable(name: str, *, is_enabled: bool) -> None:
    from matcher.services.sources import enable_source

    enable_source(_house().store, name, is_enabled=is_enabled)
    click.echo(f"{'enabled' if is_enabled else 'disabled'} {name}")


def _status_text(status: "SourceStatus") -> str:
    from matcher.services.source_views import run_words

    source, latest, success = status.source, status.latest, status.success
    lines = [f"{source.name}  ({_how_often(source)})", f"     {status.listed:,} listed; {source.kind} {source.address}"]
    if success is not None:
        lines.append(f"     last success {success.started_at:%Y-%m-%d %H:%M} UTC: {run_words(success)}")
    if latest is None:
        lines.append("     never looked at")
    elif latest.error is not None:
        lines.append(f"     failed {latest.started_at:%Y-%m-%d %H:%M} UTC: {latest.error}")
    elif latest.finished_at is None:
        lines.append(f"     running since {latest.started_at:%Y-%m-%d %H:%M} UTC, or interrupted")
    if status.is_stale:
        since = "" if status.stale_since is None else f" since {status.stale_since:%Y-%m-%d %H:%M} UTC"
        lines.append(f"     stale{since}: no success within its interval")
    if status.is_due or status.due_at is not None:
        lines.append("     due now" if status.is_due else f"     due {status.due_at:%Y-%m-%d %H:%M} UTC")
    return "\n".join(lines)


def _how_often(source: "Source") -> str:
    if source.interval_seconds is None:
        return "by hand"
    unit = next(unit for unit, seconds in reversed(_SECONDS.items()) if source.interval_seconds % seconds == 0)
    often = f"every {source.interval_seconds // _SECONDS[unit]}{unit}"
    return often if source.is_enabled else f"{often}, disabled"
