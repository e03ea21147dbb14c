"""What a sentence of a notice asks for, without the clauses that only qualify it."""

import pytest

from matcher.text.asks import core_of


@pytest.mark.parametrize(
    ("text", "core"),
    [
        (
            "train teachers in rural schools that are aligned with state standards (as defined below) for reading",
            "train teachers in rural schools",
        ),
        ("build shelters for families (see section 4)", "build shelters for families (see section 4)"),
        ("build warm shelters for homeless families (see section 4)", "build warm shelters for homeless families"),
        ("restore the wetlands of the delta, consistent with the management plan", "restore the wetlands of the delta"),
        ("serve at least ten counties pursuant to section 12 of the act", "serve at least ten counties"),
        ("increase the effectiveness of educators", "increase the effectiveness of educators"),
        ("as defined in the notice", "as defined in the notice"),
    ],
)
def test_parentheses_and_closing_qualifications_are_left_out_unless_too_little_is_left(text: str, core: str) -> None:
    assert core_of(text) == core
