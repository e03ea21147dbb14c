"""Which settings are shown: what decides results and mail, and nothing of the machine or of its secrets."""

from pathlib import Path

from flask.testing import FlaskClient
from lxml import html

from matcher.settings import Settings
from matcher.web.app import create_app
from matcher.web.shown_settings import shown_settings
from tests.web.conftest import NewHouse

HIDDEN = {
    "smtp_host": "relay.internal",
    "smtp_password": "hunter2",
    "source_keys": {"simpler": "key-of-a-source"},
    "allowed_networks": "10.9.8.0/24",
    "signing_keys": "key-of-links",
}


def test_each_setting_has_its_variable_its_value_and_what_it_means() -> None:
    groups = {group.name: group.settings for group in shown_settings(Settings(match_floor=0.2))}
    floor = next(one for one in groups["Matching"] if one.name == "match_floor")
    assert (floor.variable, floor.value, floor.is_default) == ("MATCHER_MATCH_FLOOR", 0.2, False)
    assert floor.description == "Pairs with a lower fit are not kept."


def test_a_model_in_a_folder_is_told_by_its_name_alone() -> None:
    [model, *_] = shown_settings(Settings(model="/srv/models/own"))[0].settings
    assert model.value == "own"


def test_no_secret_no_server_and_no_path_leaves_the_installation(new_house: NewHouse, tmp_path: Path) -> None:
    client = create_app(new_house(**HIDDEN)).test_client()
    for address in ("/settings", "/v1/settings"):
        answer = client.get(address)
        assert answer.status_code == 200
        hidden = ("relay.internal", "hunter2", "key-of-a-source", "10.9.8.0", "key-of-links", str(tmp_path))
        assert [word for word in hidden if word in answer.text] == []


def test_the_page_and_its_twin_tell_the_same(client: FlaskClient) -> None:
    page = html.document_fromstring(client.get("/settings").text)
    [twin] = page.xpath("//link[@rel='alternate']/@href")
    told = [one["variable"] for group in client.get(twin).json["groups"] for one in group["settings"]]
    assert page.xpath("//dl//dt/code/text()") == told
