"""What the doors show of a match."""

import json
from dataclasses import replace
from datetime import date

from matcher.bootstrap import Context
from matcher.domain.opportunity import Eligibility
from matcher.domain.vocabulary import ApplicantType
from matcher.notices.reader import read_notice
from matcher.proposals.reader import read_proposal
from matcher.services.match_documents import match_in_full, match_opportunities
from matcher.services.views import key_date_view, match_view, opportunity_view, proposal_view, ranking_view
from matcher.text.documents import read_document
from tests.services.examples import GARDENS, PROPOSAL

NOTICE = read_notice(read_document(GARDENS.encode(), "gardens.yaml"))
READ = read_proposal(read_document(PROPOSAL.encode(), "gardens.md"))


def test_a_match_is_json_with_its_reasons_from_both_sides(house: Context) -> None:
    ranking = match_opportunities(house.scorer, READ, [NOTICE], date(2026, 6, 1))
    view = json.loads(json.dumps(ranking_view(ranking, ranking.everything, is_calibrated=True)))
    match = view["matches"][0]
    assert view["as_of"] == "2026-06-01"
    assert view["counts"] == {"ranked": 1, "closed": 0, "ineligible": 0, "muted": 0}
    assert (match["opportunity_id"], match["title"], match["status"]) == ("gardens", "School Gardens", "posted")
    assert 0 < match["fit"] <= 1
    assert match["eligibility"]["verdict"] == "eligible"
    assert match["also_asked"] == []
    assert match["close_date"]["date"] == "2026-06-30"
    assert match["days_left"] == 29
    evidence = match["priorities"][0]["elements"][0]["evidence"][0]
    span = evidence["proposal"]["span"]
    assert READ.text[span["start"] : span["end"]] == evidence["proposal"]["text"]
    assert evidence["notice"]["text"] == "plant vegetable gardens at schools"
    assert (view["is_calibrated"], view["nothing_fits"]) == (True, False)


def test_what_would_change_a_match_is_null_until_somebody_works_it_out(house: Context) -> None:
    notice = replace(NOTICE, eligibility=Eligibility((ApplicantType.LOCAL_EDUCATIONAL_AGENCIES,)))
    listed = match_opportunities(house.scorer, READ, [notice], date(2026, 6, 1)).everything[0]
    full = match_in_full(house.scorer, READ, notice, date(2026, 6, 1))
    assert match_view(listed, is_calibrated=True)["counterfactuals"] is None
    (lead, *_) = json.loads(json.dumps(match_view(full, is_calibrated=True)))["counterfactuals"]
    assert lead["change"] == "lead_applicant"
    assert lead["sentence"] == "Eligible if a local educational agency (LEA) leads."
    assert (lead["fit"], lead["verdict"]) == (listed.match.fit, "eligible")


def test_a_date_without_a_year_has_no_date_and_says_so() -> None:
    text = GARDENS.replace("2026-06-30", "06-30").replace("  - {name: post, date: 2026-01-10}\n", "")
    close = read_notice(read_document(text.encode(), "g.yaml")).application_dates[0]
    view = key_date_view(close)
    assert view is not None
    assert (view["date"], view["text"], view["basis"]) == (None, "June 30, year not stated", "stated")
    assert key_date_view(None) is None


def test_a_proposal_shows_what_was_read_of_it_and_null_for_the_rest() -> None:
    view = proposal_view(READ)
    assert view["title"] == "Gardens for every school"
    assert view["sections"] == ["Who are you?", "What will you do?"]
    assert view["profile"]["applicant_types"][0]["value"] == "nonprofits_non_higher_education_with_501c3"
    assert view["profile"]["amount_requested"] is None


def test_an_opportunity_shows_every_field_and_its_dates_in_words() -> None:
    view = opportunity_view(NOTICE)
    assert view["funding"]["award_ceiling"] is None
    assert [entry["text"] for entry in view["key_dates"]] == ["January 10, 2026", "June 30, 2026"]
