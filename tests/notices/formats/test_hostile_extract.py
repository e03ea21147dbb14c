"""What an XML extract can hold against its reader: entities, bombs and fields without end."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.errors import DocumentRejected
from matcher.notices.formats import grants_gov_xml
from tests.notices.formats import federal_samples as samples
from tests.notices.formats.contract import records_of
from tests.notices.formats.hostile import EXTRACT

quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile")


@quick
@given(inside=st.binary(max_size=200))
def test_any_bytes_within_an_extract_give_records_or_a_reason(folder: Path, inside: bytes) -> None:
    (folder / "inside.xml").write_bytes(EXTRACT.replace(b"Lake Buoys", inside))

    assert records_of(grants_gov_xml.read, folder / "inside.xml")


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
