"""`matcher evaluate`: how good the ranking is, on benchmarks in the BEIR layout."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from matcher.cli.common import bar, context, json_option, print_json

if TYPE_CHECKING:
    from matcher.services.evaluate import Estimate


@click.command("evaluate")
@click.argument("folders", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option("--run-out", type=click.File("w", encoding="utf-8"), help="Write the rankings as a TREC run.")
@json_option
def evaluate_command(folders: tuple[Path, ...], run_out: TextIO | None, as_json: bool) -> None:
    """Rank every query of each BEIR directory in FOLDERS with the product's scorer, and measure the ranking.

    Each figure is a mean over the judged queries, followed by its 95 % confidence interval.
    """
    from matcher.services.evaluate import MEASURES, evaluate, write_run

    house = context()
    results = []
    if not as_json:
        click.echo(f"{'benchmark':36} {'queries':>8} {'corpus':>8} " + " ".join(f"{name:>20}" for name in MEASURES))
    for folder in folders:
        evaluation = evaluate(house.scorer, folder, progress=bar(folder.name))
        if run_out is not None:
            write_run(evaluation, run_out)
        results.append(
            {
                "name": evaluation.name,
                "queries": evaluation.queries,
                "opportunities": evaluation.opportunities,
                "measures": {name: asdict(found) for name, found in evaluation.measures.items()},
            }
        )
        if not as_json:
            figures = " ".join(_figure(evaluation.measures.get(name)) for name in MEASURES)
            click.echo(f"{evaluation.name:36} {evaluation.queries:8} {evaluation.opportunities:8} {figures}")
    if as_json:
        print_json({"fingerprint": house.scorer.fingerprint, "benchmarks": results})


def _figure(found: "Estimate | None") -> str:
    return f"{'-':>20}" if found is None else f"{found.mean:6.3f} ({found.low:.3f}-{found.high:.3f})"
