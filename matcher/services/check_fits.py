"""Whether a stored fit is what the scorer says of the pair: scored again from what is kept, so nothing is encoded."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from matcher.domain.opportunity import Opportunity
from matcher.embedding.cached import text_hash
from matcher.scoring.products import Floats
from matcher.scoring.scorer import AT_ONCE, Scorer
from matcher.services.blocks import compared
from matcher.store.audit.opened import Audit, AuditedMatch


class FitCheck:
    """Scores the matches of one opportunity after the other.

    Args:
        audit: The state that is looked over; its vectors are sound.
        model_id: The model in use.
    """

    def __init__(self, audit: Audit, model_id: str) -> None:
        self._audit = audit
        self._model_id = model_id
        self._scorer = Scorer(self._vectors, model_id)

    def wrong(self, opportunity: Opportunity, matches: Iterable[AuditedMatch]) -> Iterator[tuple[AuditedMatch, float]]:
        """Yield the matches of an opportunity with another fit than the scorer finds, and the fit that it finds.

        Matches of another scorer, and of proposals that are compared by nothing yet, are passed over.
        """
        fingerprint = self._scorer.fingerprint
        own = {one.proposal_id: one for one in matches if one.match.fingerprint == fingerprint}
        hashes = {text_hash(text) for text in self._scorer.texts_of_opportunity(opportunity)}
        if not own or self._audit.vectors_of(self._model_id, hashes).keys() != hashes:
            return
        catalogue = self._scorer.catalogue([opportunity])
        queries = list(self._audit.queries(own, fingerprint).values())
        for start in range(0, len(queries), AT_ONCE):
            together = queries[start : start + AT_ONCE]
            for query, found in zip(together, self._scorer.fits_of_many(compared(together), catalogue), strict=True):
                match, fit = own[query.proposal_id], float(found.opportunities[0])
                if match.match.fit != fit:
                    yield match, fit

    def _vectors(self, texts: Sequence[str]) -> Floats:
        """Return the kept vectors of texts, as the encoder would."""
        hashes = [text_hash(text) for text in texts]
        kept = self._audit.vectors_of(self._model_id, dict.fromkeys(hashes))
        return np.stack([kept[key] for key in hashes], dtype=np.float32)
