"""Whatever bytes a federal parser is given, it yields records or refuses the file, in bounded time and memory."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.errors import DocumentRejected
from matcher.notices.formats import (
    assistance_listings,
    federal_register,
    grants_gov_detail,
    grants_gov_search,
    grants_gov_xml,
)
from tests.notices.formats import federal_samples as samples
from tests.notices.formats.contract import JSON_VALUES, Read, mutations, records_of

quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])

EXTRACT = samples.extract(
    samples.xml_record(samples.SYNOPSIS, samples.BEES), samples.xml_record(samples.FORECAST, samples.LAKES)
)
SAMPLES: dict[str, tuple[Read, bytes]] = {
    "extract.xml": (grants_gov_xml.read, EXTRACT),
    "extract.zip": (grants_gov_xml.read, samples.streamed_zip(EXTRACT)),
    "search2.json": (grants_gov_search.read, samples.search_answer(samples.HIT, samples.HIT)),
    "detail.json": (grants_gov_detail.read, samples.detail_answer(samples.DETAIL)),
    "listings.jsonl": (assistance_listings.read, samples.listings(samples.LISTING, samples.LISTING)),
    "documents.json": (federal_register.read, samples.register_page(samples.DOCUMENT, samples.DOCUMENT)),
}
FIELDS: tuple[tuple[str, dict[str, object], Callable[[object], bytes]], ...] = (
    ("search2.json", dict(samples.HIT), samples.search_answer),
    ("detail.json", dict(samples.DETAIL), samples.detail_answer),
    ("part.json", dict(samples.SYNOPSIS_PART), lambda part: samples.detail_answer(samples.DETAIL | {"synopsis": part})),
    ("listings.jsonl", dict(samples.LISTING), samples.listings),
    ("documents.json", dict(samples.DOCUMENT), samples.register_page),
)
READS = {name: read for name, (read, _) in SAMPLES.items()} | {"part.json": grants_gov_detail.read}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile")


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sound_file_gives_records(name: str, folder: Path) -> None:
    read, data = SAMPLES[name]
    (folder / name).write_bytes(data)

    assert records_of(read, folder / name)


@pytest.mark.parametrize("name", SAMPLES)
@quick
@given(data=st.data())
def test_a_damaged_file_gives_records_or_a_reason(name: str, folder: Path, data: st.DataObject) -> None:
    read, sample = SAMPLES[name]
    (folder / name).write_bytes(data.draw(mutations(sample)))

    records_of(read, folder / name)


@pytest.mark.parametrize("name", SAMPLES)
@quick
@given(data=st.binary(max_size=200))
def test_any_bytes_give_records_or_a_reason(name: str, folder: Path, data: bytes) -> None:
    (folder / name).write_bytes(data)

    records_of(READS[name], folder / name)


@quick
@given(inside=st.binary(max_size=200))
def test_any_bytes_within_an_extract_give_records_or_a_reason(folder: Path, inside: bytes) -> None:
    (folder / "inside.xml").write_bytes(EXTRACT.replace(b"Lake Buoys", inside))

    assert records_of(grants_gov_xml.read, folder / "inside.xml")


@pytest.mark.parametrize(("name", "fields", "file"), FIELDS, ids=[name for name, _, _ in FIELDS])
@quick
@given(data=st.data())
def test_any_value_in_a_field_gives_a_record_or_a_reason(
    name: str, fields: dict[str, object], file: Callable[[object], bytes], folder: Path, data: st.DataObject
) -> None:
    changed = data.draw(st.dictionaries(st.sampled_from(sorted(fields)), JSON_VALUES, min_size=1, max_size=4))
    (folder / name).write_bytes(file({**fields, **changed}))

    assert len(records_of(READS[name], folder / name)) == 1


@pytest.mark.parametrize(
    "value",
    [
        "x" * 600_000,
        "<p>" * 160_000,
        "&amp;" * 90_000,
        "\0" * 1_000,
        "\ud83d",
        "9" * 5_000,
        "Applications due " * 20_000,
    ],
    ids=["long", "tags", "entities", "nul", "half", "digits", "cues"],
)
@pytest.mark.parametrize(("name", "fields", "file"), FIELDS, ids=[name for name, _, _ in FIELDS])
def test_an_outrageous_value_gives_a_record_or_a_reason(
    name: str, fields: dict[str, object], file: Callable[[object], bytes], value: str, folder: Path
) -> None:
    texts = [field for field, known in fields.items() if isinstance(known, str)]
    for field in (texts[1], texts[2], texts[-1]):
        (folder / name).write_bytes(file({**fields, field: value}))

        assert len(records_of(READS[name], folder / name)) == 1


@pytest.mark.parametrize("name", ["search2.json", "detail.json", "listings.jsonl", "documents.json"])
def test_deep_nesting_gives_a_reason(name: str, folder: Path) -> None:
    read, data = SAMPLES[name]
    deep = b'{"deep": ' + b"[" * 100_000 + b"]" * 100_000 + b", "
    (folder / name).write_bytes(data.replace(b"{", deep, 1))

    records_of(read, folder / name)


def test_a_field_of_a_hundred_megabytes_is_passed_over(folder: Path) -> None:
    path = folder / "long.xml"
    with path.open("wb") as file:
        file.write(EXTRACT[: EXTRACT.index(b"Buoys that")])
        for _ in range(100):
            file.write(b"x" * 1024**2)
        file.write(EXTRACT[EXTRACT.index(b"Buoys that") :])
    first, second = records_of(grants_gov_xml.read, path)

    assert not isinstance(first.outcome, Exception)
    assert "more than 8,388,608 bytes" in str(second.outcome)


def test_a_bomb_in_a_zip_is_refused_at_the_bound(folder: Path) -> None:
    path = folder / "bomb.zip"
    path.write_bytes(samples.zipped(EXTRACT[:-10] + b" " * 64 * 1024**2, "a.xml"))

    with pytest.raises(DocumentRejected, match="once it is unpacked"):
        list(grants_gov_xml.read(path))


def test_entities_are_refused_with_the_file(folder: Path) -> None:
    path = folder / "laughs.xml"
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    path.write_bytes(EXTRACT.replace(b"<!-- made for tests -->", f'<!DOCTYPE x [<!ENTITY l0 "ha">{lines}]>'.encode()))

    with pytest.raises(DocumentRejected, match="document type"):
        list(grants_gov_xml.read(path))


def test_an_entity_for_a_file_stays_unread(folder: Path) -> None:
    path = folder / "file.xml"
    path.write_bytes(EXTRACT.replace(b"Lake Buoys", b"&secret;"))
    told = json.dumps([str(record.outcome) for record in records_of(grants_gov_xml.read, path)])

    assert "&secret;" in told
