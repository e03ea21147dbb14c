"""From similarities to a fit."""

import numpy as np
import pytest

from matcher.scoring.fusion import Fusion, Logistic, bundled_fusion, fit_of

CENTERS = (0.2, 0.1, 0.02)
SCALES = (0.1, 0.1, 0.03)
FUSION = Fusion("model", CENTERS, SCALES, Logistic((0.5, 0.5, 0.25), -1), Logistic((0.5, 0.5, 1.0), -2), addressed=0.3)


def log_odds(*similarities: float, level: Logistic = FUSION.wholes) -> float:
    return float(FUSION.log_odds(np.array(similarities, dtype=np.float32)[:, np.newaxis, np.newaxis], level)[0, 0])


def test_an_average_pair_has_only_the_odds_of_any_pair_of_its_level() -> None:
    assert log_odds(*CENTERS) == pytest.approx(-1, abs=1e-5)
    assert log_odds(*CENTERS, level=FUSION.parts) == pytest.approx(-2, abs=1e-5)


def test_each_similarity_counts_in_units_of_its_own_spread_with_the_weight_of_its_level() -> None:
    assert log_odds(0.3, 0.1, 0.02) == pytest.approx(-0.5, abs=1e-5)
    assert log_odds(0.2, 0.1, 0.05) == pytest.approx(-0.75, abs=1e-5)
    assert log_odds(0.2, 0.1, 0.05, level=FUSION.parts) == pytest.approx(-1, abs=1e-5)


def test_fits_lie_between_0_and_1_and_keep_the_order() -> None:
    fits = fit_of(np.array([-400.0, -1.0, 0.0, 400.0]))
    assert ((fits >= 0) & (fits <= 1)).all()
    assert (np.diff(fits) > 0).all()
    assert fits[2] == pytest.approx(0.5)


def test_parameters_that_do_not_pair_up_are_refused_with_the_numbers() -> None:
    with pytest.raises(ValueError, match="2 centers and 3 scales for 3 similarities"):
        Fusion("model", (0.2, 0.1), SCALES, FUSION.wholes, FUSION.parts, 0.5)
    with pytest.raises(ValueError, match="2 weights for 3 similarities"):
        Logistic((0.2, 0.1), 0)


def test_the_bundled_parameters_are_sane_and_more_of_anything_never_lowers_a_fit() -> None:
    fusion = bundled_fusion()
    assert all(weight > 0 for kind in (fusion.wholes, fusion.parts) for weight in kind.weights)
    assert all(scale > 0 for scale in fusion.scales)
    assert 0 < fusion.addressed < 1
    assert fusion.model.startswith("all-MiniLM-L6-v2+grants@")
