from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copyfile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.routing import Rule

from matcher.bootstrap import Context
from matcher.web.app import create_app
from tests.web.houses import PORTAL, PROPOSAL, look, make_house

NewHouse = Callable[..., Context]


@pytest.fixture(scope="session", autouse=True)
def rules_compiled_once() -> Iterator[None]:
    """Compile each rule of the URL map once for all applications of a run: that is most of what making one takes.

    What is compiled takes the rule that it builds an address for as an argument, and so serves every equal rule.
    """
    compiled: dict[tuple[str, str | None, str, bool], Callable[..., tuple[str, str]]] = {}
    compile_rule = Rule._compile_builder

    def compiled_once(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        key = rule.rule, rule.subdomain, repr(rule.defaults), append_unknown
        if key not in compiled:
            compiled[key] = compile_rule(rule, append_unknown)
        return compiled[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", compiled_once)
        yield


class KeptTemplates(BytecodeCache):
    """What templates compile to, under a key of their names and beside a sum over their texts."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


@pytest.fixture(scope="session", autouse=True)
def templates_compiled_once() -> Iterator[None]:
    """Compile each template once for all apps that tests make: it takes a tenth of a second for each page."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flask, "jinja_options", {"bytecode_cache": KeptTemplates()})
        yield


@pytest.fixture
def new_house(tmp_path: Path, empty_database: Path) -> Iterator[NewHouse]:
    copyfile(empty_database, tmp_path / "matcher.db")
    houses: list[Context] = []

    def make(**options: object) -> Context:
        houses.append(make_house(tmp_path, **options))
        return houses[-1]

    yield make
    for house in houses:
        house.store.close()


@pytest.fixture
def context(new_house: NewHouse) -> Context:
    return new_house()


@pytest.fixture
def client(context: Context) -> FlaskClient:
    return create_app(context).test_client()


@pytest.fixture
def proposal_id(client: FlaskClient) -> str:
    answer = client.post("/v1/proposals", data=PROPOSAL, content_type="text/markdown")
    assert answer.status_code == 201, answer.text
    return str(answer.json["proposal_id"])


@pytest.fixture
def run_id(context: Context) -> int:
    """Return the one run of the one source, which found nothing."""
    context.store.sources.add(PORTAL)
    return look(context)
