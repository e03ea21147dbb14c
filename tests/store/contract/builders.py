"""Small documents with one thing to tell them apart, and full ones with every field set."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from matcher.domain.dates import PartialDate
from matcher.domain.digest import Decision, Fate
from matcher.domain.evidence import Fact, Quote, Span
from matcher.domain.mail import Lease
from matcher.domain.match import (
    BareMatch,
    ElementFit,
    EligibilityFinding,
    EligibilityReason,
    Evidence,
    Match,
    PriorityFit,
)
from matcher.domain.opportunity import (
    AwardTier,
    Eligibility,
    FundingEvidence,
    FundingRange,
    KeyDate,
    Opportunity,
    PartnerRequirement,
    Priority,
    PriorityElement,
    ProjectPeriod,
    SelectionCriterion,
    SizeLimit,
    SourceCode,
)
from matcher.domain.proposal import ApplicantProfile, Proposal, Section
from matcher.domain.source import JoinReason
from matcher.domain.subscription import Consent, ConsentEvent, Subscription, SubscriptionState
from matcher.domain.vocabulary import ApplicantType, Basis, OpportunityStatus, PriorityKind, SizeMeasure, Verdict
from matcher.store.mail_records import DigestPage, MailKind, MailRow, Period, Recipient, Shown, WrittenMail
from matcher.store.opportunities import opportunity_hash
from matcher.store.protocol import Store
from matcher.store.source_records import Entry, Listing, ListingKey

FINGERPRINT = "scorer-1"
NOW = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)


def opportunity(opportunity_id: str = "river-fund", text: str = "Clean rivers.") -> Opportunity:
    return Opportunity(opportunity_id, "River fund", text)


def proposal(text: str = "We clean the river.") -> Proposal:
    return Proposal("River days", text, ())


def match(opportunity_id: str = "river-fund", fit: float = 0.5, fingerprint: str = FINGERPRINT) -> Match:
    return Match(opportunity_id, fit, EligibilityFinding(Verdict.UNKNOWN), fingerprint, ())


def bare(found: Match) -> BareMatch:
    return BareMatch(found.opportunity_id, found.fit, found.eligibility, found.fingerprint)


def listing(
    source_name: str,
    listed: Opportunity | None = None,
    *,
    number_key: str | None = None,
    title_key: str | None = None,
) -> Listing:
    """Return the record of a source that is an entry of its own."""
    listed = listed or opportunity()
    return Listing(
        source_name=source_name,
        key=ListingKey(listed.opportunity_id),
        opportunity_id=listed.opportunity_id,
        opportunity=listed,
        content_hash=opportunity_hash(listed),
        place=f"{source_name}.yaml",
        joined_by=JoinReason.FIRST,
        joined_because="no other record is the same notice",
        number_key=number_key,
        title_key=title_key,
        first_seen_at=NOW,
        changed_at=NOW,
    )


def entry(listed: Opportunity | None = None, source: str = "rivers.yaml") -> Entry:
    return Entry(listed or opportunity(), source)


def full_opportunity() -> Opportunity:
    text = "Präferenz: “Reading” for 2,000 children — 数学 too.\nNonprofits only."
    quote = Quote(text[:10], Span(0, 10))
    return Opportunity(
        opportunity_id="reading-2027",
        title="Reading “first”",
        text=text,
        agency_name="Office of Reading",
        opportunity_number="R-27-01",
        description="Pays for reading.",
        status=OpportunityStatus.POSTED,
        priorities=(
            Priority("1", PriorityKind.ABSOLUTE, "Reading", quote, (PriorityElement("1a", quote),), points=10),
            Priority("2", PriorityKind.GOAL, "Mathematics", Quote("数学")),
        ),
        eligibility=Eligibility(
            applicant_types=(ApplicantType.NONPROFITS_WITH_501C3,),
            unrecognized_types=("guilds",),
            excluded_types=(ApplicantType.INDIVIDUALS,),
            places=("Ohio",),
            size_limits=(SizeLimit(SizeMeasure.ANNUAL_BUDGET, None, 1_000_000, quote),),
            required_partners=(PartnerRequirement((ApplicantType.TRIBAL_GOVERNMENTS,), quote),),
            note=Quote("Nonprofits only."),
            basis=Basis.INFERRED,
        ),
        funding=FundingRange(
            1_000,
            2_000,
            30_000,
            12,
            True,
            "EUR",
            (AwardTier(1_000, None, 0, 2_000, quote),),
            1_200,
            1_800,
            (FundingEvidence("award_ceiling", quote, Basis.INFERRED),),
        ),
        key_dates=(
            KeyDate("application", PartialDate.of(date(2027, 3, 15)), quote),
            KeyDate("intent", PartialDate(2, 29), basis=Basis.INFERRED),
        ),
        is_rolling=True,
        assistance_listing_numbers=("84.000",),
        funding_categories=("education",),
        source_url="https://example.org/reading",
        agency_code="HHS",
        funding_instruments=("cooperative_agreement",),
        selection_criteria=(SelectionCriterion("1", "Need", quote, points=20),),
        activities=(quote,),
        exclusions=(Quote("No buildings."),),
        source_codes=(SourceCode("EligibleApplicants", "25"),),
        project_period=ProjectPeriod(12, 36, quote, Basis.INFERRED),
    )


def full_proposal() -> Proposal:
    return Proposal(
        title="Lesen für alle",
        text="Who? Us.\x00 Ünïcode 🌍",
        sections=(Section("Who?", "Us.", Span(5, 8)),),
        organization="Library friends",
        profile=ApplicantProfile(
            applicant_types=(Fact(ApplicantType.CHARTER_SCHOOLS, Quote("Us.", Span(5, 8)), Basis.INFERRED),),
            partner_types=(Fact(ApplicantType.CITY_OR_TOWNSHIP_GOVERNMENTS),),
            places=(Fact("Ohio"),),
            people_served=Fact(2_000, basis=Basis.SUPPLIED),
            employees=Fact(12),
            annual_budget=Fact(900_000),
            amount_requested=Fact(50_000),
            offers_cost_share=Fact(True),
            year=Fact(2027),
        ),
        source="reading.pdf",
    )


def full_match() -> Match:
    evidence = Evidence(Quote("Us.", Span(5, 8)), Quote("Nonprofits"), 0.1 + 0.2, "Who?")
    return Match(
        opportunity_id="reading-2027",
        fit=1 / 3,
        eligibility=EligibilityFinding(
            Verdict.INELIGIBLE, (EligibilityReason("applicant type", Verdict.INELIGIBLE, "Not a nonprofit.", None),)
        ),
        priorities=(
            PriorityFit("1", PriorityKind.ABSOLUTE, "Reading", 0.7, (evidence,), (ElementFit("1a", "Read", 0.2),)),
        ),
        fingerprint=FINGERPRINT,
    )


MONDAY = datetime(2026, 11, 16, 8, tzinfo=UTC)
"""An occasion of the schedule that subscriptions have if nothing else is said."""
READER = Recipient("local", "reader@example.org")
WEEK = Period(MailKind.DIGEST, READER, "2026-W47")


def subscription(
    subscription_id: str = "weekly", proposal_id: str | None = "river-days", **fields: object
) -> Subscription:
    """Return a confirmed subscription that has been active for a year."""
    stands = {
        "email_address": READER.email_address,
        "state": SubscriptionState.CONFIRMED,
        "active_since": MONDAY - timedelta(days=364),
    }
    return Subscription(subscription_id, proposal_id, **(stands | fields))


def consent(event: ConsentEvent = ConsentEvent.CONFIRMED, at: datetime = NOW) -> Consent:
    return Consent(event, at, "test")


def subscribe(
    store: Store,
    subscription_id: str = "weekly",
    proposal_id: str | None = "river-days",
    **fields: Any,  # noqa: ANN401
) -> Subscription:
    """Store the proposal and a subscription to it."""
    store.proposals.save(proposal(), "river-days" if proposal_id is None else proposal_id)
    made = subscription(subscription_id, proposal_id, **fields)
    store.subscriptions.add(made, consent())
    return made


def lease(holder: str = "me", now: datetime = MONDAY) -> Lease:
    return Lease(holder, now, now + LEASE)


def claim(store: Store, holder: str = "me", now: datetime = MONDAY, limit: int = 10) -> list[MailRow]:
    """Claim the digests that are due."""
    occasions = {schedule: schedule.latest(now) for schedule in store.subscriptions.schedules()}
    return store.mails.claim_digests(occasions, lease(holder, now), limit, "example.org")


def written(mail: MailRow, *shown: str, content: str | None = "{}", subscription_id: str = "weekly") -> WrittenMail:
    """Return what a digest says to one subscription: that it shows some notices of revision 3."""
    notices = tuple(Shown("river-days", name, 3) for name in shown)
    return WrittenMail(mail.mail_id, content, (DigestPage(subscription_id, mail.period, notices, DECISIONS),))


LEASE = timedelta(minutes=10)
DECISIONS = (
    Decision("river-fund", 3, 0.7, Verdict.ELIGIBLE, Fate.NEW, FINGERPRINT),
    Decision("lake-fund", 1, None, None, Fate.BELOW_MINIMUM, ""),
)
