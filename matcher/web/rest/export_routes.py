"""The matches of a proposal as files for a spreadsheet."""

from flask import Response
from flask_openapi3.types import ResponseDict

from matcher.services.export_matches import as_csv, as_xlsx, match_rows
from matcher.services.match_selection import select
from matcher.services.ranking import RankedMatch
from matcher.web.calls.errors import documented
from matcher.web.house import current_house
from matcher.web.rest.description import section
from matcher.web.rest.filters import MatchFilterQuery
from matcher.web.rest.queries import ProposalPath

routes = section("exports", "Matches as files for a spreadsheet.", "/v1/proposals/<proposal_id>")

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CSV_EXAMPLE = "opportunity_id,title,agency_name,fit\r\ndol-youthbuild-2027,YouthBuild,Department of Labor,0.82\r\n"


def _file(media_type: str, schema: dict[str, str], example: str | None = None) -> ResponseDict:
    content = {"schema": schema} if example is None else {"schema": schema, "example": example}
    return {200: {"description": "The file.", "content": {media_type: content}}}


@routes.get("/matches.csv", responses={**_file(CSV, {"type": "string"}, _CSV_EXAMPLE), **documented(404, 422)})
def export_csv(path: ProposalPath, query: MatchFilterQuery) -> Response:
    """Return all matches that are asked for as CSV, with the narrowing and the order of the list.

    Dates are written as 2026-11-22. An apostrophe stands before every text that a spreadsheet would take for a formula.
    """
    return _attachment(as_csv(match_rows(_matches(path, query))), CSV, "matches.csv")


@routes.get(
    "/matches.xlsx",
    responses={**_file(XLSX, {"type": "string", "format": "binary"}), **documented(404, 422)},
)
def export_xlsx(path: ProposalPath, query: MatchFilterQuery) -> Response:
    """Return all matches that are asked for as a workbook, with the narrowing and the order of the list."""
    return _attachment(as_xlsx(match_rows(_matches(path, query))), XLSX, "matches.xlsx")


def _matches(path: ProposalPath, query: MatchFilterQuery) -> tuple[RankedMatch, ...]:
    house = current_house()
    state = house.context.catalogue.state()
    day = house.day(query.as_of)
    ranking = house.ranking(path.proposal_id, day.day)
    selection = select(ranking, state.stored, query.match_filter(house.store), query.sort)
    return house.with_reasons(path.proposal_id, selection.matches)


def _attachment(content: bytes, media_type: str, name: str) -> Response:
    response = Response(content, content_type=f"{media_type}; charset=utf-8" if media_type == CSV else media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
