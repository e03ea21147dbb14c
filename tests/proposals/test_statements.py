import re

from matcher.domain.evidence import Quote, Span
from matcher.domain.proposal import Section
from matcher.proposals.statements import applicant_pattern, statements_of

ORIGINAL = "why: >\n  Old Town Shade\n  Club (Shade) digs.\n  It plants."
SECTION = Section("Why?", "Old Town Shade Club (Shade) digs. It plants.", Span(9, len(ORIGINAL)))


def test_each_sentence_knows_its_place_in_the_original() -> None:
    first, second = statements_of([SECTION])

    assert second.text == "It plants."
    quote = first.quote(ORIGINAL)
    assert quote == Quote("Old Town Shade Club (Shade) digs.", Span(9, 44))
    assert Span(9, 44).of(ORIGINAL) == "Old Town Shade\n  Club (Shade) digs."


def test_the_applicant_is_we_its_name_and_its_short_form() -> None:
    applicant = re.compile(applicant_pattern("Old Town Shade Club, a Project of Roots", [SECTION]))

    for words in ("we dig", "We dig", "our organization digs", "Old Town Shade Club digs", "Shade digs"):
        assert applicant.match(words)
    for words in ("were", "Roots digs", "our trees", "Shades", "shade"):
        assert not applicant.match(words)
