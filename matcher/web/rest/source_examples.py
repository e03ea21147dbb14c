"""The examples of the calls about sources and amendments; a test holds each against its model."""

from typing import Any

Json = dict[str, Any]

_RUN: Json = {
    "run_id": 42,
    "started_at": "2026-11-22T06:00:00Z",
    "finished_at": "2026-11-22T06:00:09Z",
    "outcome": "succeeded",
    "is_unmodified": False,
    "records": 1200,
    "new": 4,
    "changed": 2,
    "unchanged": 1101,
    "dropped": {"closed": 92},
    "rejected": 1,
    "joined": 1,
    "vanished": 0,
    "returned": 0,
    "error": None,
}
_DEADLINE: Json = {
    "field": "key_dates.application",
    "before": "2027-03-01",
    "after": "2027-03-15",
    "sentence": "close date 2027-03-01 → 2027-03-15",
}
_APPLICANTS: Json = {
    "field": "eligibility.applicant_types",
    "before": "nonprofits with 501(c)(3) status",
    "after": "state governments",
    "sentence": "who may apply: no longer nonprofits with 501(c)(3) status, now state governments",
}
_PAGE: Json = {"page": 1, "page_size": 20}
_DOCUMENT = "https://example.org/extract.xml"

SOURCES: Json = {
    "sources": [
        {
            "name": "state-portal",
            "kind": "url",
            "address": _DOCUMENT,
            "interface": None,
            "query": {},
            "interval_seconds": 86400,
            "delay_seconds": 1.0,
            "is_enabled": True,
            "is_complete": True,
            "keeps_closed": False,
            "listed": 1107,
            "state": "fresh",
            "is_due": False,
            "is_stale": False,
            "stale_since": None,
            "next_due_at": "2026-11-23T06:00:00Z",
            "error": None,
            "last_success_at": "2026-11-22T06:00:09Z",
            "latest_run": _RUN,
            "latest_success": _RUN,
            "runs_url": "/v1/sources/state-portal/runs",
        }
    ],
    "totals": {
        "records": 1200,
        "new": 4,
        "changed": 2,
        "unchanged": 1101,
        "dropped": 92,
        "rejected": 1,
        "listed": 1107,
    },
}
RUNS: Json = {"name": "state-portal", "runs": [_RUN], **_PAGE, "has_more": False, "total": 1}
RUN_REJECTIONS: Json = {
    "name": "state-portal",
    "run_id": 42,
    "is_kept": True,
    "rejections": [
        {
            "source": _DOCUMENT,
            "line": 318,
            "reason": "record 7: the title is missing",
            "at": "2026-11-22T06:00:09Z",
        }
    ],
    **_PAGE,
    "total": 1,
}
REVISIONS: Json = {
    "opportunity_id": "dol-youthbuild-2027",
    "title": "YouthBuild",
    "revisions": [
        {"revision": 2, "at": "2026-11-22T06:00:08Z", "source": _DOCUMENT, "changes": [_DEADLINE]},
        {"revision": 1, "at": "2026-11-02T06:00:05Z", "source": _DOCUMENT, "changes": []},
    ],
    **_PAGE,
    "total": 2,
}
MATCH_CHANGES: Json = {
    "proposal_id": "2f1c7a5e-6d0b-4a51-9a0c-3d7f6b8e1c22",
    "changes": [
        {
            "opportunity_id": "dol-youthbuild-2027",
            "title": "YouthBuild",
            "revision": 3,
            "previous_revision": 2,
            "at": "2026-11-22T06:00:08Z",
            "source": _DOCUMENT,
            "changes": [_APPLICANTS],
            "previous_fit": 0.82,
            "fit": 0.82,
            "previous_verdict": "eligible",
            "verdict": "ineligible",
            "sentence": "eligibility can apply → cannot apply: You cannot apply.",
        }
    ],
    **_PAGE,
    "total": 1,
}
