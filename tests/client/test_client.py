"""The Python client over a real socket: pages, documents and refusals."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from matcher.bootstrap import Context
from matcher.client import ApiError, Client
from matcher.services.keys import issue_key
from tests.web.houses import AS_OF, PROPOSAL, make_house
from tests.web.serving import served


@pytest.fixture
def context(tmp_path: Path) -> Iterator[Context]:
    made = make_house(tmp_path / "home")
    yield made
    made.store.close()


@pytest.fixture
def address(context: Context) -> Iterator[str]:
    with served(context) as found:
        yield found


@pytest.fixture
def client(address: str) -> Iterator[Client]:
    with Client(address) as made:
        yield made


def test_a_proposal_is_taken_as_a_text_a_file_or_questions_with_answers(client: Client, tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    path.write_text(PROPOSAL, encoding="utf-8")
    answers = {"What will you do?": "Train in construction.", "Whom do you serve?": "Young people who left school."}
    for document in (PROPOSAL, path, answers):
        ranking = client.match(document, as_of=AS_OF, top=1)
        assert ranking.proposal.sections == list(answers)
        assert len(ranking.matches) == 1


def test_lists_are_read_page_after_page_to_their_end(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matcher.client.client._LARGEST_PAGE", 2)
    names = [found.opportunity_id for found in client.opportunities(as_of=AS_OF)]
    assert names == ["district-jobs", "old-houses", "river-care", "youth-build"]
    assert list(client.proposals()) == []
    for _ in range(3):
        client.create_proposal(PROPOSAL)
    assert len({proposal.proposal_id for proposal in client.proposals()}) == 3


def test_what_is_kept_can_be_read_changed_and_deleted(client: Client) -> None:
    made = client.create_proposal(PROPOSAL, idempotency_key="once")
    assert client.create_proposal(PROPOSAL, idempotency_key="once") == made
    assert client.update_proposal(made.proposal_id, "Volunteers clean rivers.").revision == 2
    assert client.proposal(made.proposal_id).revision == 2
    best = next(client.matches(made.proposal_id, as_of=AS_OF))
    assert best.opportunity_id == "river-care"
    assert [found.proposal_id for found in client.proposals_that_fit("river-care")] == [made.proposal_id]
    assert client.opportunity("river-care").title == "River Care"
    client.give_feedback(made.proposal_id, "river-care", "applied")
    client.take_feedback_back(made.proposal_id, "river-care")
    assert client.match_in_full(made.proposal_id, "river-care").feedback is None
    client.mute("agency", "Office of Examples")
    assert [mute.value for mute in client.mutes()] == ["Office of Examples"]
    assert list(client.matches(made.proposal_id, as_of=AS_OF)) == []
    client.delete_proposal(made.proposal_id)
    with pytest.raises(ApiError, match="404"):
        client.proposal(made.proposal_id)


def test_a_refusal_tells_its_status_the_flaw_and_how_long_to_wait(client: Client) -> None:
    with pytest.raises(ApiError) as refused:
        client.mute("luck", "x")
    assert (refused.value.status, refused.value.retry_after) == (422, None)
    assert [flaw.pointer for flaw in refused.value.flaws] == ["#/kind"]


def test_what_is_no_answer_of_the_service_is_told_by_its_status() -> None:
    answer = httpx.Response(503, headers={"Retry-After": "7"}, text="<html>down</html>")
    error = ApiError.of(answer)
    assert (error.status, error.detail, error.retry_after) == (503, "Service Unavailable", 7)
    assert ApiError.of(httpx.Response(502, json=["x"])).flaws == ()


def test_a_key_is_shown_where_one_is_asked_for(address: str, context: Context) -> None:
    key = issue_key(context.store, "local", "tests")[1]
    with Client(address, key) as holder, Client(address) as stranger:
        assert list(holder.proposals()) == []
        with pytest.raises(ApiError, match="401"):
            list(stranger.proposals())
