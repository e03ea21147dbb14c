"""What a match answers about itself."""

import pytest

from matcher.domain.evidence import Quote, Span
from matcher.domain.match import EligibilityFinding, Evidence, Match, PriorityFit, band
from matcher.domain.vocabulary import PriorityKind, Verdict


@pytest.mark.parametrize(
    ("fit", "word"),
    [
        (1.0, "strong"),
        (0.7, "strong"),
        (0.696, "strong"),
        (0.69, "possible"),
        (0.4, "possible"),
        (0.39, "weak"),
        (0, "weak"),
    ],
)
def test_the_band_agrees_with_the_two_decimals_that_are_shown(fit: float, word: str) -> None:
    assert band(fit) == word


def test_the_best_evidence_is_the_strongest_of_all_priorities() -> None:
    weak, strong = (Evidence(Quote(text), Quote("notice"), similarity) for text, similarity in (("a", 0.3), ("b", 0.6)))
    priorities = tuple(
        PriorityFit(key, PriorityKind.GOAL, key, 0.5, (evidence,)) for key, evidence in (("1", weak), ("2", strong))
    )
    assert Match("id", 0.5, EligibilityFinding(Verdict.UNKNOWN), "f", priorities).best_evidence is strong
    assert Match("id", 0.5, EligibilityFinding(Verdict.UNKNOWN), "f", ()).best_evidence is None


def test_a_span_that_ends_before_it_starts_names_both_numbers() -> None:
    with pytest.raises(ValueError, match="start 5 and end 3"):
        Span(5, 3)
