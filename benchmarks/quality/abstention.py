"""Measure "nothing fits": how often a proposal that has nothing to match gets a good fit all the same.

    python benchmarks/quality/abstention.py [--proposals BEIR-DIRECTORY... --topics BEIR-DIRECTORY] [--most N]

Without arguments: recipes, contracts, source code, poems and the like against the bundled catalogue. With them: up to N
(500) proposals, drawn from the first directories, against up to N topics drawn from the last one, which must be of
another world: nonprofits against the topics of military research, say.
"""

import argparse
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from matcher.bootstrap import build
from matcher.domain.match import Band, band
from matcher.domain.proposal import Proposal
from matcher.notices.reader import read_notice
from matcher.proposals.reader import read_proposal
from matcher.scoring.catalogue import Catalogue
from matcher.scoring.scorer import Scorer
from matcher.services.beir import read_benchmark
from matcher.services.source_reading import notice_files
from matcher.settings import Settings
from matcher.text.documents import read_file

CHECKOUT = Path(__file__).parents[2]
UNRELATED = CHECKOUT / "tests" / "scoring" / "texts" / "unrelated"
SEED = 20261122
_SILENT = Proposal("Title", "", ())


def unrelated_texts() -> dict[str, Proposal]:
    """Return the texts that are no proposals, by file name."""
    return {path.name: read_proposal(read_file(path)) for path in sorted(UNRELATED.glob("*.txt"))}


def fits_of(scorer: Scorer, catalogue: Catalogue, proposals: Iterable[Proposal]) -> NDArray[np.float64]:
    """Return the fits of proposals with a catalogue: [proposals, opportunities]."""
    encoded = scorer.encode_proposal(_SILENT)  # sentences that could be quoted take long to encode, and are not needed
    queries = (scorer.encode_queries([proposal])[0] for proposal in proposals)
    return np.array([scorer.fits(replace(encoded, query=query), catalogue).opportunities for query in queries])


def summary(fits: NDArray[np.float64]) -> str:
    """Return how many pairs and how many proposals reach each band above weak, and the largest fit."""
    bands = np.vectorize(band)(fits)
    reached = []
    for name, least in (("possible", bands != Band.WEAK), ("strong", bands == Band.STRONG)):
        reached.append(f"{name} or more: {least.mean():.3%} of pairs, {least.any(axis=1).mean():.1%} of proposals")
    return f"{fits.shape[0]} proposals, {fits.shape[1]} opportunities; {'; '.join(reached)}; largest {fits.max():.2f}"


def drawn(items: list[str], most: int) -> list[str]:
    """Return up to `most` of `items`, chosen by chance but always the same ones."""
    return [str(item) for item in np.random.default_rng(SEED).permutation(sorted(items))[:most]]


def against_topics(scorer: Scorer, folders: list[Path], topics: Path, most: int) -> NDArray[np.float64]:
    """Compare proposals of some benchmarks with the topics of another one."""
    proposals = {
        f"{folder.name} {key}": one for folder in folders for key, one in read_benchmark(folder).proposals.items()
    }
    opportunities = {one.opportunity_id: one for one in read_benchmark(topics).opportunities}
    catalogue = scorer.catalogue([opportunities[key] for key in drawn(list(opportunities), most)])
    return fits_of(scorer, catalogue, (proposals[key] for key in tqdm(drawn(list(proposals), most), leave=False)))


def against_bundled(scorer: Scorer) -> NDArray[np.float64]:
    """Compare the texts that are no proposals with the bundled catalogue, and print the nearest notice of each."""
    opportunities = [read_notice(read_file(path)) for path in notice_files([CHECKOUT / "opportunities"])]
    texts = unrelated_texts()
    fits = fits_of(scorer, scorer.catalogue(opportunities), texts.values())
    for name, row in zip(texts, fits, strict=True):
        print(f"{row.max():.2f} {name:28} {opportunities[int(row.argmax())].opportunity_id}")
    return fits


def main() -> None:
    """Print the figures of one of the two comparisons."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--proposals", type=Path, nargs="+", default=[])
    parser.add_argument("--topics", type=Path)
    parser.add_argument("--most", type=int, default=500)
    chosen = parser.parse_args()
    scorer = build(Settings(), show_progress=True).scorer
    if chosen.topics:
        print(summary(against_topics(scorer, chosen.proposals, chosen.topics, chosen.most)))
    else:
        print(summary(against_bundled(scorer)))


if __name__ == "__main__":
    main()
