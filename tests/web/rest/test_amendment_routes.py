"""Amendments by REST: what each revision changed, and what that did to the matches of a proposal."""

from dataclasses import replace

from flask.testing import FlaskClient

from matcher.bootstrap import Context
from matcher.domain.dates import PartialDate
from matcher.domain.opportunity import Eligibility, KeyDate
from matcher.domain.vocabulary import ApplicantType
from tests.web.houses import NOTICES

YOUTH_BUILD = NOTICES[0]
POSTPONED = replace(YOUTH_BUILD, key_dates=(KeyDate("application", PartialDate(3, 29, 2027)),))
DISTRICTS_ONLY = replace(POSTPONED, eligibility=Eligibility((ApplicantType("independent_school_districts"),)))


def amend(context: Context, *notices: object) -> None:
    for number, notice in enumerate(notices, start=1):
        context.store.opportunities.save(notice, source=f"amendment-{number}.yaml")  # type: ignore[arg-type]
        context.rescorer.rescore()


def test_a_notice_that_never_changed_has_one_revision(client: FlaskClient) -> None:
    answer = client.get("/v1/opportunities/youth-build/revisions").json
    assert (answer["title"], answer["total"]) == ("Youth Build", 1)
    [revision] = answer["revisions"]
    assert (revision["revision"], revision["source"], revision["changes"]) == (1, "youth-build.yaml", [])


def test_each_revision_says_field_by_field_what_it_changed_latest_first(client: FlaskClient, context: Context) -> None:
    amend(context, POSTPONED, DISTRICTS_ONLY)
    revisions = client.get("/v1/opportunities/youth-build/revisions").json["revisions"]
    assert [(one["revision"], one["source"]) for one in revisions] == [
        (3, "amendment-2.yaml"),
        (2, "amendment-1.yaml"),
        (1, "youth-build.yaml"),
    ]
    assert revisions[1]["changes"][0] == {
        "field": "key_dates.application",
        "before": "2027-03-15",
        "after": "2027-03-29",
        "sentence": "close date 2027-03-15 → 2027-03-29",
    }
    assert [change["field"] for change in revisions[0]["changes"]] == ["eligibility.applicant_types"]


def test_revisions_have_pages(client: FlaskClient, context: Context) -> None:
    amend(context, POSTPONED, DISTRICTS_ONLY)
    page = client.get("/v1/opportunities/youth-build/revisions?page=2&page_size=2").json
    assert ([one["revision"] for one in page["revisions"]], page["total"]) == ([1], 3)


def test_a_proposal_has_no_changes_before_a_notice_moves_one_of_its_matches(
    client: FlaskClient, context: Context, proposal_id: str
) -> None:
    context.rescorer.rescore()
    amend(context, POSTPONED)
    answer = client.get(f"/v1/proposals/{proposal_id}/changes").json
    assert (answer["changes"], answer["total"]) == ([], 0)


def test_a_rule_that_shuts_the_applicant_out_is_told_with_fit_and_verdict_before_and_after(
    client: FlaskClient, context: Context, proposal_id: str
) -> None:
    context.rescorer.rescore()
    amend(context, POSTPONED, DISTRICTS_ONLY)
    [change] = client.get(f"/v1/proposals/{proposal_id}/changes").json["changes"]
    assert (change["opportunity_id"], change["revision"], change["source"]) == ("youth-build", 3, "amendment-2.yaml")
    assert (change["previous_fit"], change["fit"]) == (change["fit"], change["previous_fit"])
    assert change["verdict"] == "ineligible"
    assert change["previous_verdict"] != "ineligible"
    assert "cannot apply" in change["sentence"]
    assert [field["field"] for field in change["changes"]] == ["eligibility.applicant_types"]


def test_another_purpose_is_told_with_the_fit_that_it_cost(
    client: FlaskClient, context: Context, proposal_id: str
) -> None:
    context.rescorer.rescore()
    moved = replace(NOTICES[1], opportunity_id="youth-build")
    amend(context, moved)
    [change] = client.get(f"/v1/proposals/{proposal_id}/changes").json["changes"]
    assert change["fit"] < change["previous_fit"]
    assert change["sentence"].startswith(f"fit {change['previous_fit']:.2f} → {change['fit']:.2f}")


def test_nobody_has_a_history(client: FlaskClient) -> None:
    for url in ("/v1/opportunities/nothing/revisions", "/v1/proposals/nobody/changes"):
        assert client.get(url).status_code == 404
