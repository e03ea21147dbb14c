import pytest

from matcher.errors import NoticeRejected
from matcher.notices.reader import read_notice
from matcher.text.documents import Document, DocumentKind
from tests.notices.texts import YAML_NOTICE

CRITERIA = """\
selection_criteria:
  - key: need
    title: Need for shade
    text: >-
      How hot the yard is,
      and who plays in it.
    points: 30
  - key: cost
    title: Cost
activities:
  - planting of trees
  - lessons
exclusions:
  - fences
"""


def document(more: str) -> Document:
    return Document("notice.yaml", DocumentKind.YAML, YAML_NOTICE + more)


def test_criteria_activities_and_exclusions_are_read_with_their_places() -> None:
    notice = read_notice(document(CRITERIA))
    need, cost = notice.selection_criteria

    assert (need.key, need.title, need.points) == ("need", "Need for shade", 30)
    assert need.quote.text == "How hot the yard is, and who plays in it."
    assert need.quote.span is not None
    assert need.quote.span.of(notice.text).split() == need.quote.text.split()
    assert (cost.quote.text, cost.points) == ("Cost", None)
    assert [quote.text for quote in notice.activities] == ["planting of trees", "lessons"]
    (exclusion,) = notice.exclusions
    assert exclusion.span is not None
    assert exclusion.span.of(notice.text) == exclusion.text == "fences"


def test_a_notice_may_leave_them_out() -> None:
    notice = read_notice(document(""))

    assert (notice.selection_criteria, notice.activities, notice.exclusions) == ((), (), ())


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ("activities: planting\n", "activities is `planting`, but must be a list of what the money may be spent on"),
        ("exclusions: []\n", "exclusions is an empty list, but must be a list of what is not funded"),
        ("selection_criteria:\n  - title: Need\n", r"selection_criteria\[1\]\.key is missing"),
        (
            "selection_criteria:\n  - key: a\n    title: Need\n    points: 0\n",
            r"selection_criteria\[1\]\.points is `0`",
        ),
        (
            "selection_criteria:\n  - key: a\n    title: Need\n  - key: a\n    title: Cost\n",
            r"selection_criteria\[2\]\.key is `a`, which another selection criterion already has",
        ),
    ],
)
def test_what_is_wrong_with_them_is_named(more: str, reason: str) -> None:
    with pytest.raises(NoticeRejected, match=reason):
        read_notice(document(more))
