"""Whatever bytes a parser is given, it yields records or refuses the file, in bounded time."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.domain.opportunity import Opportunity
from matcher.notices.formats import california, commongrants, eu_portal, feeds, pennsylvania, single
from matcher.notices.formats.registry import format_of
from tests.notices.formats import samples
from tests.notices.formats.contract import JSON_VALUES, Read, mutations, records_of
from tests.notices.texts import ORCHARD_FUND, YAML_NOTICE

quick = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])

SAMPLES: dict[str, tuple[Read, bytes]] = {
    "grants.csv": (california.read, samples.california_csv(samples.CREEK, samples.CREEK)),
    "dump.json": (california.read, samples.california_dump(samples.CREEK)),
    "pa.json": (pennsylvania.read, samples.pennsylvania(samples.ORCHARD, samples.ORCHARD)),
    "flat.json": (eu_portal.read, json.dumps(samples.FLAT_TOPIC).encode() * 2),
    "hits.json": (eu_portal.read, samples.search_answer(samples.search_hit())),
    "bulk.json": (eu_portal.read, samples.bulk_file(samples.BULK_ITEM)),
    "page.json": (commongrants.read, samples.common_grants_page(samples.CLINIC, samples.CLINIC)),
    "rss.xml": (feeds.read, samples.RSS),
    "atom.xml": (feeds.read, samples.ATOM),
    "notice.yaml": (single.read, YAML_NOTICE.encode()),
    "notice.txt": (single.read, ORCHARD_FUND.encode()),
}
FIELDS = (
    ("pa.json", samples.ORCHARD, samples.pennsylvania),
    ("search.json", samples.CREEK, samples.california_search),
    ("flat.json", samples.FLAT_TOPIC, lambda topic: json.dumps([topic]).encode()),
    ("hits.json", samples.search_hit()["metadata"], lambda hit: samples.search_answer({"metadata": hit})),
    ("bulk.json", samples.BULK_ITEM, samples.bulk_file),
    ("page.json", samples.CLINIC, samples.common_grants_page),
)
READS = {name: read for name, (read, _) in SAMPLES.items()} | {"search.json": california.read}


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


@pytest.mark.parametrize("name", sorted(READS))
@quick
@given(data=st.binary(max_size=200))
def test_any_bytes_give_records_or_a_reason(name: str, folder: Path, data: bytes) -> None:
    (folder / name).write_bytes(data)

    records_of(READS[name], folder / name)
    format_of(folder / name)


@pytest.mark.parametrize(("name", "fields", "file"), FIELDS, ids=[name for name, _, _ in FIELDS])
@quick
@given(data=st.data())
def test_any_value_in_a_field_gives_a_record_or_a_reason(
    name: str, fields: dict[str, object], file: Callable[[object], bytes], folder: Path, data: st.DataObject
) -> None:
    changed = data.draw(st.dictionaries(st.sampled_from(sorted(fields)), JSON_VALUES, min_size=1, max_size=4))
    (folder / name).write_bytes(file({**fields, **changed}))

    assert len(records_of(READS[name], folder / name)) == 1


@pytest.mark.parametrize(("name", "fields", "file"), FIELDS, ids=[name for name, _, _ in FIELDS])
@pytest.mark.parametrize(
    "value",
    ["x" * 600_000, "<p>" * 300_000, "&amp;" * 90_000, "\0" * 1_000, "=HYPERLINK(1)", "\ud83d", "9" * 5_000],
    ids=["long", "tags", "entities", "nul", "formula", "half", "digits"],
)
def test_an_outrageous_value_gives_a_record_or_a_reason(
    name: str, fields: dict[str, object], file: Callable[[object], bytes], value: str, folder: Path
) -> None:
    (folder / name).write_bytes(file({**fields, **dict.fromkeys(list(fields)[:3], value)}))

    records_of(READS[name], folder / name)


@pytest.mark.parametrize("name", [name for name in sorted(READS) if name.endswith(".json")])
@pytest.mark.parametrize("depth", [900, 100_000])
def test_deep_nesting_gives_a_reason(name: str, depth: int, folder: Path) -> None:
    fields = dict(FIELDS[2][1]) if name == "flat.json" else {}
    opening = json.dumps(fields)[:-1] + (", " if fields else "") + '"description": '
    (folder / name).write_bytes(opening.encode() + b"[" * depth + b"]" * depth + b"}")

    records_of(READS[name], folder / name)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_gzip_bomb_ends_at_the_bound(name: str, folder: Path) -> None:
    read, data = SAMPLES[name]
    bomb = folder / f"{name}.gz"
    bomb.write_bytes(gzip.compress(data + b" " * 64 * 1024**2))

    assert bomb.stat().st_size < 200_000
    outcomes = [record.outcome for record in records_of(read, bomb)]
    assert sum(isinstance(outcome, Opportunity) for outcome in outcomes) <= 2
    assert len(outcomes) <= 3
