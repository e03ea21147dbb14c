"""The matches of a proposal as files, narrowed and sorted as the list is."""

import csv
import io

from flask.testing import FlaskClient
from openpyxl import load_workbook

from tests.web.houses import AS_OF


def test_both_files_hold_the_matches_that_the_list_would_show(client: FlaskClient, proposal_id: str) -> None:
    url = f"/v1/proposals/{proposal_id}/matches"
    query = f"as_of={AS_OF}&include=closed&sort=close_date"
    listed = [match["opportunity_id"] for match in client.get(f"{url}?{query}").json["matches"]]
    assert listed == ["river-care", "youth-build", "old-houses"]
    table = client.get(f"{url}.csv?{query}")
    assert table.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert table.headers["Content-Disposition"] == 'attachment; filename="matches.csv"'
    assert [row["opportunity_id"] for row in csv.DictReader(io.StringIO(table.text))] == listed
    book = load_workbook(io.BytesIO(client.get(f"{url}.xlsx?{query}").data))
    assert [row[0].value for row in book["matches"].iter_rows(min_row=2)] == listed


def test_of_what_is_not_stored_there_is_no_file(client: FlaskClient) -> None:
    for name in ("matches.csv", "matches.xlsx"):
        answer = client.get(f"/v1/proposals/nobody/{name}")
        assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
