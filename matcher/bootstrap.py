"""Puts the house together from the settings; doors start here, and nothing else imports it."""

import os
import socket
import uuid
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parseaddr
from functools import cached_property
from typing import TYPE_CHECKING

from matcher.embedding.cached import CachedEncoder
from matcher.embedding.encoder import Encoder
from matcher.embedding.precision import Precision
from matcher.embedding.sentence_transformer import SentenceTransformerEncoder
from matcher.scoring.scorer import Scorer
from matcher.services.catalogue import CatalogueReader
from matcher.services.reading_room.limits import Limits as ReadingLimits
from matcher.services.reading_room.room import ReadingRoom, shared_room
from matcher.services.rescore import Rescorer
from matcher.settings import Settings, networks
from matcher.store.protocol import Store
from matcher.store.sql_store import open_store

if TYPE_CHECKING:
    from matcher.domain.source import Source
    from matcher.mail.senders import Sender, Sign
    from matcher.services.downloads import Downloads
    from matcher.services.import_source import SourceImporter
    from matcher.services.outgoing import Outgoing
    from matcher.services.signed_links import LinkSigner


@dataclass(frozen=True)
class Context:
    """What a door needs: the settings, the store, and everything that is built on them, made when first used."""

    settings: Settings
    store: Store
    encoder: CachedEncoder

    @cached_property
    def scorer(self) -> Scorer:
        """The scorer; making it loads no model."""
        return Scorer(self.encoder.encode, self.encoder.model_id)

    @cached_property
    def catalogue(self) -> CatalogueReader:
        """The stored catalogue in memory."""
        return CatalogueReader(self.store, self.scorer)

    @cached_property
    def rescorer(self) -> Rescorer:
        """What keeps matches up to date."""
        return Rescorer(self.store, self.scorer, self.catalogue, self.settings.match_floor)

    @property
    def room(self) -> ReadingRoom:
        """Where untrusted documents are read; all houses of a process with the same limits share it."""
        return shared_room(ReadingLimits(self.settings.reading_seconds, self.settings.reading_megabytes))

    @cached_property
    def importer(self) -> "SourceImporter":
        """What runs sources; the fetching it needs is imported here, because most commands fetch nothing."""
        from matcher.services.import_source import SourceImporter

        return SourceImporter(self.store, _downloads(self.settings), self.room)

    @cached_property
    def outgoing(self) -> "Outgoing":
        """How mail leaves; what renders it is imported here, because most commands send none."""
        from matcher.services.outgoing import Outgoing

        return Outgoing(
            _sender(self.settings),
            self.settings.mail_sender,
            self.settings.public_url.rstrip("/"),
            self.links,
            timedelta(seconds=self.settings.mail_lease_seconds),
            self.holder,
        )

    @cached_property
    def holder(self) -> str:
        """The name of this process in leases."""
        return f"{socket.gethostname()} {os.getpid()} {uuid.uuid4().hex[:8]}"

    @cached_property
    def signing_keys(self) -> tuple[str, ...]:
        """The keys that sign links, forms and sessions; the first signs, all of them verify."""
        from matcher.services.signing_keys import signing_keys

        configured = self.settings.signing_keys
        return signing_keys(configured.get_secret_value() if configured else None, self.settings.home)

    @cached_property
    def links(self) -> "LinkSigner":
        """What signs and reads the links in mails."""
        from matcher.services.signed_links import LinkSigner

        return LinkSigner(self.signing_keys, self.settings.public_url.rstrip("/"))


def build(settings: Settings, *, encoder: Encoder | None = None, show_progress: bool = False) -> Context:
    """Open the store and put the house together.

    Args:
        settings: All settings.
        encoder: Stands in for the real one in tests.
        show_progress: Whether encoding draws progress bars on standard error.

    Raises:
        Unrecoverable: The store cannot be opened.
    """
    settings.home.mkdir(parents=True, exist_ok=True)
    store = open_store(settings.store_url)
    real = encoder or real_encoder(settings, show_progress=show_progress)
    return Context(settings, store, CachedEncoder(real, store.vectors))


def real_encoder(settings: Settings, *, show_progress: bool = False) -> SentenceTransformerEncoder:
    """Return the encoder that the settings name; making it loads no model."""
    precision = None if settings.precision == "auto" else Precision(settings.precision)
    return SentenceTransformerEncoder(
        settings.model, adapter=settings.adapter, precision=precision, show_progress=show_progress
    )


def _downloads(settings: Settings) -> "Downloads":
    from matcher.fetching.fetcher import Fetcher
    from matcher.fetching.limits import Limits
    from matcher.services.downloads import Downloads

    def fetcher(source: "Source") -> Fetcher:
        limits = Limits(seconds_between_requests=source.delay_seconds)
        return Fetcher(limits, allowed_networks=networks(settings.allowed_networks), contact=settings.contact)

    keys = {name: key.get_secret_value() for name, key in settings.source_keys.items()}
    return Downloads(settings.home / "sources", fetcher, keys)


def _sender(settings: Settings) -> "Sender":
    from matcher.mail.pace import Pace
    from matcher.mail.senders import FolderSender, SmtpSender

    sign = _sign(settings)
    if not settings.smtp_host:
        return FolderSender(settings.outbox, sign)
    password = settings.smtp_password.get_secret_value() if settings.smtp_password else None
    return SmtpSender(
        settings.smtp_host,
        settings.smtp_port,
        settings.smtp_username,
        password,
        settings.smtp_security,
        sign=sign,
        bounces_to=settings.bounce_address or None,
        pace=Pace(settings.mails_per_minute),
    )


def _sign(settings: Settings) -> "Sign":
    from matcher.mail.senders import unsigned

    if settings.dkim_key is None:
        return unsigned
    from matcher.mail.dkim import read_signer

    domain = settings.dkim_domain or parseaddr(settings.mail_sender)[1].rpartition("@")[2]
    return read_signer(settings.dkim_key, settings.dkim_selector, domain).signed
