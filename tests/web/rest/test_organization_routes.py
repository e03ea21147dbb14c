"""All that is kept of an organization: counted, taken along and erased, by itself alone."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient

from matcher.bootstrap import Context
from matcher.services.keys import issue_key
from matcher.services.members import add_member
from matcher.services.organizations import add_organization
from matcher.web.app import create_app
from tests.web.houses import PROPOSAL
from tests.web.signing_in import signed_in_client

ADDRESS = "/v1/organizations/east-side"
NOON = datetime(2026, 11, 22, 12, 0, 10, tzinfo=UTC)


@pytest.fixture
def keys(context: Context) -> dict[str, dict[str, str]]:
    """The headers that show each of three keys: of two that erase, and of one that does not."""
    for name in ("east-side", "west-side"):
        add_organization(context.store, name, f"The {name}")
    add_member(context.store, "east-side", "officer@example.org")
    chosen = {"trusted": ("east-side", True), "ordinary": ("east-side", False), "foreign": ("west-side", True)}
    return {
        name: {"X-API-Key": issue_key(context.store, organization_id, name, may_erase=may_erase)[1]}
        for name, (organization_id, may_erase) in chosen.items()
    }


@pytest.fixture
def kept(client: FlaskClient, keys: dict[str, dict[str, str]]) -> dict[str, Any]:
    """A proposal that the organization keeps."""
    made = client.post("/v1/proposals", data=PROPOSAL, content_type="text/markdown", headers=keys["ordinary"])
    return dict(made.json)


def test_a_program_is_told_what_is_kept_and_takes_it_along_as_a_file(
    client: FlaskClient, keys: dict[str, dict[str, str]], kept: dict[str, Any]
) -> None:
    told = client.get(ADDRESS, headers=keys["ordinary"]).json
    assert (told["name"], told["kept"]["proposals"], told["kept"]["members"]) == ("The east-side", 1, 1)
    file = client.get(f"{ADDRESS}/data", headers=keys["trusted"])
    assert file.headers["Content-Disposition"] == 'attachment; filename="east-side.json"'
    assert file.headers["Cache-Control"] == "no-store"
    assert {name: len(rows) for name, rows in file.json["tables"].items()} == told["kept"]
    assert file.json["tables"]["proposals"][0]["proposal_id"] == kept["proposal_id"]
    assert "hash" not in file.json["tables"]["api_keys"][0]


def test_what_is_erased_is_gone_with_the_keys_and_the_neighbour_keeps_everything(
    client: FlaskClient, context: Context, keys: dict[str, dict[str, str]], kept: dict[str, Any]
) -> None:
    text = PROPOSAL.replace("construction", "carpentry")
    made = client.post("/v1/proposals", data=text, content_type="text/markdown", headers=keys["foreign"])
    neighbour = made.json["proposal_id"]
    before = client.get("/v1/organizations/west-side", headers=keys["foreign"]).json
    told = client.get(ADDRESS, headers=keys["trusted"]).json["kept"]
    erased = client.delete(ADDRESS, headers=keys["trusted"]).json["erased"]
    assert {name: erased[name] for name in told} == told
    assert client.get(ADDRESS, headers=keys["trusted"]).status_code == 401
    assert list(context.store.proposals.ids_and_revisions()) == [neighbour]
    assert client.get("/v1/organizations/west-side", headers=keys["foreign"]).json == before
    encoded = context.encoder.encoded_count
    context.rescorer.score_proposal(neighbour)
    assert context.encoder.encoded_count == encoded, "what the neighbour's texts are compared by stays"


def test_a_key_that_may_not_erase_neither_exports_nor_erases_and_is_told_what_helps(
    client: FlaskClient, keys: dict[str, dict[str, str]]
) -> None:
    for method, url in (("GET", f"{ADDRESS}/data"), ("DELETE", ADDRESS)):
        refused = client.open(url, method=method, headers=keys["ordinary"])
        assert refused.status_code == 403
        assert "--may-erase" in refused.json["detail"]
    assert client.get(ADDRESS, headers=keys["ordinary"]).status_code == 200


def test_another_organization_is_as_unknown_as_none(client: FlaskClient, keys: dict[str, dict[str, str]]) -> None:
    for method, path in (("GET", ""), ("GET", "/data"), ("DELETE", "")):
        foreign = client.open(ADDRESS + path, method=method, headers=keys["foreign"])
        missing = client.open(f"/v1/organizations/nowhere{path}", method=method, headers=keys["foreign"])
        assert foreign.status_code == missing.status_code == 404
        assert foreign.text.replace("east-side", "nowhere") == missing.text


def test_a_session_takes_the_file_along_and_erases_nothing_over_the_interface(
    context: Context, keys: dict[str, dict[str, str]]
) -> None:
    officer = signed_in_client(create_app(context), context, "officer@example.org", "east-side")
    assert officer.get(f"{ADDRESS}/data").status_code == 200
    assert officer.delete(ADDRESS).status_code == 401


def test_so_much_is_exported_and_erased_only_so_often(client: FlaskClient, keys: dict[str, dict[str, str]]) -> None:
    with time_machine.travel(NOON, tick=False):
        answers = [client.get(f"{ADDRESS}/data", headers=keys["trusted"]) for _ in range(21)]
        assert {answer.status_code for answer in answers[:-1]} == {200}
        assert answers[-1].status_code == 429
        assert int(answers[-1].headers["Retry-After"]) > 0
        assert client.delete(ADDRESS, headers=keys["trusted"]).status_code == 429
        assert client.get("/v1/organizations/west-side/data", headers=keys["foreign"]).status_code == 200


def test_once_its_keys_are_erased_the_service_still_asks_for_one(
    client: FlaskClient, context: Context, keys: dict[str, dict[str, str]]
) -> None:
    client.delete(ADDRESS, headers=keys["trusted"])
    client.delete("/v1/organizations/west-side", headers=keys["foreign"])
    assert context.store.keys.all() == []
    assert client.get("/v1/proposals").status_code == 401
