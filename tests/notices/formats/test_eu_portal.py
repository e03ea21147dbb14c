import gzip
import json
from pathlib import Path

import pytest

from matcher.domain.dates import PartialDate
from matcher.domain.opportunity import FundingRange, Opportunity, SourceCode
from matcher.domain.vocabulary import OpportunityStatus, PriorityKind
from matcher.errors import NoticeRejected
from matcher.notices.formats import eu_portal
from tests.notices.formats import samples
from tests.notices.formats.contract import opportunities_of, records_of


def read_one(folder: Path, data: bytes) -> Opportunity:
    path = folder / "topics.json"
    path.write_bytes(data)
    assert eu_portal.recognizes(data, path.name)
    (found,) = opportunities_of(eu_portal.read, path)
    return found


def flat(folder: Path, **fields: object) -> Opportunity:
    return read_one(folder, json.dumps({**samples.FLAT_TOPIC, **fields}).encode())


def hit(folder: Path, **metadata: object) -> Opportunity:
    return read_one(folder, samples.search_answer(samples.search_hit(**metadata)))


def test_a_flat_record_becomes_an_opportunity(tmp_path: Path) -> None:
    found = flat(tmp_path)

    assert (found.opportunity_id, found.opportunity_number) == ("eu:HORIZON-MEADOW-2031-01", "HORIZON-MEADOW-2031-01")
    assert (found.title, found.agency_name) == ("Meadows for pollinators", "European Union")
    assert (found.status, found.source_url) == (
        OpportunityStatus.POSTED,
        "https://portal.example.org/horizon-meadow-2031-01",
    )
    assert found.funding == FundingRange(2_000_000, 3_000_000, None, 4, currency="EUR")
    assert [(key.name, key.day) for key in found.key_dates] == [("application", PartialDate(9, 15, 2031))]
    assert SourceCode("typesOfAction", "HORIZON Research and Innovation Actions") in found.source_codes
    assert found.funding_instruments == ("grant",)


def test_the_sections_of_a_description_are_priorities(tmp_path: Path) -> None:
    found = flat(tmp_path)

    assert [(priority.key, priority.kind, priority.title) for priority in found.priorities] == [
        ("1", PriorityKind.PURPOSE, "Expected Outcome"),
        ("2", PriorityKind.PURPOSE, "Scope"),
    ]
    assert found.priorities[1].quote.text == "Sow and count for years."


def test_torn_letters_are_put_together(tmp_path: Path) -> None:
    assert flat(tmp_path).priorities[0].quote.text == "Farmers’ meadows feed bees.More kinds return."


def test_a_word_within_a_sentence_begins_no_section(tmp_path: Path) -> None:
    found = flat(tmp_path, description="Scope:Say what the Scope: of each part is.It has an extended Objective: life.")

    assert [priority.title for priority in found.priorities] == ["Scope"]


def test_without_sections_the_words_or_the_destination_tell_the_purpose(tmp_path: Path) -> None:
    (told,) = flat(tmp_path, description="The purpose of the prize is to honor meadows.").priorities
    (destination,) = flat(tmp_path, description="").priorities

    assert told.quote.text == "The purpose of the prize is to honor meadows."
    assert destination.quote.text == "A countryside full of life (2031-32)"
    assert flat(tmp_path, description="", objectives="").priorities == ()


def test_a_prize_is_no_grant(tmp_path: Path) -> None:
    assert flat(tmp_path, typesOfAction="HORIZON Recognition Prize", actionType="Prize").funding_instruments == (
        "other",
    )
    assert flat(tmp_path, typesOfAction="", actionType="").funding_instruments == ()


@pytest.mark.parametrize("joint", [b"", b"\n", b"\r\n"])
def test_records_may_follow_one_another_in_any_way(joint: bytes, tmp_path: Path) -> None:
    topics = [json.dumps({**samples.FLAT_TOPIC, "topicId": name}).encode() for name in ("A-1", "B-2", "C-3")]
    path = tmp_path / "topics.jsonl.gz"
    path.write_bytes(gzip.compress(b"\xef\xbb\xbf" + joint.join(topics)))

    assert eu_portal.recognizes(path.read_bytes(), path.name)
    assert [found.opportunity_number for found in opportunities_of(eu_portal.read, path)] == ["A-1", "B-2", "C-3"]


def test_a_list_of_records_is_read_as_well(tmp_path: Path) -> None:
    assert read_one(tmp_path, json.dumps([samples.FLAT_TOPIC]).encode()) == flat(tmp_path)


def test_a_hit_of_the_search_becomes_an_opportunity(tmp_path: Path) -> None:
    found = hit(tmp_path)

    assert (found.opportunity_id, found.status) == ("eu:LIFE-2031-BEES-A", OpportunityStatus.POSTED)
    assert found.source_url is not None
    assert found.source_url.endswith("/topic-details/life-2031-bees-a")
    assert [(key.name, key.day) for key in found.key_dates] == [
        ("open", PartialDate(1, 15, 2031)),
        ("application", PartialDate(4, 1, 2031)),
        ("application", PartialDate(10, 1, 2031)),
    ]
    (priority,) = found.priorities
    assert [element.quote.text for element in priority.elements] == [
        "verges in bloom all year",
        "quiet roads at night",
    ]
    assert "alert" not in found.text


def test_the_second_stage_is_no_deadline_for_newcomers(tmp_path: Path) -> None:
    found = hit(tmp_path, deadlineModel=["two-stage"])

    assert [key.name for key in found.key_dates] == ["open", "application", "second stage"]


def test_a_call_for_tenders_is_rejected(tmp_path: Path) -> None:
    path = tmp_path / "hits.json"
    path.write_bytes(samples.search_answer(samples.search_hit(type=["0"]), samples.search_hit()))

    tender, topic = records_of(eu_portal.read, path)

    assert "call for tenders" in str(tender.outcome)
    assert tender.key == topic.key == "LIFE-2031-BEES-A"
    assert isinstance(topic.outcome, Opportunity)


def test_an_item_of_the_bulk_file_becomes_an_opportunity(tmp_path: Path) -> None:
    found = read_one(tmp_path, samples.bulk_file(samples.BULK_ITEM))

    assert (found.opportunity_id, found.title) == ("eu:CEF-2031-RAIL", "Night trains")
    assert (found.status, found.priorities, found.funding.currency) == (OpportunityStatus.FORECASTED, (), "EUR")
    assert [(key.name, key.day) for key in found.key_dates] == [
        ("post", PartialDate(1, 3, 2031)),
        ("open", PartialDate(1, 3, 2031)),
        ("application", PartialDate(4, 3, 2031)),
        ("application", PartialDate(7, 2, 2031)),
    ]


def test_a_topic_without_a_title_is_rejected(tmp_path: Path) -> None:
    path = tmp_path / "bulk.json"
    path.write_bytes(samples.bulk_file({**samples.BULK_ITEM, "title": " "}))

    (record,) = records_of(eu_portal.read, path)

    assert isinstance(record.outcome, NoticeRejected)
    assert record.key == "CEF-2031-RAIL"


@pytest.mark.slow
def test_the_real_collection_comes_in(source_files: Path) -> None:
    found = opportunities_of(eu_portal.read, source_files / "eu_portal" / "open_topics_2026.jsonl.gz")

    assert len(found) == 629
    assert sum(bool(topic.priorities) for topic in found) == 605
    assert sum(topic.funding.award_ceiling is not None for topic in found) == 471  # five of them from prose
    assert not any("â€" in topic.text for topic in found)


@pytest.mark.parametrize("name", ["grantsTenders_item.json", "sedia_search_hit.json"])
def test_the_shapes_at_hand_come_in(name: str, source_files: Path) -> None:
    assert len(opportunities_of(eu_portal.read, source_files / "eu_portal" / name)) == 1
