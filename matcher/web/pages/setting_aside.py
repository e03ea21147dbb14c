"""What a person does with a match: says what it is to them, mutes it, and takes either back."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from flask import redirect, request, url_for
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response as Answer

from matcher.domain.feedback import FeedbackKind, Mute, MuteKind
from matcher.services.feedback import give_feedback, mute
from matcher.services.ranking import Judged, RankedMatch
from matcher.store.protocol import Store
from matcher.web.house import current_house
from matcher.web.pages.frame import page_room

Kind = TypeVar("Kind", bound=StrEnum)

room = page_room("setting_aside")

_OF_MATCH = "/proposals/<proposal_id>/matches/<opportunity_id>"
_TAKE_BACK = "none"
_SAID = {
    FeedbackKind.RELEVANT: "is marked as relevant; others like it move up a little",
    FeedbackKind.NOT_FOR_US: "is set aside as not for you",
    FeedbackKind.APPLIED: "is marked as applied for",
    FeedbackKind.AWARDED: "is marked as awarded",
}


@dataclass(frozen=True, slots=True)
class Undo:
    """What was done to a match a moment ago, in words, and what takes it back: mutes, and a word said or not."""

    opportunity_id: str
    title: str
    sentence: str
    was_said: bool
    mutes: Sequence[Mute]


@room.post(f"{_OF_MATCH}/feedback")
def say(proposal_id: str, opportunity_id: str) -> Answer:
    """Keep what is said of a match, or take it back."""
    store, kind = current_house().store, request.form.get("kind", "")
    store.proposals.title(proposal_id)  # whose match it is comes before what is said of it
    if kind == _TAKE_BACK:
        store.feedback.remove(proposal_id, opportunity_id)
        return _back(proposal_id)
    give_feedback(store, proposal_id, opportunity_id, _one_of(FeedbackKind, kind))
    return _back(proposal_id, undo=opportunity_id)


@room.post(f"{_OF_MATCH}/mute")
def mute_it(proposal_id: str, opportunity_id: str) -> Answer:
    """Mute the notice of a match, its agency, or one of its categories."""
    store = current_house().store
    store.proposals.title(proposal_id)
    kind, _, value = request.form.get("mute", "").partition(":")
    mute(store, _one_of(MuteKind, kind), value or opportunity_id)
    return _back(proposal_id, undo=opportunity_id)


@room.post("/proposals/<proposal_id>/mutes/<mute_id>/lift")
def lift(proposal_id: str, mute_id: str) -> Answer:
    """Lift a mute; what it hid is seen again."""
    store = current_house().store
    store.proposals.title(proposal_id)
    store.mutes.remove(mute_id)
    return _back(proposal_id)


def undo_of(store: Store, found: RankedMatch[Judged]) -> Undo | None:
    """Return what can be taken back of a match; None if nothing was said of it and nothing mutes it."""
    mutes = [one for one in store.mutes.all() if one.covers(found.opportunity)]
    if found.feedback is None and not mutes:
        return None
    sentence = "is muted" if mutes or found.feedback is None else _SAID[found.feedback]
    opportunity = found.opportunity
    return Undo(opportunity.opportunity_id, opportunity.title, sentence, found.feedback is not None, mutes)


def _one_of(kinds: type[Kind], value: str) -> Kind:
    try:
        return kinds(value)
    except ValueError:
        raise BadRequest(f"the form asks for {value or 'nothing'}, which is not known; load the page again") from None


def _back(proposal_id: str, undo: str | None = None) -> Answer:
    """Send the browser back to the page of this proposal that the form stood on; `undo` is what can be taken back."""
    home = url_for("match_pages.ranked_page", proposal_id=proposal_id)
    asked = urlsplit(request.form.get("back", ""))
    is_ours = asked.path == home or asked.path.startswith(f"{home}/")
    told = [(name, value) for name, value in parse_qsl(asked.query) if name != "undo"] if is_ours else []
    if undo is not None:
        told.append(("undo", undo))
    address = quote(asked.path if is_ours else home, safe="/%")
    return redirect(f"{address}?{urlencode(told)}" if told else address, 303)
