import pytest

from matcher.domain.opportunity import Opportunity
from matcher.errors import NoticeRejected
from matcher.notices.formats.mappings import (
    Fields,
    field,
    group,
    items_of,
    parts,
    read_mappings,
    record_id,
    required,
)


def read(fields: Fields) -> Opportunity:
    title = required(fields, "title")
    return Opportunity(record_id("test", title), title, title)


def test_a_bad_record_is_told_apart_and_the_next_one_follows() -> None:
    torn = NoticeRejected("torn", source="file")
    items = [(1, {"id": "a", "title": ""}), (2, "words"), (3, torn), (4, {"id": "d", "title": "D"})]

    first, second, third, fourth = read_mappings(items, "file", field("id"), read)

    assert (first.key, str(first.outcome)) == (
        "a",
        "file: record 1 (a): `title` is empty, and an opportunity cannot do without it",
    )
    assert "no group of fields" in str(second.outcome)
    assert third.outcome is torn
    assert (fourth.number, fourth.key, fourth.outcome) == (4, "d", Opportunity("test:D", "D", "D"))


def test_a_title_as_long_as_a_notice_is_none() -> None:
    with pytest.raises(NoticeRejected, match="1,001 characters"):
        required({"title": "x" * 1_001}, "title")


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("40417", "s:40417"),
        ("EuropeAid/186246/DD/ACT/NG", "s:EuropeAid-186246-DD-ACT-NG"),
        (" a b\n", "s:a-b"),
    ],
)
def test_an_identifier_can_stand_in_an_address(key: str, expected: str) -> None:
    assert record_id("s", key) == expected


def test_keys_that_are_too_long_or_say_nothing_stay_apart() -> None:
    assert record_id("s", "x" * 101) != record_id("s", "x" * 102)
    assert record_id("s", "é") != record_id("s", "ü")
    assert len(record_id("s", "x" * 500)) < 120


def test_fields_of_another_kind_hold_nothing() -> None:
    fields = {"group": [1], "list": {"a": 1}, "words": 5}

    assert group(fields, "group") == {}
    assert items_of(fields, "list") == []
    assert parts(fields["words"]) == ("5",)


def test_a_list_in_one_field_comes_apart() -> None:
    assert parts("Nonprofit; Public  Agency;\u00a0; ") == ("Nonprofit", "Public Agency")
