"""How fast a full extract of Grants.gov comes in, and in how much memory.

    python benchmarks/extract.py [RECORDS] [FILE]

writes a synthetic extract of RECORDS records (80,000, about the history of Grants.gov) with every trap that real ones
hold, in a zip with data descriptors as the source streams it, and goes through it four times, each in a process of its
own: lxml alone, which walks the same XML and keeps nothing; parsing it into records, each with its key, its end and its
imprint, which is what an import asks of all of them; a first import into an empty catalogue, which reads and keeps only
those that may still be open; and an import of the same file again. Nothing is embedded. How many are still open, or not
dated, is an assumption: the source shows about 3,000 open notices of its 82,000. FILE keeps the extract for other runs.
"""

import multiprocessing
import random
import resource
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import IO

from lxml import etree

from matcher.notices.formats import grants_gov_xml
from matcher.services.import_source import SourceImporter
from matcher.services.source_views import ledger_words
from matcher.services.sources import source_of_path
from matcher.store.sql_store import open_store

RECORDS = 80_000
NOW = datetime(2026, 11, 22, tzinfo=UTC)
OPEN_SHARE = 0.025
"""Of the records, how many close next year."""
NAMESPACE = "http://apply.grants.gov/system/OpportunityDetail-V1.0"
MEMBER = "GrantsDBExtract20261122v2.xml"

_SENTENCES = (
    "The program supports projects that bring fresh food to neighborhoods without a grocery store.",
    "Awards pay for staff, training and equipment over a period of up to thirty-six months.",
    "Applicants describe the need, the people they serve and how they will know that the work succeeds.",
    "Rural districts and tribal communities are encouraged to work with colleges nearby.",
    "Research on water quality, soils and coastal habitats is within the scope of this announcement.",
    "The agency expects to publish a summary of results at the end of each budget period.",
    "Proposals that train young people for skilled trades will be read with particular interest.",
    "Costs that were incurred before the award date are not allowed.",
)
_APPLICANTS = ("00", "01", "02", "04", "05", "06", "07", "08", "11", "12", "13", "20", "21", "22", "23", "25", "99")
_CATEGORIES = ("AG", "AR", "CD", "ED", "ENV", "HL", "HO", "NR", "ST", "O")
_AGENCIES = (("USDA-NIFA", "National Institute of Food and Agriculture"), ("HHS-ACF", "Administration for Children"))


def records(count: int, seed: int = 0) -> Iterator[str]:
    """Yield `count` records as XML: nine synopses to a forecast, forecasts last, as the source writes them."""
    chance = random.Random(seed)  # noqa: S311 -- the same seed must give the same file
    forecasts = count // 10
    for number in range(count):
        yield _record(chance, 100_000 + number, is_forecast=number >= count - forecasts)


def write_extract(path: Path, count: int, seed: int = 0) -> None:
    """Write an extract of `count` records in a zip whose local headers leave the sizes out."""
    with (
        path.open("wb") as file,
        zipfile.ZipFile(_Unseekable(file), "w", zipfile.ZIP_DEFLATED) as archive,  # type: ignore[arg-type]
        archive.open(MEMBER, "w", force_zip64=True) as member,
    ):
        member.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<Grants xmlns="{NAMESPACE}">\n'.encode())
        for record in records(count, seed):
            member.write(record.encode())
        member.write(b"</Grants>\n")


class _Unseekable:
    """A file that can only be written on, like a socket: zip falls back to data descriptors."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def write(self, data: bytes) -> int:
        """Write `data`."""
        return self._file.write(data)

    def flush(self) -> None:
        """Write what is held back."""
        self._file.flush()


def _record(chance: random.Random, identifier: int, *, is_forecast: bool) -> str:
    kind = "OpportunityForecastDetail_1_0" if is_forecast else "OpportunitySynopsisDetail_1_0"
    fields = [*_names(chance, identifier), *_codes(chance), *_prose(chance), *_money(chance)]
    fields += _forecast_dates(chance) if is_forecast else _dates(chance)
    fields += [("Version", "Synopsis 1"), ("GrantorContactText", "See the announcement")]
    if identifier % 97 == 0:
        fields.append(("FieldOfTomorrow", "a field that no schema knows yet"))
    body = "".join(f"<{name}>{escape(value, quote=False)}</{name}>\n" for name, value in fields)
    return f"<{kind}>\n{body}</{kind}>\n"


def _names(chance: random.Random, identifier: int) -> Iterator[tuple[str, str]]:
    code, agency = chance.choice(_AGENCIES)
    yield "OpportunityID", "" if identifier % 4999 == 0 else str(identifier)
    yield (
        "OpportunityTitle",
        f"Community Program {identifier} &amp; Partners" if identifier % 3 else f"Fund {identifier}",
    )
    yield "OpportunityNumber", f"{code}-26-{identifier}"
    yield "AgencyCode", code
    yield "AgencyName", agency


def _codes(chance: random.Random) -> Iterator[tuple[str, str]]:
    yield "OpportunityCategory", chance.choice("DDDDMCEO")
    yield "FundingInstrumentType", chance.choice(("G", "CA", "PC", "O", "ZZ"))
    for category in chance.sample(_CATEGORIES, chance.randint(1, 2)):
        yield "CategoryOfFundingActivity", category
    yield "CFDANumbers", chance.choice(("10.500", "84.324A", "93.110, 93.243", "see notice"))
    for applicant in chance.sample(_APPLICANTS, chance.randint(1, 12)):
        yield "EligibleApplicants", applicant


def _prose(chance: random.Random) -> Iterator[tuple[str, str]]:
    """Yield the long fields; markup is escaped once here and again by the XML, as at the source."""
    sentences = chance.choices(_SENTENCES, k=chance.randint(6, 40))
    if chance.random() < 0.4:
        groups = (" ".join(sentences[start : start + 5]) for start in range(0, len(sentences), 5))
        paragraphs = "".join(f'<p><span style="color: black">{group}</span>&nbsp;</p>' for group in groups)
        yield "Description", escape(f"{paragraphs}<ul><li>One</li><li>Two</li></ul><br/>", quote=False)
    else:
        yield "Description", "  ".join(sentences)
    if chance.random() < 0.6:
        yield "AdditionalInformationOnEligibility", " ".join(chance.choices(_SENTENCES, k=4))
    if chance.random() < 0.3:
        yield "CloseDateExplanation", "Applications are due by 11:59 p.m. Eastern Time on the closing date."


def _money(chance: random.Random) -> Iterator[tuple[str, str]]:
    yield "AwardCeiling", chance.choice(("none", "0", "250000", "1000000"))
    yield "AwardFloor", chance.choice(("0", "5000", "250000", "2000000"))
    yield "EstimatedTotalProgramFunding", chance.choice(("", "0", "31900", "25000000"))
    yield "ExpectedNumberOfAwards", chance.choice(("", "0", "1", "20"))
    yield "CostSharingOrMatchingRequirement", chance.choice(("Yes", "No"))


def _dates(chance: random.Random) -> Iterator[tuple[str, str]]:
    yield "PostDate", _date(chance)
    if chance.random() < 0.98:
        placeholder = chance.random()
        yield "CloseDate", "02302015" if placeholder < 0.005 else "12312099" if placeholder < 0.01 else _close(chance)
    yield "LastUpdatedDate", _date(chance)
    yield "ArchiveDate", _date(chance)


def _forecast_dates(chance: random.Random) -> Iterator[tuple[str, str]]:
    yield "PostDate", _date(chance)
    yield "EstimatedSynopsisPostDate", _date(chance)
    yield "EstimatedSynopsisCloseDate", _close(chance)
    yield "FiscalYear", "2027"


def _close(chance: random.Random) -> str:
    return f"0{chance.randint(1, 9)}152027" if chance.random() < OPEN_SHARE else _date(chance)


def _date(chance: random.Random) -> str:
    return f"{chance.randint(1, 12):02}{chance.randint(1, 28):02}{chance.randint(2004, 2026)}"


def walk(path: Path) -> int:
    """Return how many records lxml finds in the XML of an extract."""
    found = 0
    tags = ("{*}OpportunitySynopsisDetail_1_0", "{*}OpportunityForecastDetail_1_0")
    with zipfile.ZipFile(path) as archive, archive.open(MEMBER) as member:
        for _, element in etree.iterparse(member, tag=tags):
            found += 1
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    return found


def parse(path: Path) -> int:
    """Return how many records there are, damaged ones included."""
    return sum(1 for _ in grants_gov_xml.read(path))


def bring_in(path: Path) -> int:
    """Import the extract into the catalogue beside it, and return how many records that took."""
    with open_store(f"sqlite:///{path.with_suffix('.db')}") as store:
        report = SourceImporter(store).run(source_of_path(store, path).name, today=NOW.date())
        print(f"  {ledger_words(report.ledger, NOW)}")
        return report.records


def measured(work: Callable[[Path], int], path: Path) -> str:
    """Return how many records a second `work` gets through, on the clock and of the processor, and its peak memory."""
    wall, processor = time.perf_counter(), time.process_time()
    found = work(path)
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return (
        f"{found:,} records in {wall:.1f} s: {found / wall:,.0f}/s, "
        f"{found / processor:,.0f} per second of processor; peak {peak:.0f} MB"
    )


def main(arguments: list[str]) -> None:
    """Write an extract as large as the command line says, and bring it in."""
    count = int(arguments[0]) if arguments else RECORDS
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(arguments[1]) if len(arguments) > 1 else Path(folder) / "extract.zip"
        if not kept.exists():
            write_extract(kept, count)
        path = Path(folder) / "measured.zip"
        path.symlink_to(kept.absolute())
        print(f"{path.stat().st_size / 1e6:.1f} MB packed")
        own = multiprocessing.get_context("spawn")
        for name, work in (("lxml alone", walk), ("parsing", parse), ("first import", bring_in), ("again", bring_in)):
            with ProcessPoolExecutor(1, mp_context=own) as process:
                print(f"{name:13}{process.submit(measured, work, path).result()}")


if __name__ == "__main__":
    main(sys.argv[1:])
