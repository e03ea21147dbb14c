"""How far a fit can be read as a chance: the curve of all other sets of a kind, judged on the one that is left out.

    python benchmarks/quality/calibration.py [--picture FILE] [ADAPTER=]BEIR-DIRECTORY[:first|:second]...

takes the arguments of `fit_fusion.py`, prints the expected calibration error of statements over ten bins of equal width
(Naeini et al. 2015, AAAI, "Obtaining Well Calibrated Probabilities Using Bayesian Binning") with what stands in each
bin, and draws the reliability diagram.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from fit_fusion import Floats, Sample, draw, learned_weights, logistic, standardized
from numpy.typing import NDArray

from matcher.scoring.fusion import fit_of

BINS = 10
SIZE, MARGIN = 360, 48


@dataclass(frozen=True)
class Bin:
    """The pairs whose fit lies in one tenth: how many, their mean fit, and which share of them were real matches."""

    pairs: int
    fit: float
    real: float


def left_out(samples: list[Sample]) -> tuple[Floats, NDArray[np.bool_]]:
    """Return the fit of every pair with a statement by the curve of the other sets, and whether it was real."""
    _, _, units = standardized(samples)
    statements = [one for one in units if one.holds_statements]
    fits = []
    for held in statements:
        others = [one for one in statements if one.group != held.group]
        curve = logistic(others, learned_weights(others))
        fits.append(fit_of(held.similarities @ np.array(curve.weights) + curve.intercept).ravel())
    return np.concatenate(fits), np.concatenate([one.labels.ravel() for one in statements])


def bins(fits: Floats, real: NDArray[np.bool_]) -> list[Bin]:
    """Return the ten bins, empty ones left out."""
    places = np.minimum((fits * BINS).astype(int), BINS - 1)
    return [
        Bin(int(inside.sum()), float(fits[inside].mean()), float(real[inside].mean()))
        for place in range(BINS)
        if (inside := places == place).any()
    ]


def calibration_error(found: list[Bin]) -> float:
    """Return the mean distance between fit and share of real matches, each pair counting the same."""
    return sum(one.pairs * abs(one.fit - one.real) for one in found) / sum(one.pairs for one in found)


def diagram(found: list[Bin]) -> str:
    """Return the reliability diagram as SVG: a dot per bin, as large as it has pairs; on the line, fits are chances."""

    def x(value: float) -> float:
        return MARGIN + value * SIZE

    def y(value: float) -> float:
        return MARGIN / 2 + (1 - value) * SIZE

    dots = [
        f'<circle cx="{x(one.fit):.1f}" cy="{y(one.real):.1f}" r="{3 + 2 * np.log10(one.pairs):.1f}" fill="#1f6f8b">'
        f"<title>{one.pairs} pairs: mean fit {one.fit:.2f}, real matches {one.real:.2f}</title></circle>"
        for one in found
    ]
    ticks = [
        f'<text x="{x(value):.0f}" y="{y(0) + 18:.0f}" text-anchor="middle">{value:.1f}</text>'
        f'<text x="{x(0) - 8:.0f}" y="{y(value) + 4:.0f}" text-anchor="end">{value:.1f}</text>'
        for value in np.arange(0, 1.01, 0.2)
    ]
    width, height = SIZE + 2 * MARGIN, SIZE + 2 * MARGIN
    return "\n".join(
        [
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" '
                'font-size="12" role="img" aria-label="Reliability diagram: share of real matches against fit">'
            ),
            f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
            f'<rect x="{x(0)}" y="{y(1)}" width="{SIZE}" height="{SIZE}" fill="none" stroke="#888888"/>',
            f'<line x1="{x(0)}" y1="{y(0)}" x2="{x(1)}" y2="{y(1)}" stroke="#888888" stroke-dasharray="4 4"/>',
            *ticks,
            *dots,
            f'<text x="{x(0.5)}" y="{height - 8}" text-anchor="middle">fit of a priority with a proposal</text>',
            f'<text transform="translate(14 {y(0.5)}) rotate(-90)" text-anchor="middle">share of real matches</text>',
            "</svg>",
            "",
        ]
    )


def main(arguments: list[str]) -> None:
    """Measure the sets named on the command line."""
    picture = Path(arguments[1]) if arguments[:1] == ["--picture"] else None
    found = bins(*left_out([draw(argument) for argument in arguments[2 if picture else 0 :]]))
    print(f"expected calibration error {calibration_error(found):.4f}")
    for one in found:
        print(f"{one.pairs:8,} pairs  mean fit {one.fit:.3f}  real {one.real:.3f}")
    if picture is not None:
        picture.write_text(diagram(found), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
