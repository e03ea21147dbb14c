"""`matcher train`: adapt the encoder to pairs of texts that belong together."""

import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from matcher.cli.common import context

if TYPE_CHECKING:
    from matcher.embedding.training import Watch
    from matcher.services.train import Plan

_BUNDLED = Path("bundled")
_KINDS = {
    "statements": "proposals with statements that they fit",
    "passages": "two passages of one proposal",
    "notices": "proposals with notices that they fit",
    "titles": "titles with their texts",
}


def _directories(name: str, what: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return an option that takes a BEIR directory each time it is given."""
    kind = click.Path(path_type=Path)
    return click.option(name, type=kind, multiple=True, metavar="DIR", help=f"A BEIR directory {what} May be repeated.")


@click.command("train")
@_directories(
    "--statements",
    "whose opportunities are single statements, such as priorities: its labels are trained on, and passages of its "
    "proposals with one another.",
)
@_directories(
    "--notices",
    "of whole notices: the labels of those that are not held out are trained on, and the titles of all.",
)
@_directories(
    "--rankings",
    "of proposals with the challenges, programs or notices that they fit: the projection is fitted to it, as it is to "
    "--statements and --notices.",
)
@_directories("--texts", "of which only titles and texts are trained on; its proposals and labels are never read.")
@click.option(
    "--held-out",
    type=click.FloatRange(0, 1),
    default=0.5,
    show_default=True,
    metavar="SHARE",
    help="The share of the notices whose labels are held out, by the hash of their identifiers.",
)
@click.option(
    "--fold",
    type=click.Choice(["first", "second"]),
    default="first",
    show_default=True,
    help="Hold out the first SHARE of the notices, or all but that share; what one fold trains on the other holds out.",
)
@click.option(
    "--leave-out",
    multiple=True,
    metavar="WORDS",
    help="Train on no proposal that holds these words, spelled like this. May be repeated.",
)
@click.option(
    "--start-from",
    "start",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Take the low-rank matrices of the adapter in FOLDER as they are, and fit the projection alone: minutes "
    "instead of half an hour, and the extra `train` is not needed. `bundled` is the adapter that comes with matcher.",
)
@click.option("--seed", type=int, help="The seed of all chance.  [default: that of the bundled adapter]")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("adapter"),
    show_default=True,
    metavar="FOLDER",
    help="Where adapter.safetensors and adapter.json are written; the folder must hold no adapter yet.",
)
def train_command(
    statements: tuple[Path, ...],
    notices: tuple[Path, ...],
    rankings: tuple[Path, ...],
    texts: tuple[Path, ...],
    held_out: float,
    fold: str,
    leave_out: tuple[str, ...],
    start: Path | None,
    seed: int | None,
    out: Path,
) -> None:
    """Train an adapter of the encoder on benchmarks in the BEIR layout.

    Takes a GPU where there is one; two processor cores need half an hour for four thousand pairs.
    MATCHER_ADAPTER=FOLDER makes every command use the result; docs/training.md tells how the bundled one was trained.
    """
    from matcher.embedding.adapter import adapter_folder
    from matcher.services.train import Folders, plan_training, train
    from matcher.services.training_mix import SEED, Choice
    from matcher.services.training_pairs import Fold

    if not (statements or notices or texts or rankings):
        raise click.UsageError(
            "name what to train on: --statements, --notices, --rankings or --texts with a BEIR directory"
        )
    choice = Choice(held_out, Fold(fold), leave_out, SEED if seed is None else seed)
    folders = Folders(statements, notices, texts, rankings)
    plan = plan_training(folders, choice, out, start=adapter_folder() if start == _BUNDLED else start)
    click.echo(_plan_text(plan))
    with _bar() as watch:
        trained = train(plan, context().store.vectors, watch)
    if trained.rankings:
        click.echo(f"Projection fitted to {trained.rankings} rankings.")
    click.echo(f"Trained in {trained.minutes} minutes on {trained.device}; written to {out}.")
    click.echo(f"Measure it:\n  {_next_command(plan, notices)}")


def _plan_text(plan: "Plan") -> str:
    """Say how many pairs of which kind are trained on, and from which sets."""
    sets = plan.names
    if plan.start is not None:
        return f"Starting from the low-rank matrices in {plan.start}."
    sources = {
        "statements": sets["statements"],
        "passages": sets["statements"],
        "notices": sets["notices"],
        "titles": [*sets["notices"], *sets["texts"]],
    }
    lines = [f"Training on {len(plan.mix.pairs):,} pairs (seed {plan.choice.seed}):"]
    lines += [
        f"{count:8,}  {_KINDS[kind]}: {', '.join(sources[kind])}" for kind, count in plan.mix.by_kind.items() if count
    ]
    return "\n".join(lines)


@contextmanager
def _bar() -> "Iterator[Watch]":
    """Show the steps of training as a bar on standard error, where somebody watches."""
    from tqdm import tqdm

    with tqdm(desc="training", unit="batch", disable=not sys.stderr.isatty(), leave=False) as bar:

        def watch(done: int, of: int) -> None:
            bar.total = of
            bar.update(done - bar.n)

        yield watch


def _next_command(plan: "Plan", notices: tuple[Path, ...]) -> str:
    """Return the command that measures the adapter on what it was not trained on."""
    from matcher.services.training_pairs import Fold

    share = plan.choice.held_out_share
    measured = "DIRECTORY..."
    if notices and share > 0 and plan.choice.fold is Fold.FIRST:
        measured = f"{shlex.join(map(str, notices))} --held-out {share:g}"
    return f"MATCHER_ADAPTER={shlex.quote(str(plan.folder))} matcher evaluate {measured} --baselines"
