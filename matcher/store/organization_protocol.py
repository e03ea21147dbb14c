"""What the rest of the house knows of organizations and their keys in the store; see `matcher.store.protocol`."""

from datetime import datetime, timedelta
from typing import Protocol

from matcher.domain.organization import ApiKey, Organization
from matcher.store.records import AnswerKey, Claim, KeptAnswer


class Organizations(Protocol):
    """Who keeps proposals here. The organization `local` is there from the beginning."""

    def add(self, organization: Organization) -> None:
        """Keep `organization`.

        Raises:
            InputRejected: Its identifier is taken.
        """
        ...

    def get(self, organization_id: str) -> Organization:
        """Return one organization.

        Raises:
            NotFound: None is stored under `organization_id`.
        """
        ...

    def all(self) -> list[Organization]:
        """Return every organization, by identifier."""
        ...

    def proposal_counts(self) -> dict[str, int]:
        """Return how many proposals each organization keeps, by identifier; those that keep none are absent."""
        ...

    def remove(self, organization_id: str) -> None:
        """Delete an organization with its keys, its proposals, and all that hangs on these.

        Raises:
            NotFound: None is stored under `organization_id`.
        """
        ...


class Keys(Protocol):
    """The keys of organizations. A key itself is never kept, only its hash."""

    def add(self, key: ApiKey) -> None:
        """Keep `key`.

        Raises:
            NotFound: Its organization is not stored.
            InputRejected: Its identifier is taken.
        """
        ...

    def get(self, key_id: str) -> ApiKey:
        """Return one key, revoked or not.

        Raises:
            NotFound: None is stored under `key_id`.
        """
        ...

    def all(self) -> list[ApiKey]:
        """Return every key, revoked ones too, by organization and age."""
        ...

    def is_empty(self) -> bool:
        """Whether no key was ever made; one that is revoked counts."""
        ...

    def touch(self, key_id: str, at: datetime, least: timedelta) -> bool:
        """Record a use at `at`, unless one less than `least` before is recorded; return whether it was recorded."""
        ...

    def revoke(self, key_id: str, at: datetime) -> None:
        """Make a key useless from `at` on; one that is revoked already stays as it is.

        Raises:
            NotFound: None is stored under `key_id`.
        """
        ...


class KeptAnswers(Protocol):
    """Answers that are kept for a while, by organization and key."""

    def claim(
        self, key: AnswerKey, digest: str, now: datetime, *, lifetime: timedelta, lease: timedelta
    ) -> Claim | KeptAnswer:
        """Make `key` stand for the call with `digest` from `now` on, or return what it stands for, maybe another.

        A key is forgotten after `lifetime`. One without an answer can be claimed again after `lease`; the same call
        then has the same claim, so that it creates nothing a second time.
        """
        ...

    def keep(self, key: AnswerKey, answer: KeptAnswer) -> None:
        """Keep the answer to the call that `key` stands for."""
        ...

    def release(self, key: AnswerKey) -> None:
        """Let `key` stand for nothing again."""
        ...

    def put_back(self, key: AnswerKey, begun_at: datetime) -> None:
        """Let the call count as begun at `begun_at`: a lease ago, it can be claimed again at once."""
        ...
