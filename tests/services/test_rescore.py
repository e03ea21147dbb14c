"""Matches stay fresh, whatever made them stale."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from matcher.bootstrap import Context, build
from matcher.domain.proposal import Proposal
from matcher.errors import NotFound
from matcher.proposals.reader import read_proposal
from matcher.services.import_notices import import_notices
from matcher.services.rescore import Rescorer
from matcher.services.submit_proposal import submit_proposal
from matcher.settings import Settings
from matcher.store.records import StoredProposal
from matcher.text.documents import read_document
from tests.fakes import BagOfWords
from tests.services.examples import GARDENS, HULLS, PROPOSAL, write


def proposal() -> Proposal:
    return read_proposal(read_document(PROPOSAL.encode(), "gardens.md"))


@pytest.fixture
def notices(house: Context) -> Path:
    return write(house.settings.opportunities, gardens=GARDENS, hulls=HULLS)


def fits(house: Context, proposal_id: str) -> dict[str, float]:
    return {stored.match.opportunity_id: stored.match.fit for stored in house.store.matches.for_proposal(proposal_id)}


def test_a_submitted_proposal_has_its_matches_at_once(house: Context, notices: Path) -> None:
    import_notices(house.store, [notices])
    saved = submit_proposal(house.store, house.rescorer, proposal())
    found = fits(house, saved.identifier)
    assert found["gardens"] > 0.5 > found["hulls"]
    assert house.store.proposals.stale(house.scorer.fingerprint) == []


def test_a_new_notice_is_scored_against_stored_proposals(house: Context, notices: Path) -> None:
    (notices / "gardens.yaml").rename(notices.parent / "gardens.yaml")
    import_notices(house.store, [notices])
    saved = submit_proposal(house.store, house.rescorer, proposal())
    (notices.parent / "gardens.yaml").rename(notices / "gardens.yaml")
    import_notices(house.store, [notices])
    report = house.rescorer.rescore()
    assert report.counts == {"proposals": 0, "opportunities": 2, "embedded": 0, "pairs": 2, "matches": 2}
    assert fits(house, saved.identifier)["gardens"] > 0.5


def test_a_second_rescoring_has_nothing_to_do(house: Context, notices: Path) -> None:
    import_notices(house.store, [notices])
    submit_proposal(house.store, house.rescorer, proposal())
    house.rescorer.rescore()
    assert not any(house.rescorer.rescore().counts.values())


def test_an_upload_and_the_nightly_job_agree_to_the_last_digit(house: Context, notices: Path) -> None:
    import_notices(house.store, [notices])
    saved = submit_proposal(house.store, house.rescorer, proposal())
    at_upload = [stored.match for stored in house.store.matches.for_proposal(saved.identifier)]
    house.rescorer.rescore()
    assert [stored.match for stored in house.store.matches.for_proposal(saved.identifier)] == at_upload


def test_changing_one_priority_encodes_one_text(house: Context, notices: Path, encoder: BagOfWords) -> None:
    import_notices(house.store, [notices])
    saved = submit_proposal(house.store, house.rescorer, proposal())
    house.rescorer.rescore()
    before, old_fit = len(encoder.encoded), fits(house, saved.identifier)["hulls"]
    write(notices, hulls=HULLS.replace("titanium submarine hulls", "vegetable gardens at public schools"))
    import_notices(house.store, [notices])
    house.rescorer.rescore()
    assert encoder.encoded[before:] == ["Develop welding of vegetable gardens at public schools."]
    assert fits(house, saved.identifier)["hulls"] > old_fit


def test_what_an_interrupted_run_has_scored_is_not_scored_again(house: Context, notices: Path) -> None:
    import_notices(house.store, [notices])
    house.rescorer.rescore()
    for number in range(33):  # one more than a block
        house.store.proposals.save(proposal(), f"p{number:02}")
    with pytest.raises(ZeroDivisionError):
        house.rescorer.rescore(progress=lambda items: (item for item in items if 1 / (item != "p31")))
    assert house.rescorer.rescore().proposals == 1
    assert house.store.matches.count() == 66


def test_another_model_makes_everything_stale(house: Context, notices: Path) -> None:
    import_notices(house.store, [notices])
    saved = submit_proposal(house.store, house.rescorer, proposal())
    other = BagOfWords()
    other.model_id = "another model"
    again = build(house.settings, encoder=other)
    assert again.rescorer.rescore().counts["pairs"] == 2
    stored = again.store.matches.for_proposal(saved.identifier)
    assert {entry.match.fingerprint for entry in stored} == {again.scorer.fingerprint}
    again.store.close()


def test_a_match_that_falls_below_the_floor_goes(house: Context, notices: Path, tmp_path: Path) -> None:
    strict = build(Settings(home=tmp_path / "home", opportunities=notices, match_floor=0.5), encoder=BagOfWords())
    import_notices(strict.store, [notices])
    saved = submit_proposal(strict.store, strict.rescorer, proposal())
    assert fits(strict, saved.identifier).keys() == {"gardens"}
    write(notices, gardens=HULLS.replace("opportunity_id: hulls", "opportunity_id: gardens"))
    import_notices(strict.store, [notices])
    strict.rescorer.rescore()
    assert fits(strict, saved.identifier) == {}
    strict.store.close()


def test_the_same_file_submitted_again_replaces_what_it_brought(house: Context, notices: Path) -> None:
    import_notices(house.store, [notices])
    first = submit_proposal(house.store, house.rescorer, proposal())
    second = submit_proposal(
        house.store, house.rescorer, read_proposal(read_document(b"# Hulls\n\nWe weld hulls.", "gardens.md"))
    )
    assert first.identifier == second.identifier
    assert second.revision == 2
    assert len(house.store.proposals.all()) == 1


def test_a_proposal_that_is_not_stored_is_named(house: Context) -> None:
    with pytest.raises(NotFound, match="nobody"):
        house.rescorer.score_proposal("nobody")


def test_what_can_still_be_applied_for_is_encoded_before_anybody_has_a_proposal(
    house: Context, notices: Path, encoder: BagOfWords
) -> None:
    import_notices(house.store, [write(notices, gardens=GARDENS.replace("2026-06-30", "2096-06-30"))])
    shown: list[str] = []
    report = house.rescorer.rescore(embedding=lambda items: (shown.append(item) or item for item in items))
    assert report.counts == {"proposals": 0, "opportunities": 2, "embedded": 1, "pairs": 0, "matches": 0}
    assert shown == ["gardens", "hulls"]
    assert "School Gardens" in encoder.encoded
    assert "Submarine Hull Repair" not in encoder.encoded
    assert house.store.opportunities.stale(house.scorer.fingerprint) == []


def test_a_new_notice_is_scored_without_reading_the_rest_of_the_catalogue(
    house: Context, notices: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_notices(house.store, [notices])
    saved = submit_proposal(house.store, house.rescorer, proposal())
    house.rescorer.rescore()
    write(notices, gardens=GARDENS.replace("City Parks", "Town Parks"))
    import_notices(house.store, [notices])
    monkeypatch.setattr(house.store.opportunities, "all", lambda: 1 / 0)
    report = house.rescorer.rescore()
    assert (report.opportunities, report.pairs) == (1, 1)
    assert house.store.opportunities.stale(house.scorer.fingerprint) == []
    assert fits(house, saved.identifier).keys() == {"gardens", "hulls"}


def test_a_new_notice_has_only_the_proposals_read_that_it_fits(
    house: Context, notices: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (notices / "hulls.yaml").rename(notices.parent / "hulls.yaml")
    import_notices(house.store, [notices])
    strict = Rescorer(house.store, house.scorer, house.catalogue, 0.3)
    gardeners = submit_proposal(house.store, strict, proposal()).identifier
    hulls = read_proposal(read_document(b"# Hulls\n\nWe weld titanium hulls.", "w.md"))
    welders = submit_proposal(house.store, strict, hulls).identifier
    strict.rescore()
    read: list[str] = []
    some = house.store.proposals.some

    def watched(names: Iterable[str]) -> dict[str, StoredProposal]:
        read.extend(names := list(names))
        return some(names)

    monkeypatch.setattr(house.store.proposals, "some", watched)
    (notices.parent / "hulls.yaml").rename(notices / "hulls.yaml")
    import_notices(house.store, [notices])
    report = strict.rescore()
    assert (report.pairs, report.matches, read) == (2, 1, [welders])
    assert fits(house, gardeners).keys() == {"gardens"}
    kept = house.store.matches.for_proposal(welders)
    submit_proposal(house.store, strict, hulls)
    assert [one.match for one in house.store.matches.for_proposal(welders)] == [one.match for one in kept]
