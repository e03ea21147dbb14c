"""The examples of the OpenAPI file for feedback, mutes and feeds; a test holds each against its model."""

from matcher.web.rest.examples import Json

FEEDBACK_BODY: Json = {"kind": "relevant"}
FEEDBACK: Json = {
    "proposal_id": "2f1c7a5e-6d0b-4a51-9a0c-3d7f6b8e1c22",
    "opportunity_id": "dol-youthbuild-2027",
    "kind": "relevant",
    "at": "2026-11-22T08:00:00Z",
}
FEEDBACK_PAGE: Json = {"feedback": [FEEDBACK], "page": 1, "page_size": 20, "total": 1}
MUTE_BODY: Json = {"kind": "agency", "value": "Department of Examples"}
MUTE: Json = {
    "mute_id": "7d2a3b54-90a6-4f0c-8a51-0c4d1f7e6b33",
    "kind": "agency",
    "value": "Department of Examples",
    "at": "2026-11-22T08:00:00Z",
}
MUTE_PAGE: Json = {"mutes": [MUTE], "page": 1, "page_size": 20, "total": 1}
FEED_BODY: Json = {"name": "team calendar"}
_FEED: Json = {
    "feed_id": "0c3a5e11-8f4d-4b60-9c0e-2d6f8a7b1e44",
    "name": "team calendar",
    "created_at": "2026-11-22T08:00:00Z",
}
FEED_LIST: Json = {"feeds": [_FEED]}
FEED_MADE: Json = {
    **_FEED,
    "atom_url": "https://matcher.example.org/feeds/SECRET/matches.atom",
    "calendar_url": "https://matcher.example.org/feeds/SECRET/deadlines.ics",
}
ATOM = (
    '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>YouthBuild</title></feed>'
)
CALENDAR = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//matcher//funding deadlines//EN\r\nEND:VCALENDAR\r\n"
