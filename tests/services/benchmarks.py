"""A little benchmark in the BEIR layout."""

import json
from pathlib import Path

CORPUS = {
    "gardens": ("School gardens", "Plant vegetable gardens at public schools."),
    "hulls": ("Hulls", "Weld titanium submarine hulls."),
    "choirs": ("Choirs", "Sing in neighborhood choirs."),
}
QUERIES = {
    "q1": ("", "We plant vegetable gardens at schools."),
    "q2": ("Choirs", "Our neighborhood choirs sing every week."),
    "empty": ("", ""),
}
JUDGEMENTS = {"q1": {"gardens": 1}, "q2": {"choirs": 1, "hulls": 0}}

Texts = dict[str, tuple[str, str]]


def write_benchmark(
    folder: Path,
    corpus: Texts = CORPUS,
    queries: Texts = QUERIES,
    judgements: dict[str, dict[str, int]] = JUDGEMENTS,
) -> Path:
    """Write identifiers with titles and texts, and grades, as a BEIR directory."""
    (folder / "qrels").mkdir(parents=True)
    for name, records in (("corpus", corpus), ("queries", queries)):
        lines = [json.dumps({"_id": key, "title": title, "text": text}) for key, (title, text) in records.items()]
        (folder / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    rows = [
        f"{query}\t{document}\t{grade}" for query, grades in judgements.items() for document, grade in grades.items()
    ]
    (folder / "qrels" / "test.tsv").write_text(
        "\n".join(["query-id\tcorpus-id\tscore", *rows]) + "\n", encoding="utf-8"
    )
    return folder
