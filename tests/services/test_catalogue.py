"""The catalogue in memory follows the stored one, and only what changed is read and made again."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from matcher.bootstrap import Context
from matcher.services.import_notices import import_notices
from matcher.store.records import StoredOpportunity
from tests.services.examples import GARDENS, HULLS, write


@pytest.fixture
def notices(house: Context) -> Path:
    folder = write(house.settings.opportunities, gardens=GARDENS, hulls=HULLS)
    import_notices(house.store, [folder])
    return folder


def test_after_a_change_only_what_changed_is_read(
    house: Context, notices: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = house.catalogue.state().stored
    asked: list[str] = []
    some = house.store.opportunities.some

    def watched(names: Iterable[str]) -> dict[str, StoredOpportunity]:
        asked.extend(names := list(names))
        return some(names)

    monkeypatch.setattr(house.store.opportunities, "some", watched)
    import_notices(house.store, [write(notices, hulls=HULLS.replace("titanium", "steel"))])
    asked.clear()
    after = house.catalogue.state().stored
    assert asked == ["hulls"]
    assert after["gardens"] is before["gardens"]
    assert after == {entry.opportunity.opportunity_id: entry for entry in house.store.opportunities.all()}


def test_a_notice_that_goes_and_comes_back_is_encoded_once(house: Context, notices: Path) -> None:
    _, first = house.catalogue.encoded()
    text = (notices / "hulls.yaml").read_text(encoding="utf-8")
    (notices / "hulls.yaml").unlink()
    import_notices(house.store, [notices])
    state, second = house.catalogue.encoded()
    assert state.stored["hulls"].vanished_at is not None
    (notices / "hulls.yaml").write_text(text, encoding="utf-8")
    import_notices(house.store, [notices])
    state, third = house.catalogue.encoded()
    assert state.stored["hulls"].vanished_at is None
    assert first.blocks == second.blocks == third.blocks
