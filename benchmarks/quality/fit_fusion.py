"""Fit the parameters of the score, on rankings by adapters that were not trained on them.

    python benchmarks/quality/fit_fusion.py [ADAPTER=]BEIR-DIRECTORY[:first|:second]...

writes `matcher/scoring/data/fusion.json` and prints what every set reaches with weights learned from the sets of the
other funders. ADAPTER is a folder that `matcher train` wrote; without one, the bundled adapter is taken. `:first` or
`:second` keeps the proposals all of whose notices that half holds out. `docs/training.md` names the folds.

Centers and scales are medians over the sets and read no labels. The weights of wholes are those that rank all
sets best, those of parts rank the sets of statements best; slopes and intercepts follow from the same pairs.
"""

import json
import sys
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from matcher.bootstrap import build
from matcher.embedding.bundled_model import ADAPTED_NAME
from matcher.embedding.sentence_transformer import identity
from matcher.scoring.fusion import Fusion, Logistic, fit_of
from matcher.scoring.terms import spread
from matcher.services.beir import read_benchmark
from matcher.services.evaluate import only_held_out
from matcher.services.training_pairs import Fold
from matcher.settings import Settings

TARGET = Path(__file__).parents[2] / "matcher" / "scoring" / "data" / "fusion.json"
PRIOR = 0.1
"""The share of real matches among the pairs that a fit is meant for: one in ten that one looks at. Applicants name two
to six of a funder's thirty to sixty priorities, which is about that."""
STATEMENT_WORDS = 25
"""A set whose targets are shorter holds single statements, as the priorities and elements of a notice are."""
STEEPNESS_OF_WHOLES = 0.65
"""Wholes get a flatter curve than fits them best, so that the same said in other words moves a fit by less than
.05 (`stability.py`), and a proposal of another world gets no strong fit (`abstention.py`): what is lost is
only how sure a fit sounds, the order stays."""
CANDIDATES = np.array([[1.0, 1.0, lexical] for lexical in np.arange(0.2, 2.05, 0.1)])
"""The weights to choose from: the two similarities of vectors count the same, and words more or less than each.
Three free weights under a listwise loss did no better on sets that were left out."""

ADDRESSED = 0.3
"""The fit from which a part counts as addressed. On LA2050 2018 and 2019 the F1 of "the applicant named it" is flat
from 0.3 to 0.4; of what is open an applicant can say that it is done, but nobody looks at what is called done."""

Floats = NDArray[np.float64]


def ndcg(scores: Floats, labels: NDArray[np.bool_]) -> Floats:
    """Return the nDCG@10 of each proposal with binary gain; only to compare weights, `matcher evaluate` measures."""
    order = np.argsort(-scores, axis=1, kind="stable")[:, :10]
    discounts = 1 / np.log2(np.arange(2, 12))
    gains = (np.take_along_axis(labels, order, axis=1) * discounts[: order.shape[1]]).sum(axis=1)
    return np.asarray(gains / np.cumsum(discounts)[np.minimum(labels.sum(axis=1), 10) - 1])


@dataclass(frozen=True)
class Sample:
    """The judged proposals of one set.

    Similarities are [proposals, targets, 3], labels [proposals, targets], spreads of the words [proposals]; `words` is
    the median length of a target.
    """

    name: str
    similarities: Floats
    labels: NDArray[np.bool_]
    spreads: Floats
    words: int

    @property
    def holds_statements(self) -> bool:
        """Whether the targets are single statements."""
        return self.words < STATEMENT_WORDS

    @cached_property
    def gains(self) -> Floats:
        """The nDCG@10 of each proposal under each of `CANDIDATES`: [candidates, proposals]."""
        return np.asarray([ndcg(self.similarities @ weights, self.labels) for weights in CANDIDATES])

    @property
    def group(self) -> str:
        """What is held out together: all parts of one set."""
        return self.name.partition(":")[0]

    @property
    def funder(self) -> str:
        """Who judged: the years and funds of one funder are alike."""
        return self.name.partition("-")[0]


def draw(argument: str) -> Sample:
    """Compare the judged proposals of a set with all of its opportunities, as the product does."""
    adapter, _, rest = argument.rpartition("=")
    path, _, half = rest.partition(":")
    settings = Settings(adapter=Path(adapter)) if adapter else Settings()
    scorer = build(settings, show_progress=True).scorer
    benchmark = read_benchmark(Path(path))
    judgements = only_held_out(benchmark.judgements, 0.5, Fold(half)) if half else benchmark.judgements
    catalogue = scorer.catalogue(benchmark.opportunities)
    words = int(np.median([len(opportunity.text.split()) for opportunity in benchmark.opportunities]))
    similarities, labels, spreads = [], [], []
    for identifier in tqdm(judgements, desc=benchmark.name, leave=False):
        queries = scorer.encode_queries([benchmark.proposals[identifier]])
        similarities.append(scorer.similarities(queries, catalogue)[:, 0].T)
        spreads.append(spread(queries[0].terms))
        grades = judgements[identifier]
        labels.append([grades.get(opportunity.opportunity_id, 0) > 0 for opportunity in benchmark.opportunities])
    name = f"{benchmark.name}:{half}" if half else benchmark.name
    return Sample(name, np.array(similarities, dtype=np.float64), np.array(labels), np.array(spreads), words)


def standardized(samples: list[Sample]) -> tuple[Floats, Floats, list[Sample]]:
    """Return centers, scales, and the samples in units of them: medians, so that no odd set bends them."""
    centers = np.median([sample.similarities.mean(axis=(0, 1)) for sample in samples], axis=0).round(4)
    scales = np.median([sample.similarities.std(axis=(0, 1)) for sample in samples], axis=0).round(4)
    return centers, scales, [replace(one, similarities=(one.similarities - centers) / scales) for one in samples]


def learned_weights(samples: list[Sample]) -> Floats:
    """Return those of `CANDIDATES` that lean on words most among the ones that rank as well as the best.

    As well is a mean nDCG@10, every set counting the same, that lies within one standard error of the difference to
    the best (Breiman et al. 1984, "Classification and Regression Trees", 3.4.3). Where the figures cannot tell, words
    are the safer half: they owe nothing to the funders that the encoder was trained on.
    """
    names = sorted({sample.group for sample in samples})
    sets = [np.concatenate([one.gains for one in samples if one.group == name], axis=1) for name in names]
    means = np.mean([gains.mean(axis=1) for gains in sets], axis=0)
    best = int(means.argmax())
    variances = [(gains - gains[best]).var(axis=1) / gains.shape[1] for gains in sets]
    errors = np.sqrt(np.sum(variances, axis=0)) / len(sets)
    return np.asarray(CANDIDATES[np.flatnonzero(means >= means[best] - errors)[-1]])


def logistic(samples: list[Sample], weights: Floats, steepness: float = 1.0) -> Logistic:
    """Fit the logistic curve of a weighted sum by Newton's method: its slope goes into the weights.

    Args:
        samples: Of one level.
        weights: Of the sum.
        steepness: What the fitted slope is multiplied with before the intercept is fitted again.
    """
    sums = np.concatenate([(sample.similarities @ weights).ravel() for sample in samples])
    labels = np.concatenate([sample.labels.ravel() for sample in samples]).astype(float)
    mass = np.concatenate([_mass(sample) for sample in samples])
    ones = np.ones((len(sums), 1))
    slope, _ = _newton(np.column_stack([sums, ones]), np.zeros(len(sums)), labels, mass)
    slope *= steepness
    (intercept,) = _newton(ones, slope * sums, labels, mass)
    return Logistic(tuple((slope * weights).round(4).tolist()), round(float(intercept), 4))


def _newton(design: Floats, offset: Floats, labels: Floats, mass: Floats) -> Floats:
    """Return the coefficients [columns] of a logistic regression on `design` [pairs, columns] beside a fixed offset."""
    beta = np.zeros(design.shape[1])
    for _ in range(100):
        fits = fit_of(design @ beta + offset)
        curvature = (design * (mass * fits * (1 - fits))[:, np.newaxis]).T @ design
        step = np.linalg.solve(curvature, design.T @ (mass * (labels - fits)))
        beta += np.clip(step, -1, 1)  # far from the answer the curve is flat and a full step goes astray
        if np.abs(step).max() < 1e-10:
            break
    return beta


def _mass(sample: Sample) -> Floats:
    """Return the weight of each pair: every set counts the same, and real matches have the share `PRIOR`."""
    y = sample.labels.ravel()
    return np.asarray(np.where(y, PRIOR / y.sum(), (1 - PRIOR) / (~y).sum()))


def fit(samples: list[Sample], model: str) -> Fusion:
    """Return the parameters."""
    centers, scales, units = standardized(samples)
    statements = [one for one in units if one.holds_statements]
    wholes = logistic(units, learned_weights(units), STEEPNESS_OF_WHOLES)
    parts = logistic(statements, learned_weights(statements))
    return Fusion(model, tuple(centers.tolist()), tuple(scales.tolist()), wholes, parts, ADDRESSED)


def cross_validate(samples: list[Sample]) -> None:
    """Print what each sample reaches with weights learned from the other funders, and without one part."""
    _, _, units = standardized(samples)
    for held in units:
        others = [one for one in units if one.funder != held.funder]
        weights = learned_weights(others)
        found, *without = (
            ndcg(held.similarities @ (weights * keep), held.labels).mean() for keep in [np.ones(3), *(1 - np.eye(3))]
        )
        print(
            f"{held.name:36} {found:.4f} with words at {weights[2]:.1f}; "
            f"without best passages, mean, words: {' '.join(f'{value:.4f}' for value in without)}"
        )


def main(arguments: list[str]) -> None:
    """Fit the score on the sets named on the command line."""
    samples = [draw(argument) for argument in arguments]
    cross_validate(samples)
    text = json.dumps(asdict(fit(samples, identity(ADAPTED_NAME))), indent=2)
    TARGET.write_text(text + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main(sys.argv[1:])
