"""Puts the house together from the settings; doors start here, and nothing else imports it."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from matcher.embedding.cached import CachedEncoder
from matcher.embedding.encoder import Encoder
from matcher.embedding.precision import Precision
from matcher.embedding.sentence_transformer import SentenceTransformerEncoder
from matcher.scoring.scorer import Scorer
from matcher.services.catalogue import CatalogueReader
from matcher.services.rescore import Rescorer
from matcher.settings import Settings
from matcher.store.protocol import Store
from matcher.store.sql_store import open_store

if TYPE_CHECKING:
    from matcher.mail.senders import Sender
    from matcher.services.import_source import SourceImporter
    from matcher.services.send_digests import Outgoing


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

    @cached_property
    def importer(self) -> "SourceImporter":
        """What runs sources; the fetching it needs is imported here, because most commands fetch nothing."""
        from matcher.services.import_source import SourceImporter

        return SourceImporter(self.store, self.settings.home / "sources")

    @cached_property
    def outgoing(self) -> "Outgoing":
        """How mail leaves; what renders it is imported here, because most commands send none."""
        from matcher.services.send_digests import Outgoing

        return Outgoing(_sender(self.settings), self.settings.mail_sender, self.settings.public_url.rstrip("/"))


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
    precision = None if settings.precision == "auto" else Precision(settings.precision)
    real = encoder or SentenceTransformerEncoder(
        settings.model, adapter=settings.adapter, precision=precision, show_progress=show_progress
    )
    return Context(settings, store, CachedEncoder(real, store.vectors))


def _sender(settings: Settings) -> "Sender":
    from matcher.mail.senders import FolderSender, SmtpSender

    if not settings.smtp_host:
        return FolderSender(settings.home / "outbox")
    password = settings.smtp_password.get_secret_value() if settings.smtp_password else None
    return SmtpSender(settings.smtp_host, settings.smtp_port, settings.smtp_username, password, settings.smtp_security)
