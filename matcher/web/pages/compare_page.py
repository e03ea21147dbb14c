"""Two to four matches of a proposal side by side."""

from collections.abc import Sequence

from flask import Response, request, url_for

from matcher.services.match_selection import Group
from matcher.web.house import current_house
from matcher.web.pages.frame import page_room, show
from matcher.web.pages.match_cards import match_cards

room = page_room("compare_page")

FEWEST, MOST = 2, 4


@room.get("/proposals/<proposal_id>/compare")
def compare_page(proposal_id: str) -> Response:
    """Show the matches that the address names beside each other; of too few or too many, none."""
    house = current_house()
    stored = house.store.proposals.get(proposal_id)
    named = list(dict.fromkeys(request.args.getlist("with")))
    can_be_compared = FEWEST <= len(named) <= MOST
    day = house.day()
    found = {one.opportunity.opportunity_id: one for one in house.ranking(proposal_id, day.day).everything}
    shown = house.with_reasons(proposal_id, [found[one] for one in named if one in found and can_be_compared])
    return show(
        "compare.html",
        twin=_twin(proposal_id, named if can_be_compared else []),
        beside={"the proposal": url_for("proposals.read_proposal", proposal_id=proposal_id)},
        stored=stored,
        note=day.note,
        cards=match_cards(shown, is_calibrated=house.context.scorer.is_calibrated),
        ticked=len(named),
        is_one_missing=can_be_compared and len(shown) < len(named),
    )


def _twin(proposal_id: str, named: Sequence[str]) -> str:
    """Return the address of the compared matches as JSON, whatever group each stands in; of the whole list for none."""
    if not named:
        return url_for("matches.list_matches", proposal_id=proposal_id)
    groups = ",".join(Group)
    return url_for("matches.list_matches", proposal_id=proposal_id, opportunity_id=named, include=groups)
