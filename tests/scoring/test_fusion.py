"""From similarities to a fit."""

import numpy as np
import pytest

from matcher.scoring.fusion import Fusion, bundled_fusion, fit_of

FUSION = Fusion("model", (0.2, 0.1, 0.02), (0.1, 0.1, 0.03), slope=0.5, intercept=-1, addressed=0.3)


def log_odds(*similarities: float) -> float:
    return float(FUSION.log_odds(np.array([similarities], dtype=np.float32))[0])


def test_an_average_pair_has_only_the_odds_of_any_pair() -> None:
    assert log_odds(0.2, 0.1, 0.02) == pytest.approx(-1, abs=1e-5)


def test_each_similarity_counts_in_units_of_its_own_spread() -> None:
    assert log_odds(0.3, 0.1, 0.02) == pytest.approx(-0.5, abs=1e-5)
    assert log_odds(0.2, 0.1, 0.05) == pytest.approx(-0.5, abs=1e-5)


def test_fits_lie_between_0_and_1_and_keep_the_order() -> None:
    fits = fit_of(np.array([-400.0, -1.0, 0.0, 400.0]))
    assert ((fits >= 0) & (fits <= 1)).all()
    assert (np.diff(fits) > 0).all()
    assert fits[2] == pytest.approx(0.5)


def test_parameters_that_do_not_pair_up_are_refused_with_the_numbers() -> None:
    with pytest.raises(ValueError, match="2 centers and 3 scales for 3 similarities"):
        Fusion("model", (0.2, 0.1), (0.1, 0.1, 0.03), 1, 0, 0.5)


def test_the_bundled_parameters_are_sane() -> None:
    fusion = bundled_fusion()
    assert fusion.slope > 0
    assert all(scale > 0 for scale in fusion.scales)
    assert 0 < fusion.addressed < 1
    assert fusion.model.startswith("all-MiniLM-L6-v2+grants@")
