"""The page behind "Not for us" in a mail: a GET shows what can be muted, a POST mutes it or takes that back."""

from flask import Blueprint, Response, request

from matcher.domain.feedback import Mute, MuteKind
from matcher.mail.links import NOTICE
from matcher.services.mail_mutes import Told, mute_told, told_of, unmute_told
from matcher.services.signed_links import Purpose
from matcher.web.calls.access import open_to_all
from matcher.web.house import current_house
from matcher.web.pages.link_page import Button, Page, read, shown

pages = Blueprint("mute_page", __name__)

_ACTIONS = {
    "mute-notice": (mute_told, MuteKind.OPPORTUNITY),
    "show-notice": (unmute_told, MuteKind.OPPORTUNITY),
    "mute-funder": (mute_told, MuteKind.AGENCY),
    "show-funder": (unmute_told, MuteKind.AGENCY),
}
_GONE = Page("This notice is gone", ["It is not stored any more, or the mail is too old to act on."])


@pages.route("/mute/<token>", methods=["GET", "POST"])
@open_to_all
def mute_page(token: str) -> Response:
    """Show what of a notice is muted, and change that."""
    return shown(lambda: _muted(read(Purpose.MUTE, token).identifier, request.args.get(NOTICE, "")), _GONE)


def _muted(mail_id: str, opportunity_id: str) -> Page:
    store = current_house().whole_store
    action = _ACTIONS.get(request.form.get("action", "")) if request.method == "POST" else None
    if action is not None:
        change, kind = action
        change(store, mail_id, opportunity_id, kind)
    return _page(told_of(store, mail_id, opportunity_id))


def _page(told: Told) -> Page:
    is_muted = told.notice_mute is not None or told.funder_mute is not None
    effect = f"What is muted stays out of the digests and rankings of {told.organization}, for everybody there"
    about = [f"“{told.title}”{_state(told.notice_mute)}"]
    buttons = [_button("notice", "this notice", told.notice_mute)]
    if told.agency_name is not None:
        about.append(f"{told.agency_name}{_state(told.funder_mute)}")
        buttons.append(_button("funder", "all of this funder", told.funder_mute))
    return Page("Muted" if is_muted else "Not for us?", [f"{effect}, until it is shown again."], about, buttons)


def _state(mute: Mute | None) -> str:
    return "" if mute is None else " – muted"


def _button(name: str, words: str, mute: Mute | None) -> Button:
    return Button(f"Mute {words}", f"mute-{name}") if mute is None else Button(f"Show {words} again", f"show-{name}")
