"""Measure what words in common are worth, every choice made on other funders than the one it is read on.

    python benchmarks/quality/words.py [ADAPTER=]BEIR-DIRECTORY[:first|:second]...

takes the arguments of `fit_fusion.py`. For the lexical cosine as it is and in units of what it strays by chance, to the
powers 1, 3/2 and 2, a row gives the nDCG@10 of each set with the share of words that the sets of the other funders
choose, and that share.
"""

import sys
from dataclasses import replace

import numpy as np
from fit_fusion import Sample, draw, learned_weights, ndcg, standardized

POWERS = (1.0, 1.5, 2.0)
AS_SHIPPED = 1.5
"""The power in which the product gives the similarity, to be undone first."""


def ways(samples: list[Sample]) -> dict[str, list[Sample]]:
    """Return the samples with their lexical similarity in each of the ways to compare."""
    found = {}
    for in_spreads in (False, True):
        for power in POWERS:
            name = f"{'in spreads' if in_spreads else 'as it is'}, power {power}"
            found[name] = standardized([_with_words(one, in_spreads, power) for one in samples])[2]
    return found


def _with_words(sample: Sample, in_spreads: bool, power: float) -> Sample:
    words = sample.similarities[..., -1] ** (1 / AS_SHIPPED)
    if not in_spreads:
        words = words * sample.spreads[:, np.newaxis]
    return replace(sample, similarities=np.dstack([sample.similarities[..., :-1], words**power]))


def left_out(samples: list[Sample]) -> list[tuple[float, float]]:
    """Return what each sample reaches with the share of words that the other funders' sets choose, and that share."""
    found = []
    for held in samples:
        weights = learned_weights([one for one in samples if one.funder != held.funder])
        found.append((float(ndcg(held.similarities @ weights, held.labels).mean()), float(weights[-1])))
    return found


def main(arguments: list[str]) -> None:
    """Print one row per way."""
    samples = [draw(argument) for argument in arguments]
    print(f"{'':24} " + " ".join(f"{one.name[:3] + one.name[-4:]:>12}" for one in samples) + "    mean")
    for name, own in ways(samples).items():
        found = left_out(own)
        cells = " ".join(f"{value:.3f} at {share:.1f}" for value, share in found)
        print(f"{name:24} {cells}  {np.mean([value for value, _ in found]):.4f}")


if __name__ == "__main__":
    main(sys.argv[1:])
