"""A small house to test the web door with: a predictable encoder and a catalogue of made-up notices."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from matcher.bootstrap import Context, build
from matcher.domain.dates import PartialDate
from matcher.domain.evidence import Quote
from matcher.domain.opportunity import Eligibility, FundingRange, KeyDate, Opportunity, Priority, PriorityElement
from matcher.domain.organization import LOCAL
from matcher.domain.source import LedgerCounts, Source, SourceKind
from matcher.domain.vocabulary import ApplicantType, PriorityKind
from matcher.services.send_digests import send_digests
from matcher.services.subscribe import Wish, subscribe_confirmed
from matcher.store.records import JobOutcome
from matcher.store.source_records import NewRejection, RunResult
from tests.fakes import BagOfWords
from tests.given_settings import GivenSettings

AS_OF = "2026-11-22"
PROPOSAL = """# Rebuilding the East Side

## What will you do?

We are a 501(c)(3) nonprofit in Los Angeles, California. Forty young adults a year restore vacant houses and leave with
a carpentry certificate that local builders accept. They earn a stipend while they train in construction.

## Whom do you serve?

We serve young people who left school and look for paid work in construction.
We train young people in construction, and pay each of them a stipend.
"""

PORTAL = Source("portal", SourceKind.URL, "https://example.org/extract.json", interval_seconds=3_600)


def opportunity(identifier: str, title: str, purpose: str, *closes: int, types: Sequence[str] = ()) -> Opportunity:
    """Return an opportunity with one priority; `closes` is year, month and day of its deadline."""
    text = f"{title}. {purpose}"
    words = Quote(purpose)
    deadline = (KeyDate("application", PartialDate(closes[1], closes[2], closes[0])),) if closes else ()
    return Opportunity(
        identifier,
        title,
        text,
        agency_name="Office of Examples",
        priorities=(Priority("1", PriorityKind.ABSOLUTE, title, words, (PriorityElement("a", words),)),),
        eligibility=Eligibility(tuple(ApplicantType(value) for value in types)),
        funding=FundingRange(10_000, 50_000, expected_number_of_awards=5),
        key_dates=(KeyDate("post", PartialDate(9, 1, 2026)), *deadline),
    )


NOTICES = (
    opportunity("youth-build", "Youth Build", "Train young people in construction and pay a stipend.", 2027, 3, 15),
    opportunity("river-care", "River Care", "Clean rivers and restore wetlands with volunteers.", 2027, 1, 10),
    opportunity("old-houses", "Old Houses", "Restore vacant houses with young adults.", 2026, 10, 1),
    opportunity(
        "district-jobs",
        "District Jobs",
        "Districts train young people in construction.",
        2027,
        2,
        1,
        types=["independent_school_districts"],
    ),
)


def make_house(home: Path, notices: Sequence[Opportunity] = NOTICES, **settings: object) -> Context:
    """Return a context over a real store in `home`, with `notices` in its catalogue."""
    chosen = {"home": home, "minimum_open": 0, "match_floor": 0.0, **settings}
    context = build(GivenSettings.model_validate(chosen), encoder=BagOfWords())
    for notice in notices:
        context.store.opportunities.save(notice, source=f"{notice.opportunity_id}.yaml")
    return context


def digested(
    context: Context, proposal_id: str, organization_id: str = LOCAL, address: str = "officer@example.org"
) -> dict[str, str]:
    """Let somebody have a digest about a proposal; return the identifiers of the subscription and of the digest."""
    store = context.store.for_organization(organization_id)
    long_ago = datetime.now(UTC) - timedelta(days=30)
    made = subscribe_confirmed(store, Wish(address, proposal_id), long_ago, means="test")
    send_digests(context.store, context.catalogue, context.outgoing)
    (mail,) = context.store.mails.for_address(made.email_address)
    return {"subscription_id": made.subscription_id, "digest_id": mail.mail_id}


def look(
    context: Context,
    counts: LedgerCounts = LedgerCounts(),  # noqa: B008 - it never changes
    rejections: Sequence[NewRejection] = (),
    *,
    source: Source = PORTAL,
    **told: object,
) -> int:
    """Leave a run of a source in the ledger, with what it counted and rejected; return its identifier."""
    run_id = context.store.sources.begin_run(source.name)
    outcome = JobOutcome.SUCCEEDED if told.get("error") is None else JobOutcome.FAILED
    context.store.sources.finish_run(run_id, RunResult(outcome, counts, tuple(rejections), **told))
    return run_id
