"""What an amendment changed, and what that did to the matches of stored proposals."""

from datetime import UTC, datetime, timedelta

import pytest

from matcher.bootstrap import Context
from matcher.domain.vocabulary import Verdict
from matcher.proposals.reader import read_proposal
from matcher.services.amendments import amendments
from matcher.services.import_notices import import_notices
from matcher.services.submit_proposal import submit_proposal
from matcher.text.documents import read_document
from tests.services.examples import GARDENS, HULLS, PROPOSAL, write


@pytest.fixture
def proposal_id(house: Context) -> str:
    """Return a proposal that was scored against two notices."""
    import_notices(house.store, [write(house.settings.opportunities, gardens=GARDENS, hulls=HULLS)])
    saved = submit_proposal(house.store, house.rescorer, read_proposal(read_document(PROPOSAL.encode(), "p.md")))
    house.rescorer.rescore()
    return saved.identifier


def amend(house: Context, text: str) -> None:
    import_notices(house.store, [write(house.settings.opportunities, gardens=text)])
    house.rescorer.rescore()


def test_nothing_is_amended_at_first(house: Context, proposal_id: str) -> None:
    assert amendments(house.store) == []


def test_a_moved_deadline_is_told_and_moves_no_match(house: Context, proposal_id: str) -> None:
    amend(house, GARDENS.replace("2026-06-30", "2026-07-15"))
    [amendment] = amendments(house.store)
    assert amendment.sentences[0] == "close date 2026-06-30 → 2026-07-15"
    assert (amendment.opportunity_id, amendment.revision, amendment.effects) == ("gardens", 2, ())
    assert amendment.source == str(house.settings.opportunities / "gardens.yaml")
    assert amendments(house.store, proposal_id=proposal_id) == []


def test_a_rule_that_shuts_the_applicant_out_is_told_with_its_effect(house: Context, proposal_id: str) -> None:
    amend(house, GARDENS.replace("nonprofits_non_higher_education_with_501c3", "state_governments"))
    [amendment] = amendments(house.store, proposal_id=proposal_id)
    assert amendment.sentences[0] == "who may apply: no longer nonprofits with 501(c)(3) status, now state governments"
    [effect] = amendment.effects
    assert (effect.previous_verdict, effect.verdict) == (Verdict.ELIGIBLE, Verdict.INELIGIBLE)
    assert effect.sentence.startswith("eligibility can apply → cannot apply: You cannot apply.")


def test_a_ceiling_that_falls_below_what_is_asked_for_is_told_with_its_effect(house: Context) -> None:
    open_to = GARDENS + "funding: {award_ceiling: 250000}\n"
    import_notices(house.store, [write(house.settings.opportunities, gardens=open_to)])
    asking = f"{PROPOSAL}\n## Amount requested\n$200,000\n"
    submit_proposal(house.store, house.rescorer, read_proposal(read_document(asking.encode(), "p.md")))
    house.rescorer.rescore()
    amend(house, open_to.replace("250000", "50000"))
    [amendment] = amendments(house.store)
    [effect] = amendment.effects
    assert amendment.sentences[0] == "largest award $250,000 → $50,000"
    assert effect.sentence == (
        "eligibility can apply → cannot apply: You cannot apply. The amount requested, $200,000, is more than the "
        "ceiling of the award, $50,000."
    )


def test_another_priority_is_told_with_the_fit_before_and_after(house: Context, proposal_id: str) -> None:
    amend(house, GARDENS.replace("Plant vegetable gardens at public schools", "Weld hulls of submarines at shipyards"))
    [effect] = amendments(house.store)[0].effects
    assert effect.previous_fit is not None
    assert effect.fit is not None
    assert effect.previous_fit > effect.fit
    assert effect.sentence == f"fit {effect.previous_fit:.2f} → {effect.fit:.2f}"


def test_revisions_that_were_scored_together_have_one_effect_with_all_that_changed(
    house: Context, proposal_id: str
) -> None:
    postponed = GARDENS.replace("2026-06-30", "2026-07-15")
    import_notices(house.store, [write(house.settings.opportunities, gardens=postponed)])
    amend(house, postponed.replace("nonprofits_non_higher_education_with_501c3", "state_governments"))
    [amendment] = amendments(house.store, proposal_id=proposal_id)
    [effect] = amendment.effects
    assert (amendment.revision, effect.previous_revision) == (3, 1)
    assert "key_dates.application" not in {change.field for change in amendment.changes}
    assert {change.field for change in effect.changes} >= {"key_dates.application", "eligibility.applicant_types"}


def test_amendments_come_latest_first_and_since_a_time(house: Context, proposal_id: str) -> None:
    for day in ("01", "02"):
        amend(house, GARDENS.replace("2026-06-30", f"2026-07-{day}"))
    assert [one.revision for one in amendments(house.store)] == [3, 2]
    last = amendments(house.store)[0].at
    assert [one.revision for one in amendments(house.store, since=last)] == [3]
    assert amendments(house.store, since=datetime.now(UTC) + timedelta(days=1)) == []
    assert amendments(house.store, opportunity_id="hulls") == []
