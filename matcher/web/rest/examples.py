"""The examples of the OpenAPI file; a test holds each against its model."""

from typing import Any

Json = dict[str, Any]

PROPOSAL_TEXT = (
    "Rebuilding the East Side\n\nWe are a 501(c)(3) nonprofit in Los Angeles, California. Forty young adults a year "
    "restore vacant houses and leave with a carpentry certificate that local builders accept."
)
PROPOSAL_MARKDOWN = (
    "# Rebuilding the East Side\n\n## What will you do?\n\nForty young adults a year restore vacant houses and leave "
    "with a carpentry certificate.\n\n## Whom do you serve?\n\nYoung people of the east side who left school."
)
PROPOSAL_JSON: Json = {
    "title": "Rebuilding the East Side",
    "organization": "East Side Builders",
    "What will you do?": "Forty young adults a year restore vacant houses and leave with a carpentry certificate.",
    "Whom do you serve?": "Young people of the east side who left school.",
}

_CLOSE_DATE: Json = {
    "name": "application",
    "date": "2027-03-15",
    "text": "March 15, 2027",
    "basis": "stated",
    "quote": None,
}
_EVIDENCE: Json = {
    "proposal": {
        "text": "Forty young adults a year restore vacant houses and leave with a carpentry certificate.",
        "span": {"start": 87, "end": 174},
    },
    "notice": {"text": "Give young people paid training in construction.", "span": {"start": 0, "end": 48}},
    "similarity": 0.71,
    "question": "What will you do?",
}
_PRIORITY: Json = {
    "key": "1",
    "kind": "absolute",
    "title": "Training in construction",
    "fit": 0.82,
    "evidence": [_EVIDENCE],
    "elements": [
        {"key": "a", "text": "paid construction training", "fit": 0.8, "evidence": [_EVIDENCE]},
        {"key": "b", "text": "a diploma or its equivalent", "fit": 0.12, "evidence": []},
    ],
}
_MATCH: Json = {
    "opportunity_id": "dol-youthbuild-2027",
    "title": "YouthBuild",
    "agency_name": "Department of Labor, Employment and Training Administration",
    "fit": 0.82,
    "band": "strong",
    "confidence": {"level": "high", "because": "it rests on stated priorities and your words for them"},
    "eligibility": {
        "verdict": "eligible",
        "reasons": [
            {
                "rule": "applicant_type",
                "verdict": "eligible",
                "sentence": "The notice names nonprofits with 501(c)(3) status, and the proposal says you are one.",
                "quote": {"text": "501(c)(3) nonprofit", "span": {"start": 35, "end": 54}},
            }
        ],
    },
    "also_asked": ["The notice also asks: “Applicants must have three years of experience.”"],
    "status": "posted",
    "close_date": _CLOSE_DATE,
    "days_left": 113,
    "closes": "March 15, 2027, 113 days left",
    "key_dates": [_CLOSE_DATE],
    "funding": {
        "award_floor": 1000000,
        "award_ceiling": 2000000,
        "estimated_total_program_funding": None,
        "expected_number_of_awards": 75,
        "is_cost_sharing": True,
        "currency": "USD",
        "tiers": [],
        "typical_award_minimum": None,
        "typical_award_maximum": None,
        "evidence": [
            {
                "field": "expected_number_of_awards",
                "quote": {
                    "text": "We expect to make about 75 awards.",
                    "span": {"start": 1207, "end": 1241},
                },
                "basis": "stated",
            }
        ],
    },
    "award": "$1,000,000 to $2,000,000, 75 awards expected",
    "priorities": [_PRIORITY],
    "not_addressed": ["a diploma or its equivalent"],
    "counterfactuals": None,
    "source_url": "https://www.grants.gov/search-results-detail/000000",
    "fingerprint": "1-0123456789abcdef",
    "feedback": None,
    "nudge": {
        "amount": 0.01,
        "reasons": [
            {
                "trait": "agency",
                "value": "Department of Labor, Employment and Training Administration",
                "welcome": 1,
                "not_for_us": 0,
                "amount": 0.01,
            }
        ],
    },
    "muted_because": None,
}
_RANKING: Json = {
    "as_of": "2026-11-22",
    "note": None,
    "is_calibrated": True,
    "nothing_fits": False,
    "counts": {"ranked": 1, "closed": 31, "ineligible": 4, "muted": 2},
    "matches": [_MATCH],
}
_PROPOSAL: Json = {
    "title": "Rebuilding the East Side",
    "organization": "East Side Builders",
    "source": "east-side.json",
    "sections": ["What will you do?", "Whom do you serve?"],
    "profile": {
        "applicant_types": [],
        "places": [],
        "people_served": {
            "value": 40,
            "quote": {"text": "Forty young adults a year", "span": {"start": 87, "end": 112}},
            "basis": "stated",
        },
        "amount_requested": None,
        "year": None,
    },
}
_PROPOSAL_ID = "2f1c7a5e-6d0b-4a51-9a0c-3d7f6b8e1c22"

MATCHED_PROPOSAL: Json = {"proposal": _PROPOSAL, **_RANKING}
MATCH_IN_FULL: Json = {
    **_MATCH,
    "as_of": "2026-11-22",
    "note": None,
    "is_calibrated": True,
    "feasibility": {
        "pace": "in_time",
        "deadline": "2027-03-15",
        "days_left": 113,
        "working_days_left": 80,
        "working_days_needed": 9,
        "intent_by": None,
        "start_by": "2027-03-02",
        "tasks": [
            {
                "name": "application",
                "working_days": 5,
                "sentence": "Every application needs a plan, a budget, forms and a review.",
                "quote": None,
                "runs_beside": False,
            },
            {
                "name": "narrative",
                "working_days": 2,
                "sentence": "The notice lists 2 things to address, a day each.",
                "quote": None,
                "runs_beside": False,
            },
            {
                "name": "cost_share",
                "working_days": 2,
                "sentence": "The notice asks for a share of the cost, which must be committed.",
                "quote": None,
                "runs_beside": False,
            },
        ],
        "basis": "inferred",
    },
    "counterfactuals": [
        {
            "change": "priority_addressed",
            "subject": "1.b",
            "sentence": "Answering “a diploma or its equivalent” would bring the fit from 0.82 to 0.87.",
            "fit": 0.8716,
            "verdict": "eligible",
        }
    ],
}
RANKING_PAGE: Json = {**_RANKING, "page": 1, "page_size": 20, "total": 1, "next": None, "not_stated": 0}
STORED_PROPOSAL: Json = {
    **_PROPOSAL,
    "proposal_id": _PROPOSAL_ID,
    "revision": 1,
    "created_at": "2026-11-22T08:00:00Z",
    "changed_at": "2026-11-22T08:00:00Z",
    "matches_url": f"/v1/proposals/{_PROPOSAL_ID}/matches",
}
STORED_PROPOSAL_IN_FULL: Json = {
    **STORED_PROPOSAL,
    "text": "What will you do?\n\nWe train young people in building trades, for pay, and place them with employers.",
}
PROPOSAL_PAGE: Json = {"proposals": [STORED_PROPOSAL], "page": 1, "page_size": 20, "total": 1, "next": None}
OPPORTUNITY_PAGE: Json = {
    "as_of": "2026-11-22",
    "note": None,
    "opportunities": [
        {
            **{key: _MATCH[key] for key in ("opportunity_id", "title", "agency_name", "status", "close_date")},
            **{key: _MATCH[key] for key in ("closes", "award", "source_url")},
            "relevance": 0.8312,
            "expected_number_of_awards": 75,
            "funding_categories": ["employment_labor_and_training"],
            "changed_at": "2026-11-20T06:00:00Z",
        }
    ],
    "page": 1,
    "page_size": 20,
    "total": 1,
    "next": None,
    "not_stated": 0,
}
REJECTIONS: Json = {
    "rejections": [
        {
            "source": "opportunities/river-care.yaml",
            "line": 14,
            "reason": "the date has no such day; write it as 2027-02-28",
            "at": "2026-11-22T06:00:00Z",
        }
    ]
}
