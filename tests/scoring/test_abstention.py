"""Nothing fits: what is no proposal at all gets no good fit, whatever the catalogue holds."""

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.quality.abstention import fits_of, unrelated_texts
from matcher.domain.match import Band, band
from matcher.notices.reader import read_notice
from matcher.scoring.catalogue import Catalogue
from matcher.scoring.scorer import Scorer
from matcher.text.documents import read_file
from tests.conftest import CHECKOUT

pytestmark = pytest.mark.slow

TEXTS = unrelated_texts()
NEAREST = (
    "hhs-leap-in-health-it",
    "ca-permanent-local-housing-allocation",
    "ca-safe-and-affordable-drinking-water",
    "pa-nonmotorized-trails-2025",
)
"""Those of the whole catalogue that came closest to the terms of service, the lease, the warranty and the car."""


@pytest.fixture(scope="module")
def fits(real_scorer: Scorer, some_notices: Catalogue) -> NDArray[np.float64]:
    nearest = [read_notice(read_file(CHECKOUT / "opportunities" / f"{name}.yaml")) for name in NEAREST]
    catalogues = some_notices, real_scorer.catalogue(nearest)
    return np.hstack([fits_of(real_scorer, catalogue, TEXTS.values()) for catalogue in catalogues])


def test_there_are_texts_of_many_kinds_and_notices_of_many_kinds(fits: NDArray[np.float64]) -> None:
    assert fits.shape[0] >= 12
    assert fits.shape[1] >= 30


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_no_proposal_reaches_no_strong_fit(fits: NDArray[np.float64], name: str) -> None:
    best = float(fits[list(TEXTS).index(name)].max())
    assert band(best) is not Band.STRONG


def test_hardly_any_of_them_reaches_even_a_possible_one(fits: NDArray[np.float64]) -> None:
    possible = [band(float(best)) is not Band.WEAK for best in fits.max(axis=1)]
    assert sum(possible) <= 1
