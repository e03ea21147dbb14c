"""The store on SQL: all parts over one database."""

from copy import copy
from types import TracebackType
from typing import Self

from matcher.store.database import Database
from matcher.store.digest_pages import SqlDigests
from matcher.store.feedback import SqlFeedback, SqlMutes
from matcher.store.feedback_protocol import FeedbackRows, Feeds, Mutes
from matcher.store.feeds import SqlFeeds
from matcher.store.job_turns import SqlJobTurns
from matcher.store.jobs import SqlJobs
from matcher.store.kept_answers import SqlKeptAnswers
from matcher.store.keys import SqlKeys
from matcher.store.listings import SqlListings
from matcher.store.mail_protocol import Digests, JobTurns, Mails, Subscriptions, Suppressions
from matcher.store.mails import SqlMails
from matcher.store.matches import SqlMatches
from matcher.store.member_protocol import Members, SignIns
from matcher.store.members import SqlMembers, SqlSignIns
from matcher.store.migrate import migrate
from matcher.store.opportunities import SqlOpportunities
from matcher.store.organization_protocol import KeptAnswers, Keys, Organizations
from matcher.store.organizations import SqlOrganizations
from matcher.store.personal import SqlPersonalData
from matcher.store.personal_protocol import PersonalData
from matcher.store.proposals import SqlProposals
from matcher.store.protocol import Jobs, Matches, Opportunities, Proposals, Queries, Vectors
from matcher.store.queries import SqlQueries
from matcher.store.readings import SqlReadings
from matcher.store.source_protocol import Listings, Readings, Sources
from matcher.store.sources import SqlSources
from matcher.store.subscriptions import SqlSubscriptions
from matcher.store.suppressions import SqlSuppressions
from matcher.store.vectors import SqlVectors


class SqlStore:
    """A `matcher.store.protocol.Store` on an SQL database whose schema is current; as a context manager it closes."""

    organization_id: str | None = None

    def __init__(self, database: Database) -> None:
        self._database = database
        self.is_embedded = database.is_embedded
        self._seen: dict[str, SqlStore] = {}
        opportunities = SqlOpportunities(database)
        proposals = SqlProposals(database)
        self._scoped = (
            proposals,
            SqlMatches(database),
            SqlSubscriptions(database),
            SqlFeedback(database),
            SqlMutes(database),
            SqlFeeds(database),
            SqlPersonalData(database, proposals),
        )
        self.opportunities: Opportunities = opportunities
        self.organizations: Organizations = SqlOrganizations(database, proposals)
        self.keys: Keys = SqlKeys(database)
        self.members: Members = SqlMembers(database)
        self.sign_ins: SignIns = SqlSignIns(database)
        self.kept_answers: KeptAnswers = SqlKeptAnswers(database)
        self.proposals: Proposals = self._scoped[0]
        self.matches: Matches = self._scoped[1]
        self.vectors: Vectors = SqlVectors(database)
        self.queries: Queries = SqlQueries(database)
        self.subscriptions: Subscriptions = self._scoped[2]
        self.feedback: FeedbackRows = self._scoped[3]
        self.mutes: Mutes = self._scoped[4]
        self.feeds: Feeds = self._scoped[5]
        self.mails: Mails = SqlMails(database)
        self.digests: Digests = SqlDigests(database)
        self.suppressions: Suppressions = SqlSuppressions(database)
        self.jobs: Jobs = SqlJobs(database)
        self.turns: JobTurns = SqlJobTurns(database)
        self.sources: Sources = SqlSources(database)
        self.listings: Listings = SqlListings(database, opportunities)
        self.readings: Readings = SqlReadings(database)
        self.personal: PersonalData = self._scoped[6]

    def for_organization(self, organization_id: str) -> "SqlStore":
        """Return the store as one organization sees it, on the same connections; made once."""
        if organization_id not in self._seen:
            self._seen[organization_id] = self._seen_by(organization_id)
        return self._seen[organization_id]

    def _seen_by(self, organization_id: str) -> "SqlStore":
        proposals, matches, subscriptions, feedback, mutes, feeds, personal = self._scoped
        seen = copy(self)
        seen.organization_id = organization_id
        seen.proposals = proposals.of(organization_id)
        seen.matches = matches.of(organization_id)
        seen.subscriptions = subscriptions.of(organization_id)
        seen.feedback = feedback.of(organization_id)
        seen.mutes = mutes.of(organization_id)
        seen.feeds = feeds.of(organization_id)
        seen.personal = personal.of(organization_id)
        return seen

    def version(self) -> int:
        """Return what moves with every change of the database."""
        return self._database.version()

    def compact(self) -> None:
        """Write the database anew."""
        self._database.compact()

    def empty_log(self) -> bool:
        """Let the log of the database hold nothing of what was deleted."""
        return self._database.empty_log()

    def close(self) -> None:
        """Close the connections."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


def open_store(url: str) -> SqlStore:
    """Open the store at `url`, made and migrated where needed; threads may share it, each process opens its own.

    Args:
        url: `sqlite:///path/to/matcher.db`, where `?timeout=SECONDS` says how long to wait for another writer (30), or
            `postgresql://user@host/database`.

    Raises:
        InputRejected: `url` is neither.
        RetryLater: Another process held the database for too long, or its server cannot be reached.
        Unrecoverable: The database is unreadable, damaged, another program's, or written by a newer version; it sorts
            texts in another way, or its driver or the extension `vector` is missing.
    """
    database = Database(url)
    try:
        migrate(database)
    except BaseException:
        database.close()
        raise
    return SqlStore(database)
