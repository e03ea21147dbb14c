"""Every format with a sound file of it and the fields of a record, for the tests that damage both."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO

import docx
from fpdf import FPDF

from matcher.notices.formats import (
    assistance_listings,
    california,
    commongrants,
    eu_portal,
    federal_register,
    feeds,
    grants_gov_detail,
    grants_gov_search,
    grants_gov_xml,
    pennsylvania,
    simpler_grants_gov,
    single,
)
from tests.notices.formats import federal_samples as federal
from tests.notices.formats import samples
from tests.notices.formats.contract import Read
from tests.notices.texts import ORCHARD_FUND, YAML_NOTICE


@dataclass(frozen=True)
class Fields:
    """The fields of one record, and what makes a file of changed ones."""

    read: Read
    values: Mapping[str, object]
    file: Callable[[object], bytes]


def _docx(text: str) -> bytes:
    """Return a Word document with a paragraph a line."""
    document, data = docx.Document(), BytesIO()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(data)
    return data.getvalue()


def _pdf(text: str) -> bytes:
    """Return a PDF file of one page, which is not packed, so that damage reaches its words."""
    page = FPDF()
    page.set_compression(False)
    page.add_page()
    page.set_font("Helvetica", size=11)
    page.multi_cell(0, text=text.encode("latin-1", "replace").decode("latin-1"))
    return bytes(page.output())


EXTRACT = federal.extract(
    federal.xml_record(federal.SYNOPSIS, federal.BEES), federal.xml_record(federal.FORECAST, federal.LAKES)
)
_HIT = dict(samples.search_hit())["metadata"]
assert isinstance(_HIT, dict)

FILES: dict[str, tuple[Read, bytes]] = {
    "extract.xml": (grants_gov_xml.read, EXTRACT),
    "extract.zip": (grants_gov_xml.read, federal.streamed_zip(EXTRACT)),
    "search2.json": (grants_gov_search.read, federal.search_answer(federal.HIT, federal.HIT)),
    "detail.json": (grants_gov_detail.read, federal.detail_answer(federal.DETAIL)),
    "simpler.json": (simpler_grants_gov.read, federal.simpler_answer(federal.SIMPLER, federal.SIMPLER)),
    "listings.jsonl": (assistance_listings.read, federal.listings(federal.LISTING, federal.LISTING)),
    "documents.json": (federal_register.read, federal.register_page(federal.DOCUMENT, federal.DOCUMENT)),
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
    "notice.docx": (single.read, _docx(ORCHARD_FUND)),
    "notice.pdf": (single.read, _pdf(ORCHARD_FUND)),
    "notice.html": (single.read, f"<html><body><h1>{ORCHARD_FUND}</body></html>".encode()),
}
"""A sound file of each format, by a name that such files have."""

RECORDS: dict[str, Fields] = {
    "search2.json": Fields(grants_gov_search.read, federal.HIT, federal.search_answer),
    "detail.json": Fields(grants_gov_detail.read, federal.DETAIL, federal.detail_answer),
    "part.json": Fields(
        grants_gov_detail.read,
        federal.SYNOPSIS_PART,
        lambda part: federal.detail_answer(federal.DETAIL | {"synopsis": part}),
    ),
    "simpler.json": Fields(simpler_grants_gov.read, federal.SIMPLER, federal.simpler_answer),
    "summary.json": Fields(
        simpler_grants_gov.read,
        federal.SIMPLER["summary"],
        lambda summary: federal.simpler_answer(federal.SIMPLER | {"summary": summary}),
    ),
    "listings.jsonl": Fields(assistance_listings.read, federal.LISTING, federal.listings),
    "documents.json": Fields(federal_register.read, federal.DOCUMENT, federal.register_page),
    "pa.json": Fields(pennsylvania.read, samples.ORCHARD, samples.pennsylvania),
    "search.json": Fields(california.read, samples.CREEK, samples.california_search),
    "flat.json": Fields(eu_portal.read, samples.FLAT_TOPIC, lambda topic: json.dumps([topic]).encode()),
    "hits.json": Fields(eu_portal.read, _HIT, lambda hit: samples.search_answer({"metadata": hit})),
    "bulk.json": Fields(eu_portal.read, samples.BULK_ITEM, samples.bulk_file),
    "page.json": Fields(commongrants.read, samples.CLINIC, samples.common_grants_page),
}
"""The fields of a record of each format that has fields, by the name of a file."""
