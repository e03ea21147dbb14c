"""The examples of the OpenAPI file for the catalogue and the service itself; a test holds each against its model."""

from matcher.web.rest.examples import MATCH_IN_FULL, Json

_PURPOSE: Json = {"text": "Give young people paid training in construction.", "span": {"start": 0, "end": 48}}
_COMMON = ("opportunity_id", "title", "agency_name", "key_dates", "funding", "source_url", "closes", "as_of")
OPPORTUNITY: Json = {
    **{name: MATCH_IN_FULL[name] for name in _COMMON},
    "text": "Give young people paid training in construction. Nonprofits may apply. No buildings are bought.",
    "opportunity_number": "FOA-ETA-27-01",
    "description": "Give young people paid training in construction.",
    "status": "posted",
    "priorities": [
        {
            "key": "1",
            "kind": "absolute",
            "title": "Training in construction",
            "quote": _PURPOSE,
            "elements": [{"key": "a", "quote": {"text": "paid training", "span": {"start": 18, "end": 31}}}],
            "points": None,
        }
    ],
    "eligibility": {
        "applicant_types": ["nonprofits_non_higher_education_with_501c3"],
        "unrecognized_types": [],
        "excluded_types": [],
        "places": [],
        "size_limits": [],
        "required_partners": [],
        "note": {"text": "Nonprofits may apply.", "span": {"start": 49, "end": 70}},
        "basis": "stated",
    },
    "is_rolling": False,
    "assistance_listing_numbers": ["17.274"],
    "funding_categories": ["employment_labor_and_training"],
    "agency_code": "DOL-ETA",
    "funding_instruments": ["grant"],
    "selection_criteria": [],
    "activities": [],
    "exclusions": [{"text": "No buildings are bought.", "span": {"start": 71, "end": 95}}],
    "source_codes": [{"name": "EligibleApplicants", "code": "12"}],
    "project_period": None,
    "status_on_day": "posted",
    "revision": 2,
    "first_seen_at": "2026-10-01T06:00:00Z",
    "changed_at": "2026-11-20T06:00:00Z",
}
REVERSE_MATCHES: Json = {
    "opportunity_id": "dol-youthbuild-2027",
    "title": "YouthBuild",
    "matches": [
        {
            "proposal_id": "2f1c7a5e-6d0b-4a51-9a0c-3d7f6b8e1c22",
            "title": "Rebuilding the East Side",
            "organization": "East Side Builders",
            "fit": 0.82,
            "band": "strong",
            "verdict": "eligible",
            "feedback": None,
            "match_url": "/v1/proposals/2f1c7a5e-6d0b-4a51-9a0c-3d7f6b8e1c22/matches/dol-youthbuild-2027",
        }
    ],
    "page": 1,
    "page_size": 20,
    "total": 1,
}
_JOB: Json = {
    "job_id": 7,
    "name": "rescore",
    "started_at": "2026-11-22T06:00:00Z",
    "finished_at": "2026-11-22T06:00:04Z",
    "outcome": "succeeded",
    "counts": {"proposals": 3, "opportunities": 12, "pairs": 36, "matches": 9},
    "error": None,
}
JOBS: Json = {"jobs": [_JOB]}
SETTINGS: Json = {
    "groups": [
        {
            "name": "Matching",
            "settings": [
                {
                    "name": "match_floor",
                    "variable": "MATCHER_MATCH_FLOOR",
                    "value": 0.05,
                    "is_default": True,
                    "description": "Pairs with a lower fit are not kept.",
                }
            ],
        }
    ]
}
HEALTH: Json = {"status": "up"}
READINESS: Json = {
    "status": "ready",
    "opportunities": 131,
    "scoring": "warm",
    "encoded_count": 0,
    "jobs": [_JOB],
    "failing_jobs": [
        {
            "name": "digest",
            "failures": 2,
            "next_attempt_at": "2026-11-22T06:02:00Z",
            "error": "ServerSilent: mail.example.org:587 was not reached or fell silent",
        }
    ],
    "sources": [{"name": "portal", "state": "failing", "error": "the host does not answer"}],
}
INDEX: Json = {"name": "matcher", "version": "0.1.0", "links": {"description": "/openapi.json"}}
