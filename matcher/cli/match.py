"""`matcher match`: one proposal against notices, nothing stored but vectors."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from matcher.cli.common import (
    Day,
    all_groups_option,
    as_of_option,
    context,
    json_option,
    print_json,
    ranking_day,
    tell_calibration,
    top_option,
)

if TYPE_CHECKING:
    from matcher.bootstrap import Context
    from matcher.domain.opportunity import Opportunity


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--opportunities",
    "notices",
    type=click.Path(path_type=Path),
    multiple=True,
    help="A notice, or a folder of notices, to match with; may be repeated. Default: the stored catalogue, or the "
    "bundled one while nothing is stored.",
)
@click.option("--published", type=Day(), help="The day the notices were published; settles dates without a year.")
@all_groups_option
@as_of_option
@top_option
@json_option
def match(
    file: Path,
    notices: tuple[Path, ...],
    published: date | None,
    all_groups: bool,
    as_of: date | None,
    top: int | None,
    as_json: bool,
) -> None:
    """Rank opportunities for the proposal in FILE, with reasons quoted from both sides.

    FILE may be PDF, DOCX, HTML, Markdown, text, JSON or YAML. With --opportunities exactly those are shown, closed and
    ineligible ones included and marked.
    """
    from matcher.cli.text import marked_text, proposal_heading, ranking_text
    from matcher.services.counterfactuals import with_counterfactuals
    from matcher.services.match_documents import match_opportunities
    from matcher.services.views import proposal_view, ranking_view
    from matcher.text.documents import bytes_of

    data = bytes_of(file)
    house = context()
    proposal = house.room.proposal(data, file.name)
    opportunities = _opportunities(house, notices, published)
    today = date.today() if notices else None
    day = as_of or today or ranking_day(opportunities, house.settings.minimum_open)
    ranking = match_opportunities(house.scorer, proposal, opportunities, day)
    everything = bool(notices) or all_groups
    shown = (ranking.everything if everything else ranking.ranked)[:top]
    shown = with_counterfactuals(house.scorer, proposal, shown)
    if as_json:
        view = ranking_view(ranking, shown, is_calibrated=house.scorer.is_calibrated)
        print_json({"proposal": proposal_view(proposal), **view})
        return
    tell_calibration(house.scorer)
    click.echo(proposal_heading(proposal))
    click.echo(marked_text(ranking, shown) if everything else ranking_text(ranking, shown))


def _opportunities(house: "Context", notices: tuple[Path, ...], published: date | None) -> list["Opportunity"]:
    """Return the named notices, or else the stored ones, or else the bundled ones; bad ones are told and left out."""
    from matcher.errors import InputRejected, NoticeRejected
    from matcher.services.source_reading import read_notices

    if not notices and (stored := house.catalogue.state().opportunities):
        return stored
    paths = list(notices) or [house.settings.opportunities]
    opportunities = []
    rejected: list[InputRejected] = []
    for _, outcome in read_notices(paths, house.room, published=published):
        if isinstance(outcome, InputRejected):
            rejected.append(outcome)
            click.echo(f"matcher: {outcome}", err=True)
        else:
            opportunities.append(outcome)
    if not opportunities:
        raise NoticeRejected(
            "no notice could be read; name a notice or a folder of notices with --opportunities",
            source=", ".join(map(str, paths)),
        )
    return opportunities
