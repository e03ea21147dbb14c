"""The house as workers put it together in tests, and rows to work on."""

import os
import signal
from collections.abc import Sequence
from pathlib import Path

from matcher.bootstrap import Context, build
from matcher.domain.match import BareMatch
from matcher.embedding.encoder import Vectors
from matcher.proposals.reader import read_proposal
from matcher.services.import_notices import import_notices
from matcher.settings import Settings
from matcher.store.protocol import Store
from matcher.text.documents import read_document
from tests.fakes import BagOfWords
from tests.services.examples import GARDENS, HULLS, PROPOSAL, write

PROPOSALS = 40
"""A block and a quarter."""
NOTICES = 5
DEADLY = "Bed 17"
"""The first worker that reads these words dies."""


class Deadly(BagOfWords):
    """An encoder that kills its process, once in all, as soon as it meets certain words."""

    def __init__(self, sign: Path) -> None:
        super().__init__()
        self._sign = sign

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode, or die."""
        if any(DEADLY in text for text in texts) and not self._sign.exists():
            self._sign.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return super().encode(texts)


def with_words(settings: Settings) -> Context:
    """Put the house together with an encoder without a model."""
    return build(settings, encoder=BagOfWords())


def deadly(settings: Settings) -> Context:
    """Put it together with one that dies once; the sign of that lies beside the database."""
    return build(settings, encoder=Deadly(settings.home / "died"))


def fill(context: Context) -> None:
    """Keep notices, some of them over, and proposals."""
    notices = {f"n{number}": _notice(number) for number in range(NOTICES - 1)}
    import_notices(context.store, [write(context.settings.opportunities, hulls=HULLS, **notices)])
    for number in range(PROPOSALS):
        text = f"{PROPOSAL}\nBed {number} has {'beans and ' * (number % 5)}tomatoes.\n"
        context.store.proposals.save(read_proposal(read_document(text.encode(), "p.md")), f"p{number:03}")


def matches(store: Store) -> dict[tuple[str, str], tuple[BareMatch, int, int]]:
    """Return every stored match by its pair, with the revisions of both sides."""
    return {
        (name, found.match.opportunity_id): (found.match, found.proposal_revision, found.opportunity_revision)
        for name in store.proposals.ids_and_revisions()
        for found in store.matches.for_proposal(name)
    }


def is_fresh(context: Context) -> bool:
    """Whether no row is out of date."""
    fingerprint = context.scorer.fingerprint
    return not context.store.proposals.stale(fingerprint) and not context.store.opportunities.stale(fingerprint)


def _notice(number: int) -> str:
    named = GARDENS.replace("gardens\ntitle: School Gardens", f"n{number}\ntitle: Beds {number:02}")
    return named.replace("2026-06-30", "2126-06-30") if number % 2 else named
