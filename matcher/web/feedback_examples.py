"""The examples of the OpenAPI file for feedback and mutes; a test holds each against its model."""

from matcher.web.examples import Json

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
