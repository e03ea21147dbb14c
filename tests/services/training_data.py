"""Benchmarks that yield more pairs of every kind than training takes."""

from pathlib import Path

from tests.services.benchmarks import Texts, write_benchmark

_WORDS = ["garden", "school", "river", "child", "bridge", "choir", "harvest", "teacher", "clinic", "tool", "storm"]

STATEMENTS = ("statements-one", "statements-two", "statements-three")
NOTICES = "notices"
TEXTS = "texts"
LEFT_OUT = "Blue Heron"


def prose(seed: int, words: int) -> str:
    """Return so many words in sentences of ten, the same for the same seed."""
    chosen = [_WORDS[(seed * 7 + number * (seed % 5 + 1) + number // 3) % len(_WORDS)] for number in range(words)]
    return " ".join(f"{' '.join(chosen[start : start + 10]).capitalize()}." for start in range(0, words, 10))


def write_training_data(folder: Path) -> Path:
    """Write three benchmarks with statements, one with notices and one of texts below `folder`."""
    for number, name in enumerate(STATEMENTS):
        priorities = {f"{name}-{key}": (f"{prose(key + number, 6)} {name} {key}", "") for key in range(30)}
        proposals = 300 if number == 0 else 20
        _write(folder / name, priorities, proposals, words=190)
    notices = {f"notice-{key}": (f"Notice {key}", prose(key, 30 if key % 4 else 5)) for key in range(900)}
    _write(folder / NOTICES, notices, 500, words=40)
    texts = {f"text-{key}": (f"Program {key}", prose(key, 30)) for key in range(500)}
    _write(folder / TEXTS, texts, 1, words=20)
    return folder


def _write(folder: Path, corpus: Texts, proposals: int, words: int) -> None:
    """Write a benchmark in which each proposal fits four opportunities and not a fifth."""
    identifiers = list(corpus)
    queries, judgements = {}, {}
    for number in range(proposals):
        name = f"{folder.name}-proposal-{number}"
        mark = f" {LEFT_OUT} leads the work." if folder.name in STATEMENTS and number % 50 == 7 else ""
        queries[name] = (f"Proposal {number}", prose(number, words + number % 40) + mark)
        judgements[name] = {
            identifiers[(number * 11 + step * 13) % len(identifiers)]: int(step < 4) for step in range(5)
        }
    write_benchmark(folder, corpus, queries, judgements)
