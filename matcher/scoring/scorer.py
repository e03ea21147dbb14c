"""The scorer: how well a proposal fits each opportunity of a catalogue, and why."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from matcher.domain.match import ElementFit, Evidence, Match, PriorityFit
from matcher.domain.opportunity import Opportunity
from matcher.domain.proposal import Passage, Proposal
from matcher.scoring.catalogue import Catalogue, Encode, lay_out
from matcher.scoring.eligibility import assess_eligibility
from matcher.scoring.eligibility.geography.gazetteer import places_hash
from matcher.scoring.fusion import Fusion, bundled_fusion, fit_of
from matcher.scoring.quotes import Quotable, best_quotes, quotable, strengths
from matcher.scoring.similarity import Floats, Query
from matcher.scoring.terms import document_frequencies, lexical_identity, term_weights
from matcher.text.passages import passages_of_sections, sentences_of_sections

VERSION = 5
"""Counts every change of the code that changes a match; models and tables are in the fingerprint by themselves."""

_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class EncodedProposal:
    """A proposal ready to be scored and quoted; all vectors are float32 [texts, dimensions] of unit length."""

    proposal: Proposal
    query: Query
    quotable: Quotable
    sentence_vectors: Floats
    passage_vectors: Floats


@dataclass(frozen=True, slots=True)
class Fits:
    """The fits of one proposal, rounded to four decimals, one array per level of the catalogue: float64 [targets]."""

    opportunities: NDArray[np.float64]
    priorities: NDArray[np.float64]
    elements: NDArray[np.float64]


class Scorer:
    """Scores proposals against catalogues; deterministic for equal vectors.

    Args:
        encode: Texts to unit vectors; texts seen before should cost nothing.
        model_id: Names the model behind `encode`.
    """

    def __init__(self, encode: Encode, model_id: str) -> None:
        self._encode = encode
        self._fusion = bundled_fusion()
        self.is_calibrated = model_id.startswith(self._fusion.model)
        """Whether the parameters were fitted for this model; if not, fits keep their order but not their meaning."""
        self.fingerprint = _fingerprint(model_id, self._fusion)

    def catalogue(self, opportunities: Sequence[Opportunity]) -> Catalogue:
        """Encode opportunities for scoring."""
        return Catalogue(opportunities, self._encode)

    def embed(self, opportunities: Sequence[Opportunity]) -> None:
        """Encode the texts of opportunities ahead; a scoring then finds them."""
        self._encode([row.text for opportunity in opportunities for row in lay_out(opportunity).rows])

    def encode_proposal(self, proposal: Proposal) -> EncodedProposal:
        """Encode a proposal for scoring and quoting."""
        passages = passages_of_sections(proposal.sections, proposal.text)
        texts = _query_texts(proposal, passages)
        candidates = quotable(sentences_of_sections(proposal.sections, proposal.text), passages)
        # in one go, for texts of all lengths together make the best batches
        vectors, sentence_vectors = np.split(
            self._encode([*texts, *(sentence.text for sentence in candidates.sentences)]), [len(texts)]
        )
        rows = {text: row for row, text in enumerate(texts)}
        return EncodedProposal(
            proposal=proposal,
            query=_query(vectors, texts),
            quotable=candidates,
            sentence_vectors=sentence_vectors,
            passage_vectors=vectors[np.array([rows[passage.text] for passage in passages], dtype=np.int64)],
        )

    @staticmethod
    def texts_of(proposal: Proposal) -> list[str]:
        """Return every text that `encode_proposal` encodes, each once: passages first, then single sentences."""
        passages = passages_of_sections(proposal.sections, proposal.text)
        candidates = quotable(sentences_of_sections(proposal.sections, proposal.text), passages)
        texts = [*_query_texts(proposal, passages), *(sentence.text for sentence in candidates.sentences)]
        return list(dict.fromkeys(texts))

    @staticmethod
    def texts_of_opportunity(opportunity: Opportunity) -> list[str]:
        """Return every text of an opportunity that a catalogue encodes, each once."""
        return list(dict.fromkeys(row.text for row in lay_out(opportunity).rows))

    def encode_queries(self, proposals: Sequence[Proposal]) -> list[Query]:
        """Encode proposals for scoring alone, all in one go; a title counts as a passage."""
        texts = [
            _query_texts(proposal, passages_of_sections(proposal.sections, proposal.text)) for proposal in proposals
        ]
        vectors = self._encode([text for own in texts for text in own])
        bounds = np.cumsum([len(own) for own in texts])[:-1]
        return [_query(rows, own) for rows, own in zip(np.split(vectors, bounds), texts, strict=True)]

    def encode_words(self, words: str) -> Query:
        """Encode a few words, such as a search, for scoring alone."""
        return _query(self._encode([words]), [words])

    def ranking_scores(self, query: Query, catalogue: Catalogue) -> NDArray[np.float64]:
        """Return what orders the opportunities, as log-odds, where no two fits round to the same number."""
        return self._log_odds(query, catalogue)[0]

    def fits(self, encoded: EncodedProposal, catalogue: Catalogue) -> Fits:
        """Return the fit of one proposal with every opportunity, priority and element of a catalogue."""
        return Fits(*(fit_of(values).round(_DECIMALS) for values in self._log_odds(encoded.query, catalogue)))

    def _log_odds(self, query: Query, catalogue: Catalogue) -> tuple[NDArray[np.float64], ...]:
        """Return the log-odds of opportunities, priorities and elements."""
        products = query.vectors @ catalogue.rows.T
        wholes, priorities, elements = (
            self._fusion.log_odds(level.index.similarities(query, products), curve)
            for level, curve in (
                (catalogue.wholes, self._fusion.wholes),
                (catalogue.priorities, self._fusion.parts),
                (catalogue.elements, self._fusion.parts),
            )
        )
        return catalogue.combination.log_odds(wholes, priorities, elements), priorities, elements

    def explain(self, encoded: EncodedProposal, catalogue: Catalogue, position: int, fits: Fits) -> Match:
        """Return the match with the opportunity at `position`: every priority with its evidence, and eligibility."""
        opportunity = catalogue.layouts[position].opportunity
        return Match(
            opportunity_id=opportunity.opportunity_id,
            fit=float(fits.opportunities[position]),
            eligibility=assess_eligibility(encoded.proposal.profile, opportunity),
            priorities=tuple(self._priority_fits(encoded, catalogue, position, fits)),
            fingerprint=self.fingerprint,
        )

    def _priority_fits(
        self, encoded: EncodedProposal, catalogue: Catalogue, position: int, fits: Fits
    ) -> Iterator[PriorityFit]:
        layout = catalogue.layouts[position]
        strength = self._strengths(encoded, catalogue, position)
        first_priority = catalogue.priorities.starts[position]
        element_fits = iter(fits.elements[catalogue.elements.starts[position] :].tolist())

        def evidence(fit: float, rows: list[int]) -> tuple[Evidence, ...]:
            """Return the quotes for some rows, or none if they count as not addressed."""
            if fit < self._fusion.addressed:
                return ()
            return best_quotes(encoded.quotable, strength[:, rows], [layout.rows[row] for row in rows])

        for number, part in enumerate(layout.priorities):
            fit = float(fits.priorities[first_priority + number])
            element_rows = range(part.elements_start, part.end)
            elements = tuple(
                ElementFit(element.key, element.quote.text, own, evidence(own, [row]))
                for row, element, own in zip(
                    element_rows, part.priority.elements, islice(element_fits, len(element_rows)), strict=True
                )
            )
            # what is shown as not addressed is never quoted as answered
            answered = [row for row, element in zip(element_rows, elements, strict=True) if element.is_addressed]
            yield PriorityFit(
                key=part.priority.key,
                kind=part.priority.kind,
                title=part.priority.title,
                fit=fit,
                evidence=evidence(fit, [*range(part.start, part.elements_start), *answered]),
                elements=elements,
            )

    @staticmethod
    def _strengths(encoded: EncodedProposal, catalogue: Catalogue, position: int) -> Floats:
        """Return how well each quotable sentence answers each row of one opportunity: float32 [sentences, rows]."""
        rows = catalogue.layouts[position].rows
        vectors = catalogue.rows[catalogue.offsets[position] : catalogue.offsets[position + 1]]
        return strengths(encoded.quotable, encoded.sentence_vectors, encoded.passage_vectors, rows, vectors)


def _query(vectors: Floats, texts: list[str]) -> Query:
    return Query(vectors, term_weights("\n".join(texts)))


def _query_texts(proposal: Proposal, passages: Sequence[Passage]) -> list[str]:
    texts = dict.fromkeys(text for text in (proposal.title, *(passage.text for passage in passages)) if text)
    return list(texts) or [proposal.text]


def _fingerprint(model_id: str, fusion: Fusion) -> str:
    """Return a name for everything that changes a match: code version, model, parameters, words, known places."""
    frequencies = document_frequencies()
    named = [VERSION, model_id, asdict(fusion), frequencies.documents, lexical_identity(), places_hash()]
    digest = hashlib.sha256(json.dumps(named).encode())
    digest.update(frequencies.counts.tobytes())
    return f"{VERSION}-{digest.hexdigest()[:16]}"
