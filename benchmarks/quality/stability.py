"""Measure by how much a fit moves when a proposal says the same thing differently.

    python benchmarks/quality/stability.py [NOTICE-FOLDER]

Compares the bundled proposals, and versions of them that mean the same, with a folder of notices (the bundled one). A
row gives the mean and the largest move of a fit over the pairs that are in play, which are those that fit `IN_PLAY` or
more before or after: the thousands of pairs that never fit would make every mean look good.
"""

import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from matcher.bootstrap import build
from matcher.domain.evidence import Span
from matcher.domain.proposal import Proposal, Section
from matcher.notices.reader import read_notice
from matcher.proposals.reader import read_proposal
from matcher.scoring.catalogue import Catalogue
from matcher.scoring.scorer import Scorer
from matcher.services.source_reading import notice_files
from matcher.settings import Settings
from matcher.text.documents import read_file

CHECKOUT = Path(__file__).parents[2]
PROPOSALS = CHECKOUT / "seeds" / "proposals"
TEXTS = CHECKOUT / "tests" / "scoring" / "texts"
SEED = 20261122
IN_PLAY = 0.1
_SILENT = Proposal("Title", "", ())

Version = Callable[[Proposal], Proposal]


def with_answers(proposal: Proposal, answers: Sequence[tuple[str, str]]) -> Proposal:
    """Return the proposal with these pairs of a question and an answer as its sections, and the text made of them."""
    ends = list(accumulate(len(answer) + 1 for _, answer in answers))
    sections = tuple(
        Section(question, answer, Span(end - 1 - len(answer), end - 1))
        for (question, answer), end in zip(answers, ends, strict=True)
    )
    return replace(proposal, text="\n".join(answer for _, answer in answers), sections=sections)


def in_case(change: Callable[[str], str]) -> Version:
    """Return what changes the case of a proposal's title, questions and answers."""
    return lambda proposal: with_answers(
        replace(proposal, title=change(proposal.title)),
        [(change(section.question), change(section.answer)) for section in proposal.sections],
    )


def reordered(proposal: Proposal) -> Proposal:
    """Return the proposal with its sections in another order."""
    answers = [(section.question, section.answer) for section in proposal.sections]
    random.Random(SEED).shuffle(answers)  # noqa: S311 — an order, not a secret
    return with_answers(proposal, answers)


def with_boilerplate(proposal: Proposal) -> Proposal:
    """Return the proposal with a page of assurances at its end."""
    answers = [(section.question, section.answer) for section in proposal.sections]
    text = (TEXTS / "boilerplate.txt").read_text(encoding="utf-8")
    return with_answers(proposal, [*answers, ("Assurances and certifications", text)])


VERSIONS: dict[str, Version] = {
    "upper case": in_case(str.upper),
    "lower case": in_case(str.lower),
    "title case": in_case(str.title),
    "sections reordered": reordered,
    "a page of boilerplate": with_boilerplate,
}


def bundled_proposals() -> dict[str, Proposal]:
    """Return the bundled proposals by file name."""
    return {path.name: read_proposal(read_file(path)) for path in sorted(PROPOSALS.iterdir())}


def paraphrases(proposals: dict[str, Proposal]) -> list[tuple[Proposal, Proposal]]:
    """Return sections of `proposals` as proposals of their own, each beside its paraphrase."""
    pairs = []
    for entry in yaml.safe_load((TEXTS / "paraphrases.yaml").read_text(encoding="utf-8")):
        proposal = proposals[entry["proposal"]]
        section = next(section for section in proposal.sections if section.question == entry["question"])
        before, after = (
            with_answers(proposal, [(entry["question"], answer)]) for answer in (section.answer, entry["paraphrase"])
        )
        pairs.append((before, after))
    return pairs


def moves(scorer: Scorer, catalogue: Catalogue, pairs: Sequence[tuple[Proposal, Proposal]]) -> NDArray[np.float64]:
    """Return by how much each fit in play moves between the two versions of a proposal, over all pairs of them."""
    found = []
    encoded = scorer.encode_proposal(_SILENT)  # sentences that could be quoted take long to encode, and are not needed
    for versions in pairs:
        before, after = (
            scorer.fits(replace(encoded, query=query), catalogue).opportunities
            for query in scorer.encode_queries(versions)
        )
        found.append(np.abs(after - before)[np.maximum(before, after) >= IN_PLAY])
    return np.concatenate(found)


def main(arguments: list[str]) -> None:
    """Print one row for each way to say the same thing differently."""
    house = build(Settings(), show_progress=True)
    folder = Path(arguments[0]) if arguments else CHECKOUT / "opportunities"
    catalogue = house.scorer.catalogue([read_notice(read_file(path)) for path in notice_files([folder])])
    proposals = bundled_proposals()
    kinds = {name: [(one, change(one)) for one in proposals.values()] for name, change in VERSIONS.items()}
    print(f"{'version':28} {'proposals':>9} {'in play':>8} {'mean':>7} {'90 %':>7} {'largest':>8}")
    for name, pairs in {"paraphrase of a section": paraphrases(proposals), **kinds}.items():
        found = moves(house.scorer, catalogue, pairs)
        spread = f"{found.mean():7.3f} {np.quantile(found, 0.9):7.3f} {found.max():8.3f}"
        print(f"{name:28} {len(pairs):9} {len(found):8} {spread}")


if __name__ == "__main__":
    main(sys.argv[1:])
