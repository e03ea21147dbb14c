"""Matches as a table for a spreadsheet, in which nothing that a notice says can pass for a formula."""

import csv
import io
from collections.abc import Iterable
from datetime import date

from matcher.domain.match import band
from matcher.domain.wording import eligibility_words
from matcher.mail.cleaning import one_line
from matcher.services.ranking import RankedMatch

Cell = str | int | float | date | None

COLUMNS = (
    "opportunity_id",
    "title",
    "agency_name",
    "fit",
    "band",
    "verdict",
    "eligibility",
    "status",
    "close_date",
    "days_left",
    "award_floor",
    "award_ceiling",
    "currency",
    "expected_number_of_awards",
    "feedback",
    "proposal_words",
    "notice_words",
    "source_url",
)
_STARTS_OF_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_LONGEST_TEXT = 2_000


def match_rows(matches: Iterable[RankedMatch]) -> list[tuple[Cell, ...]]:
    """Return one row a match, in the order of `COLUMNS`; what is not known is None."""
    return [_row(ranked) for ranked in matches]


def as_csv(rows: Iterable[tuple[Cell, ...]]) -> bytes:
    """Return the rows below their names as CSV (RFC 4180, UTF-8), dates as 2026-11-22."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(map(_harmless_row, rows))
    return text.getvalue().encode()


def as_xlsx(rows: Iterable[tuple[Cell, ...]]) -> bytes:
    """Return the rows below their names as a workbook of one sheet."""
    from openpyxl import Workbook  # which takes a third as long to load as the rest of the web door

    book = Workbook(write_only=True)
    sheet = book.create_sheet("matches")
    sheet.freeze_panes = "A2"
    sheet.append(COLUMNS)
    for row in rows:
        sheet.append(_harmless_row(row))
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _row(ranked: RankedMatch) -> tuple[Cell, ...]:
    opportunity, match = ranked.opportunity, ranked.match
    evidence = match.best_evidence
    return (
        opportunity.opportunity_id,
        opportunity.title,
        opportunity.agency_name,
        match.fit,
        band(match.fit).value,
        match.eligibility.verdict.value,
        eligibility_words(match.eligibility),
        ranked.status.value,
        ranked.close_date.day.as_date() if ranked.close_date else None,
        ranked.days_left,
        opportunity.funding.award_floor,
        opportunity.funding.award_ceiling,
        opportunity.funding.currency,
        opportunity.funding.expected_number_of_awards,
        None if ranked.feedback is None else ranked.feedback.value,
        None if evidence is None else evidence.proposal.text,
        None if evidence is None else evidence.notice.text,
        opportunity.source_url,
    )


def _harmless_row(row: tuple[Cell, ...]) -> list[Cell]:
    return [_harmless(cell) if isinstance(cell, str) else cell for cell in row]


def _harmless(text: str) -> str:
    """Return a text on one line that no spreadsheet takes for a formula: an apostrophe stands before what would be one.

    https://owasp.org/www-community/attacks/CSV_Injection
    """
    is_formula = text.startswith(_STARTS_OF_FORMULAS)
    line = one_line(text, _LONGEST_TEXT)
    return f"'{line}" if is_formula or line.startswith(_STARTS_OF_FORMULAS) else line
