"""A priority that is met on one page of many is found, wherever that page is; measured with the real model."""

from itertools import cycle, islice

import pytest

from benchmarks.quality.abstention import UNRELATED
from matcher.domain.evidence import Span
from matcher.domain.match import Match
from matcher.domain.proposal import Proposal, Section
from matcher.scoring.catalogue import Catalogue
from matcher.scoring.scorer import Scorer

PAGES = 24
TEXTS_A_PAGE = 3
"""Some 450 words."""
RELEVANT = (
    "We help growers of almonds and winegrapes in the valley to farm with fewer pesticides. On eleven demonstration "
    "farms, growers and scientists try out integrated pest management together: cover crops, releases of beneficial "
    "insects, mating disruption and careful scouting take the place of routine sprays. Field days and a network of "
    "neighbors spread what works, and yearly records show how much less pesticide is used and what that costs or saves."
)
TARGET = "ca-biologically-integrated-farming-2025"


def pages(relevant_at: int) -> Proposal:
    """Return a proposal of `PAGES` pages about other things, with the relevant answer at the head of one of them."""
    fillers = cycle(path.read_text(encoding="utf-8") for path in sorted(UNRELATED.glob("*.txt")))
    answers = list(islice(fillers, PAGES * TEXTS_A_PAGE))
    answers.insert(relevant_at * TEXTS_A_PAGE, RELEVANT)
    text, sections = "", []
    for answer in answers:
        sections.append(Section("", answer, Span(len(text), len(text) + len(answer))))
        text += f"{answer}\n\n"
    return Proposal("Annual report", text, tuple(sections))


@pytest.fixture(scope="module")
def catalogue(real_scorer: Scorer, some_notices: Catalogue) -> Catalogue:
    assert TARGET in [layout.opportunity.opportunity_id for layout in some_notices.layouts]
    return some_notices


@pytest.fixture(scope="module")
def found(real_scorer: Scorer, catalogue: Catalogue) -> dict[int, tuple[int, Match]]:
    """The rank of the notice that is met and its match, by the page that meets it."""
    position = [layout.opportunity.opportunity_id for layout in catalogue.layouts].index(TARGET)
    by_page = {}
    for page in (0, 8, 16, PAGES - 2):
        encoded = real_scorer.encode_proposal(pages(page))
        fits = real_scorer.fits(encoded, catalogue)
        rank = 1 + int((fits.opportunities > fits.opportunities[position]).sum())
        by_page[page] = (rank, real_scorer.explain(encoded, catalogue, position, fits))
    return by_page


def test_the_notice_that_one_page_meets_comes_first_wherever_that_page_is(found: dict[int, tuple[int, Match]]) -> None:
    assert [rank for rank, _ in found.values()] == [1] * len(found)


def test_its_fit_is_the_same_wherever_that_page_is(found: dict[int, tuple[int, Match]]) -> None:
    fits = [match.fit for _, match in found.values()]
    assert max(fits) - min(fits) < 0.01
