import json
from importlib.resources import files

from matcher.notices.formats.state_categories import STATE_CATEGORIES


def test_every_category_is_one_that_notices_may_have() -> None:
    schema = json.loads(files("matcher.notices").joinpath("notice_schema.json").read_text("utf-8"))
    known = set(schema["properties"]["funding_categories"]["items"]["enum"])

    assert {one for several in STATE_CATEGORIES.values() for one in several} <= known
    assert all(name == name.casefold() for name in STATE_CATEGORIES)
