"""`matcher submit` and `matcher matches`: proposals that are kept, and their ranked opportunities."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from matcher.cli.common import (
    all_groups_option,
    as_of_option,
    bar,
    context,
    json_option,
    organization_option,
    print_json,
    ranking_day,
    store_of,
    tell_calibration,
    tell_empty,
    top_option,
)

if TYPE_CHECKING:
    from matcher.store.records import StoredProposal
_EXIT_BAD_INPUT = 2


@click.command()
@click.argument("files", type=click.Path(path_type=Path), nargs=-1, required=True)
@organization_option
@json_option
def submit(files: tuple[Path, ...], organization: str, as_json: bool) -> None:
    """Keep the proposals in FILES and score them against the catalogue.

    A file submitted again replaces what it brought before. One that cannot be read is reported with its reason, and the
    rest goes on; the exit code is then 2.
    """
    from matcher.errors import InputRejected
    from matcher.services.submit_proposal import submit_proposal
    from matcher.text.documents import bytes_of

    house = context()
    store = store_of(house, organization)
    results: list[dict[str, object]] = []
    refused = 0
    for file in bar("submitting")(files):
        try:
            saved = submit_proposal(store, house.rescorer, house.room.proposal(bytes_of(file), file.name))
        except InputRejected as rejection:
            refused += 1
            click.echo(f"matcher: {rejection}", err=True)
            continue
        title = store.proposals.get(saved.identifier).proposal.title
        results.append({"file": str(file), "proposal_id": saved.identifier, "title": title, "outcome": saved.outcome})
        if not as_json:
            click.echo(f"{saved.identifier}  {saved.outcome:9}  {title}")
    if as_json:
        print_json({"proposals": results})
    tell_empty(house.catalogue)
    if refused:
        raise SystemExit(_EXIT_BAD_INPUT)


@click.command()
@click.argument("proposal_ids", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Show the matches of every stored proposal.")
@all_groups_option
@as_of_option
@top_option
@organization_option
@json_option
def matches(
    proposal_ids: tuple[str, ...],
    every: bool,
    all_groups: bool,
    as_of: date | None,
    top: int | None,
    organization: str,
    as_json: bool,
) -> None:
    """Show the ranked opportunities of stored proposals, each with one quoted reason."""
    from matcher.cli.text import marked_text, proposal_heading, ranking_text
    from matcher.services.ranked_matches import ranked_matches, with_reasons
    from matcher.services.views import ranking_view

    if not proposal_ids and not every:
        raise click.UsageError("name a proposal (`matcher submit` prints its id), or use --all")
    house = context()
    store = store_of(house, organization)
    day = as_of or ranking_day(house.catalogue.state().opportunities, house.settings.minimum_open)
    if not as_json:
        tell_calibration(house.scorer)
        tell_empty(house.catalogue)
    results = []
    stored = store.proposals.all() if every else [store.proposals.get(name) for name in proposal_ids]
    for entry in sorted(stored, key=_by_title):
        ranking = ranked_matches(store, house.catalogue, entry.proposal_id, day)
        chosen = (ranking.everything if all_groups else ranking.ranked)[:top]
        shown = with_reasons(store, house.catalogue, entry.proposal_id, chosen)
        if as_json:
            view = ranking_view(ranking, shown, is_calibrated=house.scorer.is_calibrated)
            results.append({"proposal_id": entry.proposal_id, **view})
            continue
        click.echo(proposal_heading(entry.proposal))
        click.echo(marked_text(ranking, shown) if all_groups else ranking_text(ranking, shown))
    if as_json:
        print_json({"proposals": results})


def _by_title(stored: "StoredProposal") -> tuple[str, str]:
    return stored.proposal.title.casefold(), stored.proposal_id
