"""The calls of the REST API as methods; answers are the models that the service itself describes them by."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx
from pydantic import BaseModel

from matcher.client.errors import ApiError
from matcher.domain.feedback import FeedbackKind, MuteKind
from matcher.web.rest.answers import (
    MatchAnswer,
    MatchedProposal,
    MatchInFull,
    ProposalPage,
    RankingPage,
    StoredProposalAnswer,
    StoredProposalInFull,
)
from matcher.web.rest.catalogue_answers import (
    OpportunityAnswer,
    OpportunityPage,
    OpportunitySummary,
    ReverseMatchAnswer,
    ReverseMatchPage,
)
from matcher.web.rest.feed_answers import FeedMade
from matcher.web.rest.feedback_answers import FeedbackAnswer, MuteAnswer, MutePage

Document = str | Path | Mapping[str, Any]
"""A proposal: a text (Markdown if you like), the path of a file, or questions with their answers."""

Answer = TypeVar("Answer", bound=BaseModel)
Filter = str | int | float | bool | tuple[str, ...]
"""The value of a query parameter; `/openapi.json` describes each."""

_LARGEST_PAGE = 100
_TIMEOUT_SECONDS = 60.0


class Client:
    """One connection to the service; as a context manager it closes.

    Every method may raise `ApiError`, and what httpx raises where there is no answer at all.

    Args:
        address: Where the service listens.
        key: A key of your organization; none is needed on the machine that the service runs on while it has no keys.
        timeout: Seconds to wait for an answer; the first proposal waits for the model to load.
    """

    def __init__(
        self, address: str = "http://127.0.0.1:8000", key: str | None = None, *, timeout: float = _TIMEOUT_SECONDS
    ) -> None:
        headers = {} if key is None else {"Authorization": f"Bearer {key}"}
        self._http = httpx.Client(base_url=address, headers=headers, timeout=timeout)

    def match(self, document: Document, **parameters: Filter) -> MatchedProposal:
        """Rank the catalogue for a proposal that is not stored; parameters as of `POST /v1/matches`."""
        return self._send("POST", "/v1/matches", MatchedProposal, document, parameters)

    def create_proposal(self, document: Document, *, idempotency_key: str | None = None) -> StoredProposalAnswer:
        """Keep a proposal and score it; a call that is repeated under one `idempotency_key` is carried out once."""
        headers = {} if idempotency_key is None else {"Idempotency-Key": idempotency_key}
        return self._send("POST", "/v1/proposals", StoredProposalAnswer, document, headers=headers)

    def update_proposal(self, proposal_id: str, document: Document) -> StoredProposalAnswer:
        """Put a new text in the place of a proposal."""
        return self._send("PUT", f"/v1/proposals/{proposal_id}", StoredProposalAnswer, document)

    def proposal(self, proposal_id: str) -> StoredProposalInFull:
        """Return what was read of a proposal."""
        return self._get(f"/v1/proposals/{proposal_id}", StoredProposalInFull)

    def proposals(self) -> Iterator[StoredProposalAnswer]:
        """Yield the proposals of your organization, page after page."""
        for page in self._pages("/v1/proposals", ProposalPage, {}):
            yield from page.proposals

    def delete_proposal(self, proposal_id: str) -> None:
        """Delete a proposal with all that hangs on it."""
        self._call("DELETE", f"/v1/proposals/{proposal_id}")

    def matches(self, proposal_id: str, **filters: Filter) -> Iterator[MatchAnswer]:
        """Yield the matches of a proposal in their order, page after page; filters as of the REST call."""
        for page in self._pages(f"/v1/proposals/{proposal_id}/matches", RankingPage, filters):
            yield from page.matches

    def match_in_full(self, proposal_id: str, opportunity_id: str) -> MatchInFull:
        """Return one match with what would change it, and whether there is time to apply."""
        return self._get(f"/v1/proposals/{proposal_id}/matches/{opportunity_id}", MatchInFull)

    def opportunities(self, query: str | None = None, **filters: Filter) -> Iterator[OpportunitySummary]:
        """Yield opportunities, page after page; with `query`, those that are about it, most relevant first."""
        asked = filters if query is None else {"query": query, **filters}
        for page in self._pages("/v1/opportunities", OpportunityPage, asked):
            yield from page.opportunities

    def opportunity(self, opportunity_id: str) -> OpportunityAnswer:
        """Return one opportunity with the text of its notice."""
        return self._get(f"/v1/opportunities/{opportunity_id}", OpportunityAnswer)

    def similar_opportunities(self, opportunity_id: str) -> Iterator[OpportunitySummary]:
        """Yield the opportunities that are like one, most alike first."""
        for page in self._pages(f"/v1/opportunities/{opportunity_id}/similar", OpportunityPage, {}):
            yield from page.opportunities

    def proposals_that_fit(self, opportunity_id: str, **filters: Filter) -> Iterator[ReverseMatchAnswer]:
        """Yield your proposals that fit an opportunity, best fit first."""
        for page in self._pages(f"/v1/opportunities/{opportunity_id}/matches", ReverseMatchPage, filters):
            yield from page.matches

    def give_feedback(self, proposal_id: str, opportunity_id: str, kind: FeedbackKind | str) -> FeedbackAnswer:
        """Say what a match is to you: relevant, not_for_us, applied or awarded."""
        path = f"/v1/proposals/{proposal_id}/matches/{opportunity_id}/feedback"
        return self._send("PUT", path, FeedbackAnswer, {"kind": str(kind)})

    def take_feedback_back(self, proposal_id: str, opportunity_id: str) -> None:
        """Undo what was said of a match."""
        self._call("DELETE", f"/v1/proposals/{proposal_id}/matches/{opportunity_id}/feedback")

    def mute(self, kind: MuteKind | str, value: str) -> MuteAnswer:
        """Stop seeing an opportunity (by its identifier), an agency or a category."""
        return self._send("POST", "/v1/mutes", MuteAnswer, {"kind": str(kind), "value": value})

    def mutes(self) -> Iterator[MuteAnswer]:
        """Yield the mutes that hold, latest first."""
        for page in self._pages("/v1/mutes", MutePage, {}):
            yield from page.mutes

    def unmute(self, mute_id: str) -> None:
        """Lift a mute."""
        self._call("DELETE", f"/v1/mutes/{mute_id}")

    def export(self, proposal_id: str, form: str = "csv", **filters: Filter) -> bytes:
        """Return the matches of a proposal as a file: `csv` or `xlsx`."""
        return self._call("GET", f"/v1/proposals/{proposal_id}/matches.{form}", params=filters).content

    def make_feed(self, proposal_id: str, name: str) -> FeedMade:
        """Make addresses at which matches and deadlines can be read without a key; they are shown this once."""
        return self._send("POST", f"/v1/proposals/{proposal_id}/feeds", FeedMade, {"name": name})

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _get(self, path: str, model: type[Answer], parameters: Mapping[str, Filter] | None = None) -> Answer:
        return model.model_validate_json(self._call("GET", path, params=parameters or {}).content)

    def _send(
        self,
        method: str,
        path: str,
        model: type[Answer],
        document: Document,
        parameters: Mapping[str, Filter] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        body = _body(document)
        sent = {**body, "headers": {**body.get("headers", {}), **(headers or {})}, "params": parameters or {}}
        return model.model_validate_json(self._call(method, path, **sent).content)

    def _pages(self, path: str, model: type[Answer], filters: Mapping[str, Filter]) -> Iterator[Answer]:
        """Yield pages until all that there was at the first is read."""
        number = total = 1
        while (number - 1) * _LARGEST_PAGE < total:
            asked = {"page_size": _LARGEST_PAGE, **filters, "page": number}
            page = self._get(path, model, asked)
            yield page
            total = page.model_dump(include={"total"})["total"]
            number += 1

    def _call(self, method: str, path: str, **sent: Any) -> httpx.Response:  # noqa: ANN401 — passed on to httpx
        response = self._http.request(method, path, **sent)
        if not response.is_success:
            raise ApiError.of(response)
        return response


def _body(document: Document) -> dict[str, Any]:
    """Return how a document is sent, as arguments of a call of httpx."""
    if isinstance(document, Path):
        return {"files": {"file": (document.name, document.read_bytes())}}
    if isinstance(document, str):
        return {"content": document.encode(), "headers": {"Content-Type": "text/markdown; charset=utf-8"}}
    return {"json": dict(document)}
