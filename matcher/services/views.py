"""What every door shows of a match: plain JSON from the domain, in one place."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from matcher.domain.feasibility import Feasibility, feasibility
from matcher.domain.match import Counterfactual, Match, band
from matcher.domain.opportunity import FundingRange, KeyDate, Opportunity
from matcher.domain.proposal import ApplicantProfile, Proposal
from matcher.domain.wording import award_words, closing_words, conditions_words, unaddressed
from matcher.services.confidence import Confidence, confidence
from matcher.services.nudges import Nudge
from matcher.services.ranking import Judged, RankedMatch, Ranking

Json = dict[str, Any]


def match_view(ranked: RankedMatch, *, is_calibrated: bool) -> Json:
    """Return one match as JSON: fit, eligibility, every priority with its evidence, money and dates.

    `counterfactuals` is null where nobody worked them out; `is_calibrated` is the scorer's.
    """
    opportunity, match = ranked.opportunity, ranked.match
    found: Json = _adapter(Match).dump_python(match, mode="json")
    return {
        "opportunity_id": opportunity.opportunity_id,
        "title": opportunity.title,
        "agency_name": opportunity.agency_name,
        "fit": match.fit,
        "band": band(match.fit).value,
        "confidence": _adapter(Confidence).dump_python(
            confidence(match, opportunity, is_calibrated=is_calibrated), mode="json"
        ),
        "eligibility": found["eligibility"],
        "also_asked": list(conditions_words(opportunity.eligibility)),
        "status": ranked.status.value,
        "close_date": key_date_view(ranked.close_date),
        "days_left": ranked.days_left,
        "closes": closing_words(opportunity, ranked.as_of),
        "key_dates": [key_date_view(key_date) for key_date in opportunity.key_dates],
        "funding": _adapter(FundingRange).dump_python(opportunity.funding, mode="json"),
        "award": award_words(opportunity.funding),
        "priorities": found["priorities"],
        "not_addressed": list(unaddressed(match)),
        "counterfactuals": None if ranked.counterfactuals is None else _counterfactual_views(ranked.counterfactuals),
        "source_url": opportunity.source_url,
        "fingerprint": match.fingerprint,
        "feedback": None if ranked.feedback is None else ranked.feedback.value,
        "nudge": None if ranked.nudge is None else _adapter(Nudge).dump_python(ranked.nudge, mode="json"),
        "muted_because": ranked.muted_because,
    }


def ranking_view(ranking: Ranking[Judged], matches: Iterable[RankedMatch], *, is_calibrated: bool) -> Json:
    """Return some of the matches of a ranking as JSON, with the day and the size of each group.

    `is_calibrated` is the scorer's: whether a fit has a meaning besides its place in the order.
    """
    return {
        "as_of": ranking.as_of.isoformat(),
        "is_calibrated": is_calibrated,
        "nothing_fits": ranking.nothing_fits,
        "counts": {
            "ranked": len(ranking.ranked),
            "closed": len(ranking.closed),
            "ineligible": len(ranking.ineligible),
            "muted": len(ranking.muted),
        },
        "matches": [match_view(match, is_calibrated=is_calibrated) for match in matches],
    }


def key_date_view(key_date: KeyDate | None) -> Json | None:
    """Return a milestone as JSON: `date` is null and `text` says so while the year is unknown."""
    if key_date is None:
        return None
    day = key_date.day.as_date()
    return {
        "name": key_date.name,
        "date": day.isoformat() if day else None,
        "text": str(key_date.day),
        "basis": key_date.basis.value,
        "quote": _adapter(KeyDate).dump_python(key_date, mode="json")["quote"],
    }


def opportunity_view(opportunity: Opportunity) -> Json:
    """Return a whole opportunity as JSON, with its dates in words."""
    view: Json = _adapter(Opportunity).dump_python(opportunity, mode="json")
    view["key_dates"] = [key_date_view(key_date) for key_date in opportunity.key_dates]
    return view


def proposal_view(proposal: Proposal) -> Json:
    """Return what was read of a proposal: title, organization, questions and profile, without the whole text."""
    return {
        "title": proposal.title,
        "organization": proposal.organization,
        "source": proposal.source,
        "sections": [section.question for section in proposal.sections],
        "profile": profile_view(proposal.profile),
    }


def profile_view(profile: ApplicantProfile) -> Json:
    """Return what a proposal says of its applicant, each value with its quote; null where it says nothing."""
    view: Json = _adapter(ApplicantProfile).dump_python(profile, mode="json")
    return view


def feasibility_view(opportunity: Opportunity, as_of: date) -> Json:
    """Return whether there is time to apply, as JSON."""
    view: Json = _adapter(Feasibility).dump_python(feasibility(opportunity, as_of), mode="json")
    return view


def _counterfactual_views(found: Iterable[Counterfactual]) -> list[Json]:
    return [_adapter(Counterfactual).dump_python(counterfactual, mode="json") for counterfactual in found]


@cache
def _adapter(kind: type) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
