import pytest

from matcher.notices.cost_sharing import is_cost_sharing
from tests.notices.texts import page_of


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("Match: 15% of the cost of the project.", True),
        ("There is a 40% match requirement.", True),
        ("Each grant requires a dollar-for-dollar non-Federal match.", True),
        ("Matching funds are not required; however, leveraging is required.", True),
        ("Cost sharing is waived for five years.", False),
        ("Cost sharing: no", False),
        ("Matching funds are a share of the award, not of the budget.", None),
        ("The team is a match for the task.", None),
    ],
)
def test_money_of_the_applicant_is_asked_for_or_not_or_unknown(words: str, answer: bool | None) -> None:
    found = is_cost_sharing(page_of(words))

    assert (found.value if found else None) is answer


def test_the_first_sentence_on_the_matter_decides() -> None:
    found = is_cost_sharing(page_of("A 20% match is required.\n\nNo match is needed for tribes."))

    assert found is not None
    assert found.value is True
    assert found.quote is not None
    assert found.quote.text == "A 20% match is required."
