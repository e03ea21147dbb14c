"""The generated description against the base description of CommonGrants 0.4.0, by the rules of its own checker.

An implementation must have every required route, parameter, answer and property; it must not have others, nor other
types, nor values of an enumeration that the base does not have.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask.testing import FlaskClient

from tests.conftest import beside_the_checkout

Json = dict[str, Any]

ROUTES = {
    "/common-grants/opportunities": {"get": (["page", "pageSize"], ["200"])},
    "/common-grants/opportunities/{oppId}": {"get": (["oppId"], ["200", "404"])},
    "/common-grants/opportunities/search": {"post": ([], ["200"])},
}
"""Method, parameters and answers that must be described."""

PARTS = {
    "OpportunityBase": (
        "id title status description createdAt lastModifiedAt",
        "funding keyDates acceptedApplicantTypes source customFields",
    ),
    "OppStatus": ("value", "customValue description"),
    "OppFunding": (
        "",
        "details totalAmountAvailable minAwardAmount maxAwardAmount minAwardCount maxAwardCount estimatedAwardCount",
    ),
    "CommonGrantsMoney": ("amount currency", ""),
    "OppTimeline": ("", "postDate closeDate otherDates"),
    "SingleDateEvent": ("name eventType date", "description time"),
    "OtherEvent": ("name eventType", "description details"),
    "CommonGrantsApplicantType": ("value", "customValue description"),
    "CustomField": ("name fieldType value", "schema description"),
    "OpportunitiesListResponse": ("status message items paginationInfo", ""),
    "OpportunityResponse": ("status message data", ""),
    "OpportunitiesSearchResponse": ("status message items paginationInfo sortInfo filterInfo", ""),
    "PaginatedResultsInfo": ("page pageSize", "totalItems totalPages"),
    "SortedResultsInfo": ("sortBy sortOrder", "customSortBy errors"),
    "FilterInfo": ("filters", "errors"),
    "CommonGrantsError": ("status message errors", ""),
    "OpportunitySearchBody": ("", "search filters sorting pagination"),
    "OppFilters": (
        "",
        "status closeDateRange totalFundingAvailableRange minAwardAmountRange maxAwardAmountRange customFilters",
    ),
    "OppSorting": ("sortBy", "sortOrder customSortBy"),
    "PaginatedBodyParams": ("", "page pageSize"),
    "DefaultFilter": ("operator value", ""),
}
"""Of each part the properties that must be there, and those that may."""


@pytest.fixture
def document(client: FlaskClient) -> Json:
    found: Json = client.get("/openapi.json").json
    return found


@pytest.fixture
def base() -> Json:
    """The base description itself, where it lies beside the checkout."""
    path: Path = beside_the_checkout("data") / "commongrants" / "openapi.0.4.0.yaml"
    found: Json = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def resolved(document: Json, schema: Json) -> Json:
    """Return a schema without reference, its `allOf` and its alternative to null folded into it."""
    while "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    alternatives = [one for one in schema.get("anyOf", []) if one.get("type") != "null"]
    if len(alternatives) == 1:
        return resolved(document, alternatives[0])
    folded = {**schema, "properties": {}, "required": []}
    for part in [*(resolved(document, one) for one in schema.get("allOf", [])), schema]:
        folded["properties"] = {**folded["properties"], **part.get("properties", {})}
        folded["required"] = [*folded["required"], *part.get("required", [])]
        folded.update({key: part[key] for key in ("type", "enum", "items", "additionalProperties") if key in part})
    return folded


def conflicts(base: Json, asked: Json, document: Json, told: Json, place: str) -> Iterator[str]:
    """Yield where the schema `told` of `document` is not what the schema `asked` of `base` asks for."""
    asked, told = resolved(base, asked), resolved(document, told)
    if "type" not in asked:
        return
    if told.get("type", asked["type"]) != asked["type"]:
        yield f"{place}: {told['type']}, not {asked['type']}"
    if "enum" in asked and not set(told.get("enum", [])) <= set(asked["enum"]):
        yield f"{place}: {set(told['enum']) - set(asked['enum'])} are none of its values"
    if asked["type"] == "array" and "items" in asked:
        yield from conflicts(base, asked["items"], document, told["items"], f"{place}[]")
    if asked["type"] == "object":
        for name in set(asked["required"]) - set(told["properties"]):
            yield f"{place}.{name} is missing"
        for name, schema in told["properties"].items():
            if name in asked["properties"]:
                yield from conflicts(base, asked["properties"][name], document, schema, f"{place}.{name}")
            elif not asked.get("additionalProperties"):
                yield f"{place}.{name} is not in the protocol"


def test_the_routes_of_the_protocol_are_described_and_no_others(document: Json) -> None:
    ours = {path for path in document["paths"] if path.startswith("/common-grants")}
    assert ours == set(ROUTES)
    for path, methods in ROUTES.items():
        assert set(document["paths"][path]) == set(methods)
        for method, (parameters, answers) in methods.items():
            operation = document["paths"][path][method]
            assert set(parameters) <= {parameter["name"] for parameter in operation.get("parameters", [])}
            for status in answers:
                assert "application/json" in operation["responses"][status]["content"]


@pytest.mark.parametrize("name", PARTS)
def test_a_part_has_what_it_must_and_nothing_that_it_may_not_have(document: Json, name: str) -> None:
    needed, allowed = (set(words.split()) for words in PARTS[name])
    schema = document["components"]["schemas"][name]
    assert needed <= set(schema["properties"]) <= needed | allowed
    assert set(schema.get("required", [])) <= needed | {"totalItems", "totalPages", "errors"}


def test_no_answer_may_be_null_and_none_may_hold_more_than_it_says(document: Json) -> None:
    for name in ("OpportunityBase", "OppFunding", "OppTimeline", "OppStatus", "CustomField", "PaginatedResultsInfo"):
        schema = document["components"]["schemas"][name]
        assert "null" not in str(schema), name
        assert schema["additionalProperties"] is False


def test_every_error_of_the_protocol_is_in_its_own_envelope(document: Json) -> None:
    for path in ROUTES:
        for operation in document["paths"][path].values():
            errors = {status: told for status, told in operation["responses"].items() if int(status) >= 400}
            assert {"401", "500", "503"} <= set(errors)
            for told in errors.values():
                assert list(told["content"]) == ["application/json"]
                assert told["content"]["application/json"]["schema"]["$ref"].endswith("/CommonGrantsError")


def test_nothing_conflicts_with_the_base_description(document: Json, base: Json) -> None:
    found: list[str] = []
    for path, methods in ROUTES.items():
        for method in methods:
            asked, told = base["paths"][path][method], document["paths"][path][method]
            for status, response in asked["responses"].items():
                schemas = [
                    one["content"]["application/json"]["schema"] for one in (response, told["responses"][status])
                ]
                found += conflicts(base, schemas[0], document, schemas[1], f"{method} {path} {status}")
            if "requestBody" in asked:
                bodies = [one["requestBody"]["content"]["application/json"]["schema"] for one in (asked, told)]
                found += conflicts(base, bodies[0], document, bodies[1], f"{method} {path} body")
    assert found == []


def test_the_comparison_itself_can_fail(document: Json, base: Json) -> None:
    asked = {"$ref": "#/components/schemas/CommonGrants.Models.OppStatus"}
    wrong = {"type": "object", "properties": {"value": {"type": "string", "enum": ["archived"]}, "score": {}}}
    assert sorted(conflicts(base, asked, document, wrong, "status")) == [
        "status.score is not in the protocol",
        "status.value: {'archived'} are none of its values",
    ]
    assert list(conflicts(base, asked, document, {"type": "object"}, "status")) == ["status.value is missing"]
