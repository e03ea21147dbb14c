"""Whatever bytes a parser is given, it yields records or refuses the file, in bounded time and memory."""

import gzip
import json
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.domain.opportunity import Opportunity
from matcher.notices.formats.registry import FORMATS, format_of
from tests.notices.formats.contract import JSON_VALUES, mutations, records_of
from tests.notices.formats.hostile import FILES, RECORDS

quick = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile")


def test_every_format_is_tried() -> None:
    tried = {read for read, _ in FILES.values()}

    assert {known.name for known in FORMATS if known.read not in tried} == set()


@pytest.mark.parametrize("name", FILES)
def test_a_sound_file_gives_records(name: str, folder: Path) -> None:
    read, data = FILES[name]
    (folder / name).write_bytes(data)

    assert records_of(read, folder / name)


@pytest.mark.parametrize("name", FILES)
@quick
@given(data=st.data())
def test_a_damaged_file_gives_records_or_a_reason(name: str, folder: Path, data: st.DataObject) -> None:
    read, sample = FILES[name]
    (folder / name).write_bytes(data.draw(mutations(sample)))

    records_of(read, folder / name)


@pytest.mark.parametrize("name", FILES)
@quick
@given(data=st.binary(max_size=200))
def test_any_bytes_give_records_or_a_reason(name: str, folder: Path, data: bytes) -> None:
    (folder / name).write_bytes(data)

    records_of(FILES[name][0], folder / name)
    format_of(folder / name)


@pytest.mark.parametrize("name", RECORDS)
@quick
@given(data=st.data())
def test_any_value_in_a_field_gives_a_record_or_a_reason(name: str, folder: Path, data: st.DataObject) -> None:
    fields = RECORDS[name]
    changed = data.draw(st.dictionaries(st.sampled_from(sorted(fields.values)), JSON_VALUES, min_size=1, max_size=4))
    (folder / name).write_bytes(fields.file({**fields.values, **changed}))

    assert len(records_of(fields.read, folder / name)) == 1


@pytest.mark.parametrize("name", RECORDS)
@pytest.mark.parametrize(
    "value",
    [
        "x" * 300_000,
        "<p>" * 60_000,
        "&amp;" * 40_000,
        "\0" * 1_000,
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "=HYPERLINK(1)",
        "\ud83d",
        "9" * 5_000,
        "Applications due " * 2_500,
        "Grants of up to $5 and " * 1_000,
    ],
    ids=["long", "tags", "entities", "nul", "script", "formula", "half", "digits", "cues", "money"],
)
def test_an_outrageous_value_gives_a_record_or_a_reason(name: str, value: str, folder: Path) -> None:
    fields = RECORDS[name]
    told: list[str] = [field for field, known in fields.values.items() if isinstance(known, str | list)]
    changed = {field: value if isinstance(fields.values[field], str) else [value] for field in (*told[1:3], told[-1])}
    (folder / name).write_bytes(fields.file({**fields.values, **changed}))

    (record,) = records_of(fields.read, folder / name)

    if isinstance(record.outcome, Opportunity):
        assert "alert(1)</script>" not in record.outcome.text


@pytest.mark.parametrize("name", RECORDS)
@pytest.mark.parametrize("depth", [900, 100_000])
def test_deep_nesting_gives_a_reason(name: str, depth: int, folder: Path) -> None:
    fields = RECORDS[name]
    last = json.dumps("deep inside")
    data = fields.file({**fields.values, "deep": "deep inside"})
    (folder / name).write_bytes(data.replace(last.encode(), b"[" * depth + b"]" * depth, 1))

    records_of(fields.read, folder / name)


@pytest.fixture(scope="module")
def spaces() -> tuple[bytes, bytes]:
    """Many spaces, and the same deflated, which takes long: they end each bomb."""
    plain, packer = b" " * 64 * 1024**2, zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return plain, packer.compress(plain) + packer.flush()


def bomb_of(data: bytes, spaces: tuple[bytes, bytes]) -> bytes:
    """Return `data` and the spaces as one gzip member (RFC 1952)."""
    plain, deflated = spaces
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    body = packer.compress(data) + packer.flush(zlib.Z_FULL_FLUSH) + deflated
    ending = struct.pack("<LL", zlib.crc32(plain, zlib.crc32(data)), len(data) + len(plain))
    return b"\x1f\x8b\x08" + bytes(7) + body + ending


def test_a_bomb_is_a_sound_gzip_file(spaces: tuple[bytes, bytes]) -> None:
    assert gzip.decompress(bomb_of(b"notice", spaces)) == b"notice" + spaces[0]


@pytest.mark.parametrize("name", [name for name in FILES if not name.endswith(".zip")])
def test_a_gzip_bomb_ends_at_the_bound(name: str, folder: Path, spaces: tuple[bytes, bytes]) -> None:
    read, data = FILES[name]
    bomb = folder / f"{name}.gz"
    bomb.write_bytes(bomb_of(data, spaces))

    assert bomb.stat().st_size < 200_000
    outcomes = [record.outcome for record in records_of(read, bomb)]
    assert sum(isinstance(outcome, Opportunity) for outcome in outcomes) <= 2
    assert len(outcomes) <= 3
