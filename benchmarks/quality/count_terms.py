"""Count the background document frequencies of the lexical score.

    python benchmarks/quality/count_terms.py BEIR-DIRECTORY...

writes `matcher/scoring/data/document_frequencies.npz`. Labels are not read; of the texts only hashed counts remain.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from tqdm import tqdm

from matcher.scoring.terms import buckets_of

TARGET = Path(__file__).parents[2] / "matcher" / "scoring" / "data" / "document_frequencies.npz"
MINIMUM_COUNT = 2


def texts(folders: list[Path]) -> Iterator[str]:
    """Yield title and text of every document and query in BEIR directories."""
    for folder in folders:
        for name in ("corpus.jsonl", "queries.jsonl"):
            with (folder / name).open(encoding="utf-8") as lines:
                for line in lines:
                    record = json.loads(line)
                    yield f"{record.get('title') or ''}\n{record['text']}"


def count(documents: Iterator[str]) -> tuple[Counter[int], int]:
    """Return in how many distinct documents each bucket occurs, and how many documents there are."""
    frequencies: Counter[int] = Counter()
    distinct = set(documents)
    for document in tqdm(distinct, unit="document"):
        frequencies.update(set(buckets_of(document)))
    return frequencies, len(distinct)


def main(arguments: list[str]) -> None:
    """Count over the directories named on the command line and write the table."""
    frequencies, documents = count(texts([Path(argument) for argument in arguments]))
    kept = sorted(bucket for bucket, number in frequencies.items() if number >= MINIMUM_COUNT)
    np.savez_compressed(
        TARGET,
        buckets=np.array(kept, dtype=np.uint32),
        counts=np.array([frequencies[bucket] for bucket in kept], dtype=np.uint16),
        documents=np.int64(documents),
    )
    print(f"{documents} documents, {len(kept)} buckets, {TARGET.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main(sys.argv[1:])
