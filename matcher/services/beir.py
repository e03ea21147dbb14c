"""Ranking benchmarks in the BEIR layout: a corpus of opportunities, queries that are proposals, and judgements."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from matcher.domain.evidence import Quote, Span
from matcher.domain.opportunity import Opportunity, Priority
from matcher.domain.proposal import Proposal, Section
from matcher.domain.vocabulary import PriorityKind
from matcher.errors import DocumentRejected


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One benchmark; `judgements` maps query id to corpus id to grade, `proposals` maps query id to proposal."""

    name: str
    opportunities: tuple[Opportunity, ...]
    proposals: dict[str, Proposal]
    judgements: dict[str, dict[str, int]]


def read_benchmark(folder: Path) -> Benchmark:
    """Read a BEIR directory (Thakur et al. 2021, arXiv 2104.08663): corpus.jsonl, queries.jsonl, qrels/test.tsv.

    Raises:
        DocumentRejected: A file is missing or a line is not what the layout asks for.
    """
    return Benchmark(
        name=folder.name,
        opportunities=read_opportunities(folder),
        proposals={str(record["_id"]): _proposal(record) for record in _records(folder / "queries.jsonl")},
        judgements=_judgements(folder / "qrels" / "test.tsv"),
    )


def read_opportunities(folder: Path) -> tuple[Opportunity, ...]:
    """Read the opportunities of a BEIR directory, and neither its proposals nor its judgements.

    Raises:
        DocumentRejected: corpus.jsonl is missing or one of its lines is not what the layout asks for.
    """
    return tuple(_opportunity(record) for record in _records(folder / "corpus.jsonl"))


def _records(path: Path) -> Iterator[dict[str, str]]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise DocumentRejected(
            f"cannot be read ({error.strerror}); a BEIR directory needs it", source=str(path)
        ) from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            yield {"_id": record["_id"], "title": record.get("title") or "", "text": record["text"]}
        except (ValueError, KeyError, TypeError) as error:
            raise DocumentRejected(
                "is no JSON object with `_id` and `text`; the BEIR layout has one on each line",
                source=str(path),
                line=number,
            ) from error


def _judgements(path: Path) -> dict[str, dict[str, int]]:
    judgements: dict[str, dict[str, int]] = {}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file, delimiter="\t"), start=2):
                try:
                    judgements.setdefault(row["query-id"], {})[row["corpus-id"]] = int(row["score"])
                except (KeyError, TypeError, ValueError) as error:
                    raise DocumentRejected(
                        "needs the columns query-id, corpus-id and a whole number as score",
                        source=str(path),
                        line=number,
                    ) from error
    except OSError as error:
        raise DocumentRejected(
            f"cannot be read ({error.strerror}); a BEIR directory needs it", source=str(path)
        ) from error
    return judgements


def _opportunity(record: dict[str, str]) -> Opportunity:
    text = record["text"] or record["title"]
    title = record["title"] or record["_id"]
    purpose = Priority("1", PriorityKind.PURPOSE, title, Quote(text, Span(0, len(text))))
    return Opportunity(record["_id"], title, text, priorities=(purpose,))


def _proposal(record: dict[str, str]) -> Proposal:
    text = record["text"]
    return Proposal(record["title"], text, (Section("", text, Span(0, len(text))),))
