"""One organization never sees another's things: every route of the OpenAPI file and every page, by enumeration.

A new route is tried without being named here. It fails if its path has a parameter that nobody says the owner of, if
its example cannot be sent, or if it shows the neighbour anything.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from matcher.bootstrap import Context
from matcher.services.keys import issue_key
from matcher.services.members import add_member
from matcher.services.organizations import add_organization
from matcher.web.app import create_app
from matcher.web.common_grants.identifiers import protocol_id
from tests.web.houses import PORTAL, PROPOSAL, digested, look
from tests.web.page_rules import address_of, page_rules
from tests.web.signing_in import fill_in, signed_in_client

Json = dict[str, Any]
MARK = "Zanzibarquartz"
"""A word that stands in the things of one organization and nowhere else."""

OPEN = {"/", "/healthz", "/readyz"}
"""What asks for no key."""

ORGANIZATION = "/v1/organizations/"
"""Where an organization erases itself, and with that all keys and identifiers of these tests."""

SECRET = "/feeds/{token}/"
"""Where the address itself is the key, for the feeds of its owner and for nothing else."""


class Neighbours:
    """Two organizations on one service, of which the first keeps things."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.client = create_app(context).test_client()
        self.document: Json = self.client.get("/openapi.json").json
        context.store.sources.add(PORTAL)
        self.common = {
            "opportunity_id": "youth-build",
            "oppId": str(protocol_id("youth-build")),
            "name": PORTAL.name,
            "run_id": str(look(context)),
        }
        self.keys = {}
        for name in ("owner", "neighbour"):
            add_organization(context.store, name, name)
            self.keys[name] = issue_key(context.store, name, "tests", may_erase=True)[1]
            add_member(context.store, name, f"{name}@example.org")
        self.owned: dict[str, str] = {"organization_id": "owner"}

    def fill(self) -> None:
        """Let the owner keep one of everything; what is kept has its identifier in `owned`, by parameter."""
        text = PROPOSAL.replace("Rebuilding", MARK)
        created = self.call("owner", "POST", "/v1/proposals", data=text, content_type="text/markdown")
        self.owned["proposal_id"] = created.json["proposal_id"]
        mute = json.dumps({"kind": "agency", "value": MARK})
        muted = self.call("owner", "POST", "/v1/mutes", data=mute, content_type="application/json")
        self.owned["mute_id"] = muted.json["mute_id"]
        feeds = f"/v1/proposals/{self.owned['proposal_id']}/feeds"
        named = json.dumps({"name": MARK})
        feed = self.call("owner", "POST", feeds, data=named, content_type="application/json").json
        self.owned["feed_id"] = feed["feed_id"]
        self.secret = feed["atom_url"].split("/")[-2]
        self.owned |= digested(self.context, self.owned["proposal_id"], "owner", f"{MARK}@example.org")

    def call(self, who: str | None, method: str, url: str, **body: str) -> TestResponse:
        headers = {} if who is None else {"X-API-Key": self.keys[who]}
        return self.client.open(url, method=method, headers=headers, **body)

    def operations(self) -> Iterator[tuple[str, str, Json]]:
        """Yield every operation, deletions last; what hangs on something else is deleted before it, all at the end."""
        found = [
            (path, method.upper(), operation)
            for path, item in self.document["paths"].items()
            for method, operation in item.items()
        ]
        yield from sorted(found, key=lambda entry: (entry[1] == "DELETE", ORGANIZATION in entry[0], -len(entry[0])))

    def pages(self, method: str = "GET") -> Iterator[str]:
        """Yield the address of every page with the owner's identifiers."""
        for rule in page_rules(self.client.application, method):
            yield address_of(rule, **self.common, **self.owned)

    def kept(self) -> dict[str, Json]:
        """Return everything that the owner can read of what is theirs as JSON, by path."""
        reads = [path for path, method, _ in self.operations() if method == "GET" and "/v1/" in path]
        lists = ("/v1/mutes", "/v1/proposals", "/v1/subscriptions")
        owned = [path for path in reads if self.is_owned(path) or path in lists]
        return {path: self.call("owner", "GET", self.url(path)).json for path in owned}

    def member(self, who: str) -> FlaskClient:
        """Return a browser in which somebody is signed in."""
        return signed_in_client(self.client.application, self.context, f"{who}@example.org", who)

    def url(self, path: str) -> str:
        """Return the address with the owner's identifiers; one that nobody knows the owner of is an error."""
        return path.format(**self.common, **self.owned, token=self.secret)

    def is_owned(self, path: str) -> bool:
        return any(f"{{{name}}}" in path for name in self.owned)


def body_of(operation: Json) -> Json:
    """Return the example body of an operation, as arguments of a call."""
    content = operation.get("requestBody", {}).get("content", {})
    for kind, described in content.items():
        if "example" in described:
            example = described["example"]
            return {"data": example if isinstance(example, str) else json.dumps(example), "content_type": kind}
    assert not content, "a body needs an example"
    return {}


@pytest.fixture
def neighbours(context: Context) -> Neighbours:
    both = Neighbours(context)
    both.fill()
    return both


def test_the_neighbour_finds_nothing_at_any_address_of_the_owner(neighbours: Neighbours) -> None:
    for path, method, operation in neighbours.operations():
        if path.startswith(SECRET):
            continue
        answer = neighbours.call("neighbour", method, neighbours.url(path), **body_of(operation))
        place = f"{method} {path}: {answer.status_code} {answer.text[:300]}"
        assert answer.status_code < 500, place
        assert MARK not in answer.text, place
        if neighbours.is_owned(path):
            assert answer.status_code == 404, place
            continue
        for identifier in neighbours.owned.values():
            assert identifier not in answer.text, place


def test_what_is_not_the_neighbours_answers_as_what_does_not_exist(neighbours: Neighbours) -> None:
    for path, method, operation in neighbours.operations():
        if neighbours.is_owned(path):
            url, body = neighbours.url(path), body_of(operation)
            foreign = neighbours.call("neighbour", method, url, **body)
            missing_url = url
            for identifier in neighbours.owned.values():
                missing_url = missing_url.replace(identifier, identifier[::-1])
            missing = neighbours.call("neighbour", method, missing_url, **body)
            told = foreign.text
            for identifier in neighbours.owned.values():
                told = told.replace(identifier, identifier[::-1])
            assert (foreign.status_code, told) == (missing.status_code, missing.text), f"{method} {path}"


def test_the_owner_is_answered_everywhere_so_that_the_refusals_mean_something(neighbours: Neighbours) -> None:
    for path, method, operation in neighbours.operations():
        answer = neighbours.call("owner", method, neighbours.url(path), **body_of(operation))
        assert answer.status_code < 300, f"{method} {path}: {answer.status_code} {answer.text[:300]}"


def test_nobody_is_answered_without_a_key(neighbours: Neighbours) -> None:
    for path, method, operation in neighbours.operations():
        answer = neighbours.call(None, method, neighbours.url(path), **body_of(operation))
        if path in OPEN or path.startswith(SECRET):
            assert answer.status_code in (200, 503), path
            assert operation["security"] == []
        else:
            assert answer.status_code == 401, f"{method} {path}"
            assert operation["security"]
            assert "401" in operation["responses"]
    pages: FlaskClient = neighbours.client
    assert pages.get("/sources").status_code == 401


def test_the_neighbour_changes_nothing_of_the_owner(neighbours: Neighbours) -> None:
    before = neighbours.call("owner", "GET", neighbours.url("/v1/proposals/{proposal_id}")).json
    for path, method, operation in neighbours.operations():
        if method != "GET":
            neighbours.call("neighbour", method, neighbours.url(path), **body_of(operation))
    assert neighbours.call("owner", "GET", neighbours.url("/v1/proposals/{proposal_id}")).json == before


def test_the_neighbours_browser_shows_nothing_of_the_owner_on_any_page(neighbours: Neighbours) -> None:
    owner, neighbour, nobody = neighbours.member("owner"), neighbours.member("neighbour"), neighbours.client
    pages = list(neighbours.pages())
    assert "/sources" in pages
    for page in pages:
        is_owned = any(identifier in page for identifier in neighbours.owned.values())
        shown, refused = owner.get(page), neighbour.get(page)
        assert shown.status_code < 400, f"{page}: {shown.status_code}"
        assert refused.status_code == 404 if is_owned else refused.status_code < 400, f"{page}: {refused.status_code}"
        assert MARK not in refused.text, page
        assert is_owned or not any(identifier in refused.text for identifier in neighbours.owned.values()), page
        assert nobody.get(page).status_code == 401, page


@time_machine.travel(datetime.now(UTC), tick=False)  # a preview signs its links with the moment
def test_no_form_of_the_neighbour_changes_anything_of_the_owner(neighbours: Neighbours) -> None:
    before = neighbours.kept()
    neighbour, nobody = neighbours.member("neighbour"), neighbours.client
    for page in neighbours.pages("POST"):
        assert nobody.post(page).status_code == 401, page
        assert neighbour.post(page).status_code == 403, f"{page} without a token"
        sent = fill_in(neighbour, page, at="/sign-out", kind="relevant", mute="opportunity:", name="theirs")
        assert sent.status_code < 500, page
        assert MARK not in sent.text, page
    assert neighbours.kept() == before
