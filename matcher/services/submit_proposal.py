"""Keep a proposal, and score it against the whole catalogue at once or later."""

from matcher.proposals.reader import read_proposal
from matcher.services.rescore import Rescorer
from matcher.store.protocol import Store
from matcher.store.records import Saved
from matcher.text.documents import Document


def submit_proposal(store: Store, rescorer: Rescorer, document: Document, *, replaces: bool = True) -> Saved:
    """Read, store and score the proposal in `document`.

    If it `replaces`, a document of the same name takes the place of the proposal that it brought before, so that a
    folder can be submitted again; if not, it is a proposal of its own, whatever its name.

    It belongs to the organization of `store`.

    Raises:
        DocumentRejected: The document is no proposal that can be read.
    """
    proposal = read_proposal(document)
    earlier = store.proposals.from_source(document.name) if replaces else None
    saved = store.proposals.save(proposal, earlier)
    rescorer.score_proposal(saved.identifier)
    return saved


def keep_proposal(store: Store, document: Document) -> Saved:
    """Read and store the proposal in `document` as one of its own; it is out of date until somebody scores it.

    Raises:
        DocumentRejected: The document is no proposal that can be read.
    """
    return store.proposals.save(read_proposal(document))
