"""`matcher evaluate`: how good the ranking is, on benchmarks in the BEIR layout."""

import sys
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from matcher.cli.common import bar, context, json_option, print_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matcher.bootstrap import Context
    from matcher.services.beir import Benchmark
    from matcher.services.evaluate import System
    from matcher.services.runs import Run

_EVERY_DIRECTORY = ""


class HeldOut(click.ParamType[tuple[str, float]]):
    """A share of 0 to 1, for one directory by name or for all of them: 0.5, nsf-awards-to-notices=0.5."""

    name = "[directory=]share"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, float]:  # noqa: ANN401
        """Return the directory's name (empty for all) and the share, or fail with the form that is expected."""
        directory, _, share = str(value).rpartition("=")
        try:
            number = float(share)
        except ValueError:
            number = -1.0
        if not 0 < number <= 1:
            self.fail(f"{value!r} is no share; write 0.5, or DIRECTORY=0.5 for one directory", param, ctx)
        return directory, number


@click.command("evaluate")
@click.argument("folders", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option(
    "--baselines",
    "with_baselines",
    is_flag=True,
    help="Measure BM25, TF-IDF, one vector a document, the best passage and their rank fusion too, in the same pass.",
)
@click.option(
    "--held-out",
    "shares",
    type=HeldOut(),
    multiple=True,
    help="Measure only proposals all of whose relevant opportunities belong to this share, which training left out; "
    "may be repeated.",
)
@click.option(
    "--fold",
    type=click.Choice(["first", "second"]),
    default="first",
    show_default=True,
    help="What --held-out takes: the first SHARE of the opportunities, or all but that share, as in `matcher train`.",
)
@click.option(
    "--run-out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the rankings as a TREC run; those of a baseline go to a file beside it (run.txt, run.bm25.txt).",
)
@json_option
def evaluate_command(
    folders: tuple[Path, ...],
    with_baselines: bool,
    shares: tuple[tuple[str, float], ...],
    fold: str,
    run_out: Path | None,
    as_json: bool,
) -> None:
    """Rank every proposal of each BEIR directory in FOLDERS with the product's scorer, and measure the ranking.

    Each figure is a mean over the judged proposals, followed by its 95 % confidence interval. Proposals that nobody
    judged are ranked and not measured.
    """
    from matcher.cli.evaluation_text import evaluation_text, summary_text
    from matcher.services.baselines import BASELINES
    from matcher.services.evaluate import PRODUCT, evaluate, read_benchmarks
    from matcher.services.evaluation_summary import as_json as summary_json
    from matcher.services.runs import require_writable, write_run

    benchmarks = _held_out(read_benchmarks(folders), dict(shares), fold)
    house = context()
    untouched = _untouched(house) if with_baselines else None
    evaluations = []
    with ExitStack() as stack:
        files: dict[str, TextIO] = {}
        if run_out is not None:
            require_writable(benchmarks)
            names = (PRODUCT, *BASELINES) if with_baselines else (PRODUCT,)
            files = {name: stack.enter_context(_opened(run_out, name)) for name in names}

        def keep(system: str, run: "Run") -> None:
            if system in files:
                write_run(run, system, files[system])

        for benchmark in benchmarks:
            systems = _systems(benchmark, house, untouched)
            evaluations.append(evaluate(benchmark, systems, progress=bar(benchmark.name), keep=keep))
            if not as_json:
                click.echo(evaluation_text(evaluations[-1]))
    if as_json:
        print_json(summary_json(evaluations, house.scorer.fingerprint))
    elif with_baselines or len(evaluations) > 1:
        click.echo(summary_text(evaluations))


def _systems(benchmark: "Benchmark", house: "Context", untouched: "Context | None") -> "list[System]":
    from matcher.services.baselines import Baselines
    from matcher.services.evaluate import Product

    systems: list[System] = [Product(house.scorer, benchmark.opportunities)]
    if untouched is not None:
        systems.append(Baselines(benchmark.opportunities, untouched.encoder.encode))
    return systems


def _untouched(house: "Context") -> "Context":
    """Return the same house with the model as it was published."""
    from matcher.bootstrap import build
    from matcher.embedding.bundled_model import NAME

    settings = house.settings.model_copy(update={"model": NAME})
    return build(settings, show_progress=sys.stderr.isatty())


def _held_out(benchmarks: "Iterable[Benchmark]", shares: dict[str, float], fold: str) -> "list[Benchmark]":
    """Return the benchmarks without the judgements that a share, by directory name, leaves out."""
    from matcher.services.evaluate import only_held_out
    from matcher.services.training_pairs import Fold

    kept = []
    unknown = shares.keys() - {_EVERY_DIRECTORY}
    for benchmark in benchmarks:
        share = shares.get(benchmark.name, shares.get(_EVERY_DIRECTORY))
        unknown -= {benchmark.name}
        if share is not None:
            benchmark = replace(benchmark, judgements=only_held_out(benchmark.judgements, share, Fold(fold)))
        kept.append(benchmark)
    if unknown:
        raise click.BadParameter(
            f"no directory named {', '.join(sorted(unknown))} is evaluated", param_hint="--held-out"
        )
    return kept


def _opened(run_out: Path, system: str) -> TextIO:
    """Open the file of one system's run: the product's as it was named, a baseline's beside it."""
    from matcher.errors import InputRejected
    from matcher.services.evaluate import PRODUCT

    path = run_out if system == PRODUCT else run_out.with_name(f"{run_out.stem}.{system}{run_out.suffix}")
    try:
        return path.open("w", encoding="utf-8")
    except OSError as error:
        raise InputRejected(
            f"cannot be written ({error.strerror}): name a file in a folder that exists", source=str(path)
        ) from error
