"""What a second stage would bring: the best fifty of each ranking ordered anew by the tokens of both texts.

    python benchmarks/quality/second_stage.py BEIR-DIRECTORY[:first|:second]...

For each token of an opportunity the closest token of the proposal is taken (MaxSim: Khattab and Zaharia 2020, ColBERT,
arXiv 2004.12832), by the token vectors of the encoder itself. The mean of these joins the log-odds, in units of what it
strays over all pairs of a set, with each of `WEIGHTS`. A row gives the nDCG@10 with each, 0 being the product, and what
one proposal takes: its ranking, its token vectors, and the second stage when all token vectors are in memory.
"""

import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
from fit_fusion import ndcg
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from tqdm import tqdm

from matcher.bootstrap import build
from matcher.domain.proposal import Proposal
from matcher.embedding.adapter import adapt_weights, adapter_folder
from matcher.embedding.bundled_model import bundled_model_folder
from matcher.scoring.layout import lay_out
from matcher.services.beir import Benchmark, read_benchmark
from matcher.services.evaluate import only_held_out
from matcher.services.training_pairs import Fold
from matcher.settings import Settings
from matcher.text.passages import passages_of_sections

WEIGHTS = (0.0, 0.25, 0.5, 1.0)
BEST = 50
_BATCH = 8

Floats = NDArray[np.float64]


class Tokens:
    """Token vectors by the encoder of the product: unit length, float16 [tokens, dimensions]."""

    def __init__(self) -> None:
        self._model = SentenceTransformer(str(bundled_model_folder()), local_files_only=True)
        adapt_weights(self._model[0].auto_model, adapter_folder())

    def of(self, texts: list[str]) -> NDArray[np.float16]:
        """Return the vectors of the tokens of all texts, one after the other, without those that open and close one."""
        found = self._model.encode(
            texts, batch_size=_BATCH, output_value="token_embeddings", convert_to_numpy=False, show_progress_bar=False
        )
        vectors = np.concatenate([each.float().cpu().numpy()[1:-1] for each in found])
        return (vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)).astype(np.float16)


def reordered(benchmark: Benchmark, scores: Floats, tokens: Tokens) -> tuple[Floats, float, float]:
    """Return the MaxSim of the best of each ranking (elsewhere -inf), and seconds to encode and to compare one."""
    places = np.argsort(-scores, axis=1, kind="stable")[:, :BEST]
    needed = {
        place: tokens.of([row.text for row in lay_out(benchmark.opportunities[place]).rows])
        for place in tqdm(np.unique(places).tolist(), desc=f"{benchmark.name}: opportunities", leave=False)
    }
    found = np.full(scores.shape, -np.inf)
    encoding = comparing = 0.0
    for number, identifier in enumerate(tqdm(benchmark.judgements, desc=benchmark.name, leave=False)):
        begun = time.process_time()
        said = tokens.of(_passages(benchmark.proposals[identifier])).astype(np.float32)
        encoded = time.process_time()
        for place in places[number]:
            found[number, place] = (needed[place].astype(np.float32) @ said.T).max(axis=1).mean()
        encoding += encoded - begun
        comparing += time.process_time() - encoded
    return found, encoding / len(scores), comparing / len(scores)


def row_of(argument: str, tokens: Tokens) -> str:
    """Return the row of one set."""
    path, _, half = argument.partition(":")
    benchmark = read_benchmark(Path(path))
    if half:
        benchmark = replace(benchmark, judgements=only_held_out(benchmark.judgements, 0.5, Fold(half)))
    scorer = build(Settings(), show_progress=True).scorer
    catalogue = scorer.catalogue(benchmark.opportunities)
    queries = scorer.encode_queries([benchmark.proposals[identifier] for identifier in benchmark.judgements])
    begun = time.process_time()
    scores = np.concatenate([scorer.ranking_scores([query], catalogue) for query in queries])
    ranking = (time.process_time() - begun) / len(scores)
    similar, encoding, comparing = reordered(benchmark, scores, tokens)
    is_best = np.isfinite(similar)
    units = np.where(is_best, (similar - similar[is_best].mean()) / similar[is_best].std(), 0.0)
    labels = np.array(
        [
            [grades.get(opportunity.opportunity_id, 0) > 0 for opportunity in benchmark.opportunities]
            for grades in benchmark.judgements.values()
        ]
    )
    # what the second stage never saw stays below all that it saw
    means = [ndcg(np.where(is_best, scores + weight * units, scores - 1e6), labels).mean() for weight in WEIGHTS]
    figures = [f"{mean:7.3f}" for mean in means] + [f"{1000 * cost:9.1f}" for cost in (ranking, encoding, comparing)]
    return f"{argument.rpartition('/')[2]:32} {' '.join(figures)}"


def _passages(proposal: Proposal) -> list[str]:
    passages = passages_of_sections(proposal.sections, proposal.text)
    return [passage.text for passage in passages] or [proposal.text]


def main(arguments: list[str]) -> None:
    """Print one row per set."""
    tokens = Tokens()
    names = [f"{weight:7}" for weight in WEIGHTS] + [f"{name:>9}" for name in ("rank ms", "encode ms", "stage ms")]
    print(f"{'set':32} {' '.join(names)}")
    for argument in arguments:
        print(row_of(argument, tokens), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
