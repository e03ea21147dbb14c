"""Evaluations as text for a terminal."""

from collections.abc import Iterator, Sequence

from matcher.services.evaluate import PRODUCT, Evaluation
from matcher.services.evaluation_summary import Means, best_baseline, means, ratio_to_one_vector
from matcher.services.measures import MAIN_MEASURE, MEASURES, Estimate

_FIRST = 24
_COLUMN = 20
_COLUMN_OF_MEANS = 8
_HEADINGS = {"RR": "MRR"}
"""The mean of reciprocal ranks goes by another name than the ranks."""


def evaluation_text(evaluation: Evaluation) -> str:
    """Return one benchmark: a row for each system, the product first."""
    heading = (
        f"{evaluation.name}: {evaluation.proposals:,} proposals ({evaluation.judged:,} measured), "
        f"{evaluation.opportunities:,} opportunities"
    )
    lines = [heading, _row("", [_HEADINGS.get(name, name) for name in MEASURES], _COLUMN)]
    for measured in evaluation.systems:
        estimates = measured.estimates
        lines.append(_row(measured.system, [_estimate(estimates.get(name)) for name in MEASURES], _COLUMN))
    return "\n".join((*lines, ""))


def summary_text(evaluations: Sequence[Evaluation]) -> str:
    """Return the means over all benchmarks, and the product's lead over the best baseline of each."""
    return "\n".join((*_mean_lines(evaluations), *_lead_lines(evaluations)))


def _mean_lines(evaluations: Sequence[Evaluation]) -> Iterator[str]:
    by_system = means(evaluations)
    judged = sum(1 for evaluation in evaluations if evaluation.judged)
    yield f"mean over {judged} {'benchmark' if judged == 1 else 'benchmarks'}"
    yield _row("", [_HEADINGS.get(name, name) for name in MEASURES], _COLUMN_OF_MEANS)
    for system, figures in by_system.items():
        yield _means_row(system, figures)
    ratio = ratio_to_one_vector(by_system)
    if ratio is not None:
        yield _means_row(f"{PRODUCT} / one-vector", ratio)


def _lead_lines(evaluations: Sequence[Evaluation]) -> Iterator[str]:
    leads = [(evaluation.name, lead) for evaluation in evaluations if (lead := best_baseline(evaluation)) is not None]
    if leads:
        yield ""
        yield f"{PRODUCT} minus the best baseline, {MAIN_MEASURE}"
    width = max((len(name) for name, _ in leads), default=0)
    for name, lead in leads:
        found = lead.differences[MAIN_MEASURE]
        yield f"  {name:{width}}  {lead.baseline:12}  {found.mean:+.3f} ({found.low:+.3f} to {found.high:+.3f})"


def _means_row(label: str, figures: Means) -> str:
    return _row(label, [f"{figures[name]:.3f}" if name in figures else "-" for name in MEASURES], _COLUMN_OF_MEANS)


def _row(label: str, cells: Sequence[str], width: int) -> str:
    return f"  {label:{_FIRST - 2}}" + " ".join(f"{cell:>{width}}" for cell in cells)


def _estimate(found: Estimate | None) -> str:
    return "-" if found is None else f"{found.mean:.3f} ({found.low:.3f}-{found.high:.3f})"
