"""What several commands share: options, the context, progress and JSON."""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from matcher.domain.organization import LOCAL

if TYPE_CHECKING:
    from matcher.bootstrap import Context
    from matcher.cluster.crew import DaskCrew
    from matcher.domain.opportunity import Opportunity
    from matcher.scoring.scorer import Scorer
    from matcher.services.catalogue import CatalogueReader
    from matcher.services.import_report import ImportReport
    from matcher.services.progress import Progress
    from matcher.settings import Settings
    from matcher.store.protocol import Store


class Day(click.ParamType[date]):
    """A calendar date in the form of ISO 8601: 2026-11-22."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ANN401
        """Return `value` as a date, or fail with the form that is expected."""
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(str(value), "%Y-%m-%d").date()
        except ValueError:
            self.fail(f"{value!r} is no date; write it as 2026-11-22", param, ctx)


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
as_of_option = click.option(
    "--as-of", type=Day(), help="Judge deadlines as of this day instead of today (or of the catalogue's date)."
)
organization_option = click.option(
    "--organization",
    default=LOCAL,
    show_default=True,
    help="Act for this organization (`matcher organizations list`).",
)
all_groups_option = click.option(
    "--all-groups", is_flag=True, help="Show closed and ineligible opportunities too, marked."
)
top_option = click.option("--top", type=click.IntRange(min=1), help="Show only so many matches.")


def chosen_settings() -> "Settings":
    """Return the settings; an unusable one is told by name."""
    from pydantic import ValidationError

    from matcher.errors import InputRejected
    from matcher.settings import settings

    try:
        return settings()
    except ValidationError as error:
        problems = "; ".join(f"{'.'.join(map(str, found['loc']))}: {found['msg']}" for found in error.errors())
        raise InputRejected(f"{problems}; see docs/settings.md", source="settings") from error


def context(*, show_progress: bool = True) -> "Context":
    """Put the house together from the settings."""
    from matcher.bootstrap import build

    house = build(chosen_settings(), show_progress=show_progress and sys.stderr.isatty())
    click.get_current_context().call_on_close(house.store.close)
    return house


def store_of(house: "Context", organization_id: str) -> "Store":
    """Return the store as an organization sees it, or fail if there is no such organization."""
    return house.store.for_organization(house.store.organizations.get(organization_id).organization_id)


def ranking_day(opportunities: "list[Opportunity]", minimum_open: int) -> date:
    """Return the day to rank for when none was named, and say so if it is not today."""
    from matcher.services.catalogue import effective_date

    today = date.today()
    day = effective_date(opportunities, today, minimum_open)
    if day != today:
        click.echo(f"Too little is open today: ranked as of the catalogue's date, {day}.", err=True)
    return day


def tell_calibration(scorer: "Scorer") -> None:
    """Say so where the fits of the model in use have no meaning of their own."""
    if not scorer.is_calibrated:
        click.echo("The fits of this model keep their order but not their meaning.", err=True)


def tell_empty(catalogue: "CatalogueReader") -> None:
    """Say so where no notice is stored, and so nothing can be found."""
    if not catalogue.state().stored:
        click.echo("No notice is stored yet: `matcher import` brings some in.", err=True)


def bar(what: str) -> "Progress":
    """Return what wraps items in a progress bar on standard error, silent where nobody watches."""
    from tqdm import tqdm

    return partial(tqdm, desc=what, disable=not sys.stderr.isatty(), leave=False)


def echo_report(report: "ImportReport", what: str) -> None:
    """Print what an import did: its sum on standard output, what is wrong on standard error."""
    from matcher.services.source_views import ledger_words

    for problem in dict.fromkeys((*report.rejected, *report.errors)):
        click.echo(f"matcher: {problem}", err=True)
    if report.unmodified and not report.records:
        click.echo(f"{what}: not modified")
    else:
        click.echo(f"{what}: {ledger_words(report.ledger, datetime.now(UTC))}")


def rescore(house: "Context", crew: "DaskCrew | None" = None, *, as_json: bool) -> dict[str, int]:
    """Bring every match up to date, tell what that took unless `as_json`, and return it as named counts.

    The work is done by `crew`, or here if there is none.
    """
    encoder = crew or house.encoder
    before = encoder.encoded_count
    report = house.rescorer.rescore(crew, embedding=bar("embedding"), progress=bar("re-scoring"))
    counts = {**report.counts, "encoded": encoder.encoded_count - before}
    if not as_json:
        for line in _rescored_lines(counts):
            click.echo(line)
    return counts


def _rescored_lines(counts: dict[str, int]) -> Iterator[str]:
    if counts["encoded"]:
        yield f"embedded: {counts['embedded']:,} opportunities, {counts['encoded']:,} new texts"
    if counts["pairs"]:
        stale = f"{counts['opportunities']:,} changed opportunities, {counts['proposals']:,} changed proposals"
        yield f"re-scored: {stale}: {counts['pairs']:,} pairs, {counts['matches']:,} matches kept"


def print_json(value: object) -> None:
    """Print one JSON document to standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
