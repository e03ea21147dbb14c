"""Digests that the tests render; every text is made up."""

from dataclasses import replace
from datetime import date

from matcher.domain.dates import PartialDate
from matcher.domain.digest import Digest, DigestItem, DigestSection
from matcher.domain.evidence import Quote
from matcher.domain.match import (
    ElementFit,
    EligibilityFinding,
    EligibilityReason,
    Evidence,
    Match,
    PriorityFit,
)
from matcher.domain.opportunity import FundingRange, KeyDate, Opportunity
from matcher.domain.vocabulary import PriorityKind, Verdict
from matcher.mail.links import Links, SubscriptionLinks
from matcher.services.digest_items import digest_item

AS_OF = date(2026, 11, 22)
LINKS = Links(
    "https://matcher.example.org/unsubscribe/7f3a",
    "https://matcher.example.org/unsubscribe/all",
    "https://matcher.example.org/mute/7f3a",
    {"p1": "https://matcher.example.org/proposals/12"},
    {"s1": SubscriptionLinks("https://matcher.example.org/unsubscribe/s1", "https://matcher.example.org/pause/s1")},
)


def band(fit: float) -> str:
    return "strong" if fit >= 0.7 else "possible" if fit >= 0.5 else "weak"


def quoted(proposal: str, notice: str, similarity: float = 0.8) -> tuple[Evidence, ...]:
    return (Evidence(Quote(proposal), Quote(notice), similarity),)


def match_of(
    opportunity_id: str,
    fit: float,
    *priorities: PriorityFit,
    verdict: Verdict = Verdict.UNKNOWN,
    sentence: str | None = None,
) -> Match:
    reasons = () if sentence is None else (EligibilityReason("applicant_type", verdict, sentence),)
    return Match(opportunity_id, fit, EligibilityFinding(verdict, reasons), "scorer-1", priorities)


def addressed(title: str, *elements: ElementFit, evidence: tuple[Evidence, ...] | None = None) -> PriorityFit:
    if evidence is None:
        evidence = quoted("We build homes with young people.", "Projects train young people in construction.")
    return PriorityFit(title.lower(), PriorityKind.ABSOLUTE, title, 0.8, evidence, elements)


def not_addressed(title: str, kind: PriorityKind = PriorityKind.ABSOLUTE) -> PriorityFit:
    return PriorityFit(title.lower(), kind, title, 0.0)


def plain_item(title: str, fit: float = 0.8) -> DigestItem:
    opportunity = Opportunity(title.lower().replace(" ", "-")[:40], title, text=title)
    return item_of(opportunity, match_of(opportunity.opportunity_id, fit, addressed("Purpose")))


def item_of(opportunity: Opportunity, match: Match, revision: int = 1) -> DigestItem:
    return digest_item(opportunity, revision, match, AS_OF)


YOUTH_BUILD_NOTICE, YOUTH_BUILD_MATCH = (
    Opportunity(
        "youth-build",
        "YouthBuild: Construction Training for Young Adults",
        text="",
        agency_name="Department of Labor, Employment and Training Administration",
        funding=FundingRange(1_000_000, 2_000_000, expected_number_of_awards=75),
        key_dates=(KeyDate("application", PartialDate(1, 15, 2027)),),
        source_url="https://grants.example.org/youth-build?view=full&lang=en",
    ),
    match_of(
        "youth-build",
        0.824,
        addressed(
            "Training and schooling",
            ElementFit("a", "Lead participants to a diploma or its equivalent", 0.7, quoted("x", "y", 0.1)),
            ElementFit("b", "Place graduates in registered apprenticeships", 0.0),
            evidence=quoted(
                "Forty young adults a year restore three vacant houses on the east side, earn the stipend that lets "
                "them stay in school, and leave with a carpentry certificate that local builders accept.",
                "Applicants must combine paid work experience in the construction of affordable housing with "
                "classroom instruction for out-of-school youth ages 16 to 24.",
                0.91,
            ),
        ),
        not_addressed("Service to tribal communities", PriorityKind.COMPETITIVE_PREFERENCE),
        not_addressed("Twelve months of follow-up after placement"),
        not_addressed("Match of at least 25 percent from other sources"),
        verdict=Verdict.ELIGIBLE,
        sentence="The notice names nonprofits with 501(c)(3) status, and the proposal says that you are one.",
    ),
)

YOUTH_BUILD = item_of(YOUTH_BUILD_NOTICE, YOUTH_BUILD_MATCH)

GARDENS = item_of(
    Opportunity(
        "learning-gardens",
        "Learning Gardens for Rural Schools",
        text="",
        agency_name="Office of Elementary and Secondary Education",
        funding=FundingRange(award_ceiling=250_000),
        key_dates=(KeyDate("application", PartialDate(10, 30)),),
    ),
    match_of(
        "learning-gardens",
        0.58,
        addressed(
            "Outdoor learning",
            evidence=quoted("Participants grow food on the lots they cleared.", "Support hands-on outdoor learning."),
        ),
        not_addressed("Partnership with a school district"),
        verdict=Verdict.UNKNOWN,
        sentence="The notice asks for work in a rural district; the proposal does not say whether yours is one.",
    ),
)

HOME_REPAIR = item_of(
    Opportunity(
        "home-repair",
        "Home Repair Challenge",
        text="",
        agency_name="City Housing Fund",
        funding=FundingRange(10_000, 40_000, currency="EUR"),
        key_dates=(KeyDate("application", PartialDate(12, 1, 2026)),),
        source_url="https://fund.example.org/repair",
    ),
    match_of(
        "home-repair",
        0.71,
        addressed("Safe homes"),
        verdict=Verdict.INELIGIBLE,
        sentence="Only applicants in Oregon may apply, and the proposal names Ohio.",
    ),
)

SECTION = DigestSection(
    "s1",
    "p1",
    "Rebuilding the East Side, Together",
    new=(YOUTH_BUILD, GARDENS),
    closing_soon=(HOME_REPAIR,),
    left_out=(("below your minimum fit of 0.50", 41), ("closed", 7), ("muted by you", 1)),
)
DIGEST = Digest("d1", "local", "grants@example.org", "2026-W47", AS_OF, (SECTION,))


def digest_of(*new: DigestItem, **parts: object) -> Digest:
    return replace(DIGEST, sections=(replace(SECTION, **{"new": new, "closing_soon": (), "left_out": (), **parts}),))
