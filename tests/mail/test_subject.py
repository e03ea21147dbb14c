from matcher.mail.rendering import render_digest
from matcher.mail.subject import SUBJECT_LIMIT
from tests.samples import LINKS, band, digest_of, plain_item

from .hostile import hostile


def subject(new: list[str], closing: list[str]) -> str:
    digest = digest_of(*map(plain_item, new), closing_soon=tuple(map(plain_item, closing)))
    return render_digest(digest, LINKS, band).subject


def test_one_match_is_named_with_its_fit() -> None:
    assert subject(["YouthBuild"], []) == "1 new match: YouthBuild (0.80)"


def test_matches_are_named_in_their_order_and_what_closes_is_counted() -> None:
    assert subject(["B", "A"], ["C"]) == "2 new matches: B (0.80), A (0.80); 1 closing soon"


def test_a_digest_of_reminders_says_so() -> None:
    assert subject([], ["Home Repair", "Gardens"]) == "2 matches closing soon: Home Repair (0.80), Gardens (0.80)"


def test_names_that_do_not_fit_are_left_out_but_counted() -> None:
    line = subject([f"Opportunity number {n}" for n in range(20)], ["C"])
    assert line.startswith("20 new matches: Opportunity number 0 (0.80), Opportunity number 1 (0.80), ")
    assert line.endswith(", …; 1 closing soon")
    assert len(line) <= SUBJECT_LIMIT


def test_the_last_name_is_shown_where_it_fits_without_an_ellipsis() -> None:
    titles = ["a" * 40, "b" * 40]
    assert subject(titles, []) == f"2 new matches: {titles[0]} (0.80), {titles[1]} (0.80)"


@hostile
def test_a_hostile_title_leaves_one_printable_line(text: str) -> None:
    line = subject([text] * 12, [text])
    assert len(line) <= SUBJECT_LIMIT
    assert len(line.splitlines()) == 1
    assert line.startswith("12 new matches: ")
    assert line.endswith("; 1 closing soon")
