"""The spread of fits: every match of a proposal is counted once, and one of them may be marked."""

from datetime import date

from matcher.domain.match import EligibilityFinding, Match
from matcher.domain.opportunity import Opportunity
from matcher.domain.vocabulary import Verdict
from matcher.services.ranking import Ranking, rank
from matcher.web.pages.pictures.spread import fit_spread
from tests.web.pages.pictures.reading import marks, read, share, words


def ranking(*fits: float, shut_out: int = 0) -> Ranking:
    """Return a ranking of these fits, the first `shut_out` of notices that shut the applicant out."""
    pairs = []
    for place, fit in enumerate(fits):
        verdict = Verdict.INELIGIBLE if place < shut_out else Verdict.UNKNOWN
        name = str(place)
        pairs.append((Opportunity(name, name, ""), Match(name, fit, EligibilityFinding(verdict), "scorer", ())))
    return rank(pairs, date(2026, 11, 22))


def test_each_match_is_counted_in_its_step_and_its_group() -> None:
    picture = fit_spread(ranking(0.9, 0.9, 0.12, 1.0, 0.0, shut_out=1), catalogue_size=7)
    rows = {row.name: tuple(row.values) for row in picture.table.rows}
    assert rows == {
        "0.95 to 1.00": ("1", "0"),
        "0.90 to 0.95": ("1", "1"),
        "0.10 to 0.15": ("1", "0"),
        "0.00 to 0.05": ("1", "0"),
        "too little to be kept": ("2", ""),
    }
    assert (len(marks(picture, "mine")), len(marks(picture, "others"))) == (4, 1)
    assert (
        picture.description
        == "Of 7 opportunities, the fit is 3 strong, 0 possible, 2 weak; 2 fit too little to be kept."
    )
    assert words(picture)[-2:] == ["0", "1"]


def test_a_fit_stands_in_the_step_of_the_decimals_that_are_shown() -> None:
    assert next(iter(fit_spread(ranking(0.6999), 1).table.rows)).name == "0.70 to 0.75"


def test_the_marked_match_stands_at_its_fit_with_its_place() -> None:
    picture = fit_spread(ranking(0.9, 0.5, 0.3), 3, marked=0.5)
    [here] = marks(picture, "here")
    assert share(here, "cx") == 50
    assert "this one, 0.50" in words(picture)
    assert picture.description.endswith("This one fits at 0.50; 1 fits better.")


def test_few_among_many_can_still_be_seen() -> None:
    picture = fit_spread(ranking(*[0.1] * 2_000, 0.9), 2_001)
    assert min(float(bar.get("height")) for bar in marks(picture, "mine")) >= 3
    assert min(float(bar.get("y")) for bar in read(picture).iter("rect")) >= 0


def test_a_proposal_without_matches_has_a_picture_that_says_so() -> None:
    assert fit_spread(ranking(), 3).description.endswith("3 fit too little to be kept.")
