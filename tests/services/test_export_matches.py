"""Tables for a spreadsheet: every value in its column, and no formula."""

import csv
import io
from datetime import date

import pytest
from openpyxl import load_workbook

from matcher.domain.dates import PartialDate
from matcher.domain.match import EligibilityFinding, Match
from matcher.domain.opportunity import FundingRange, KeyDate, Opportunity
from matcher.domain.vocabulary import Verdict
from matcher.services.export_matches import COLUMNS, as_csv, as_xlsx, match_rows
from matcher.services.ranking import RankedMatch

AS_OF = date(2026, 11, 22)


def ranked(title: str = "River Care") -> RankedMatch:
    deadline = (KeyDate("application", PartialDate(1, 10, 2027)),)
    found = Opportunity("river", title, "Text.", funding=FundingRange(1_000, 5_000), key_dates=deadline)
    return RankedMatch(found, Match("river", 0.4123, EligibilityFinding(Verdict.UNKNOWN), "1", ()), AS_OF)


def read_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def test_a_row_has_every_value_under_its_name() -> None:
    [row] = read_csv(as_csv(match_rows([ranked()])))
    assert tuple(row) == COLUMNS
    assert {
        name: row[name] for name in ("title", "fit", "close_date", "days_left", "award_ceiling", "agency_name")
    } == {
        "title": "River Care",
        "fit": "0.4123",
        "close_date": "2027-01-10",
        "days_left": "49",
        "award_ceiling": "5000",
        "agency_name": "",
    }


def test_a_workbook_holds_numbers_as_numbers_and_days_as_days() -> None:
    sheet = load_workbook(io.BytesIO(as_xlsx(match_rows([ranked()]))))["matches"]
    names, values = ([cell.value for cell in row] for row in sheet.iter_rows())
    row = dict(zip(names, values, strict=True))
    assert (row["fit"], row["award_floor"], row["close_date"].date()) == (0.4123, 1000, date(2027, 1, 10))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "\n=", "＝", " ="])
def test_nothing_in_a_title_passes_for_a_formula(start: str) -> None:
    title = f'{start}HYPERLINK("https://example.org","x")'
    rows = match_rows([ranked(title)])
    [row] = read_csv(as_csv(rows))
    assert row["title"].startswith("'")
    assert "HYPERLINK" in row["title"]
    sheet = load_workbook(io.BytesIO(as_xlsx(rows)))["matches"]
    cell = sheet.cell(row=2, column=COLUMNS.index("title") + 1)
    assert (cell.data_type, cell.value[0]) == ("s", "'")


def test_controls_that_no_workbook_can_hold_and_quotation_marks_come_through_as_text() -> None:
    rows = match_rows([ranked('A "B",\x00\x0b C\nD')])
    assert read_csv(as_csv(rows))[0]["title"] == 'A "B", C D'
    assert load_workbook(io.BytesIO(as_xlsx(rows)))["matches"].cell(row=2, column=2).value == 'A "B", C D'
