import pytest

from matcher.notices.rolling import is_rolling
from tests.notices.texts import page_of


@pytest.mark.parametrize(
    "words",
    [
        "Applications are accepted on a rolling basis.",
        "Proposals may be submitted at any time.",
        "Deadline: Ongoing",
        "There is no deadline to apply.",
        "Applications are reviewed year-round.",
        "Applications are open until all funds are spent.",
        "While proposals are accepted anytime, we encourage them by the target dates.",
    ],
)
def test_applications_at_any_time_are_rolling(words: str) -> None:
    assert is_rolling(page_of(words))


@pytest.mark.parametrize(
    "words",
    [
        "Applications are due May 1.",
        "The fund gives ongoing help to towns.",
        "An applicant may withdraw an application at any time.",
        "Applications are not accepted on a rolling basis.",
        "Stones are rolling downhill.",
    ],
)
def test_anything_else_is_not(words: str) -> None:
    assert not is_rolling(page_of(words))
