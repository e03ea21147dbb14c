"""The OpenAPI file says what the service does: every route, every answer, every error."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from matcher.bootstrap import Context
from matcher.domain.organization import LOCAL
from matcher.web.common_grants import envelopes
from matcher.web.common_grants.base import Part
from matcher.web.common_grants.identifiers import protocol_id
from matcher.web.rest import (
    answers,
    catalogue_answers,
    feed_answers,
    feedback_answers,
    organization_answers,
    source_answers,
    subscription_answers,
)
from matcher.web.rest.description import section
from tests.web.houses import PORTAL, PROPOSAL, digested

Json = dict[str, Any]
ANSWERS = (
    answers,
    catalogue_answers,
    feed_answers,
    feedback_answers,
    organization_answers,
    source_answers,
    subscription_answers,
    envelopes,
)
METHODS = ("get", "post", "put", "patch", "delete")
Ids = dict[str, object]
UNDESCRIBED = {("/openapi.json", "get"), ("/metrics", "get")}
"""The description itself, and figures for another program; pages are for people, and so stand for themselves."""

pytestmark = pytest.mark.usefixtures("run_id")


@pytest.fixture
def document(client: FlaskClient) -> Json:
    found: Json = client.get("/openapi.json").json
    return found


def operations(document: Json) -> Iterator[tuple[str, str, Json]]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def fits(document: Json, schema: Json, value: object) -> None:
    Draft202012Validator({**schema, "components": document["components"]}).validate(value)


@pytest.fixture
def ids(client: FlaskClient, context: Context, proposal_id: str) -> Ids:
    """Something real for every name in a path."""
    mute = client.post("/v1/mutes", json={"kind": "agency", "value": "Office of Silence"}).json
    feed = client.post(f"/v1/proposals/{proposal_id}/feeds", json={"name": "reader"}).json
    return {
        "proposal_id": proposal_id,
        "opportunity_id": "youth-build",
        "oppId": protocol_id("youth-build"),
        "name": PORTAL.name,
        "run_id": 1,
        "mute_id": mute["mute_id"],
        "feed_id": feed["feed_id"],
        "token": feed["atom_url"].split("/")[-2],
        "organization_id": LOCAL,
        **digested(context, proposal_id),
    }


def missing(ids: Ids) -> Ids:
    """Nothing real for any name in a path."""
    return {name: 1_000 if isinstance(value, int) else "nothing" for name, value in ids.items()}


def call(client: FlaskClient, method: str, url: str, operation: Json) -> TestResponse:
    """Call an operation with a body that it takes."""
    content = operation.get("requestBody", {}).get("content", {})
    if "text/plain" in content:
        return client.open(url, method=method.upper(), data=PROPOSAL, content_type="text/plain")
    for kind, described in content.items():
        example = described["example"]
        data = example if isinstance(example, str) else json.dumps(example)
        return client.open(url, method=method.upper(), data=data, content_type=kind)
    return client.open(url, method=method.upper())


def error_type(path: str) -> str:
    """The media type of the envelope that errors at an address come in."""
    return "application/json" if path.startswith(envelopes.PREFIX) else "application/problem+json"


def deletions_last(entry: tuple[str, str, Json]) -> tuple[bool, bool, int]:
    """What hangs on something else is deleted before it, and the organization with everything at the end."""
    path, method, _ = entry
    return method == "delete", "{organization_id}" in path, -len(path)


def test_a_section_describes_its_routes_when_it_is_asked_to_and_each_once() -> None:
    routes = section("rivers", "Rivers.")

    @routes.get("/rivers")
    def list_rivers() -> dict[str, str]:
        return {}

    assert routes.paths == {}
    routes.describe()
    described = dict(routes.paths)
    routes.describe()
    assert list(routes.paths) == ["/rivers"]
    assert routes.paths == described


def test_the_version_is_3_1_and_every_route_is_described(client: FlaskClient, document: Json) -> None:
    assert document["openapi"].startswith("3.1")
    rules = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in client.application.url_map.iter_rules()
        if not is_page(client, rule)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert rules - UNDESCRIBED == {(path, method) for path, method, _ in operations(document)}


def is_page(client: FlaskClient, rule: Rule) -> bool:
    """Whether a person reads what is answered; the start page shares its address with the index."""
    room = client.application.view_functions[rule.endpoint].__module__
    return room.startswith("matcher.web.pages.") and rule.rule != "/"


def test_every_reference_leads_somewhere_and_every_operation_has_its_own_name(document: Json) -> None:
    references = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(document)))
    assert references <= set(document["components"]["schemas"])
    names = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(set(names)) == len(names)
    assert all(operation["summary"] and "<br" not in str(operation) for _, _, operation in operations(document))


def test_every_operation_answers_what_it_says(client: FlaskClient, document: Json, ids: Ids) -> None:
    for path, method, operation in sorted(operations(document), key=deletions_last):
        answer = call(client, method, path.format(**ids), operation)
        assert answer.status_code < 300, f"{method} {path}: {answer.text}"
        described = operation["responses"][str(answer.status_code)]
        if answer.status_code != 204:
            assert answer.mimetype in described["content"], f"{method} {path}"
        if answer.is_json:
            fits(document, described["content"]["application/json"]["schema"], answer.json)
            shown = described["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
            model = next(getattr(room, shown) for room in ANSWERS if hasattr(room, shown))
            validated = model.model_validate(answer.json)
            again = validated.dumped() if isinstance(validated, Part) else validated.model_dump(mode="json")
            assert again == answer.json, shown


def test_every_operation_has_an_example_of_what_it_takes_and_answers_and_each_is_true(document: Json) -> None:
    for path, method, operation in operations(document):
        answers_well = [told for status, told in operation["responses"].items() if int(status) < 300]
        for told in (operation.get("requestBody", {}), *answers_well):
            contents = told.get("content", {})
            is_binary = all(content["schema"].get("format") == "binary" for content in contents.values())
            assert is_binary or any("example" in content for content in contents.values()), f"{method} {path}"
            for content in contents.values():
                if "example" in content:
                    fits(document, content["schema"], content["example"])


def test_every_example_of_a_proposal_can_be_sent(client: FlaskClient, document: Json) -> None:
    content = document["paths"]["/v1/matches"]["post"]["requestBody"]["content"]
    examples = {kind: described["example"] for kind, described in content.items() if "example" in described}
    assert set(examples) == {"text/plain", "text/markdown", "application/json"}
    for kind, example in examples.items():
        body = example if isinstance(example, str) else json.dumps(example)
        assert client.post("/v1/matches", data=body, content_type=kind).status_code == 200


def test_every_error_of_every_operation_is_described_and_in_the_envelope_of_its_address(
    client: FlaskClient, document: Json, ids: Ids
) -> None:
    for path, method, operation in operations(document):
        for answer in _errors(client, path, method, operation, ids):
            place = f"{method} {path}: {answer.status_code}"
            assert answer.mimetype == error_type(path), place
            described = operation["responses"][str(answer.status_code)]["content"][answer.mimetype]
            fits(document, described["schema"], answer.json)
            assert answer.json["status"] == answer.status_code, place


def test_every_path_refuses_the_methods_that_it_does_not_describe(
    client: FlaskClient, document: Json, ids: Ids
) -> None:
    for path, item in document["paths"].items():
        for method in set(METHODS) - set(item):
            answer = client.open(path.format(**ids), method=method.upper())
            assert (answer.status_code, answer.mimetype) == (405, error_type(path)), f"{method} {path}"


def _errors(client: FlaskClient, path: str, method: str, operation: Json, ids: Ids) -> Iterator[TestResponse]:
    """Yield an answer to every kind of wrong call that the operation can get."""
    url = path.format(**ids)
    if "{" in path:
        unknown = call(client, method, path.format(**missing(ids)), operation)
        assert unknown.status_code == 404
        yield unknown
    if any(parameter["in"] == "query" for parameter in operation.get("parameters", ())):
        unknown = call(client, method, f"{url}?unknown=1", operation)
        assert unknown.status_code == 422
        yield unknown
    if "requestBody" in operation:
        kind = next(iter(operation["requestBody"]["content"]))
        for sent, status in ((kind, 422), ("image/png", 415)):
            refused = client.open(url, method=method.upper(), data=b"", content_type=sent)
            assert refused.status_code == status
            yield refused
        length = {"CONTENT_LENGTH": str(10**8)}
        large = client.open(url, method=method.upper(), content_type=kind, environ_overrides=length)
        assert large.status_code == 413
        yield large
