"""The scorer: how well a proposal fits each opportunity of a catalogue, and why."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from matcher.domain.match import BareMatch, ElementFit, Evidence, Match, PriorityFit
from matcher.domain.opportunity import Opportunity
from matcher.domain.proposal import ApplicantProfile, Passage, Proposal
from matcher.scoring.block import Block
from matcher.scoring.catalogue import Catalogue, Encode, Place
from matcher.scoring.eligibility import assess_eligibility
from matcher.scoring.eligibility.geography.gazetteer import places_hash
from matcher.scoring.fusion import Fusion, bundled_fusion, fit_of
from matcher.scoring.layout import lay_out
from matcher.scoring.products import Floats
from matcher.scoring.queries import Queries, Query
from matcher.scoring.quotes import Quotable, best_quotes, quotable, strengths
from matcher.scoring.terms import document_frequencies, lexical_identity, term_weights
from matcher.text.passages import passages_of_sections, sentences_of_sections

VERSION = 7
"""Counts every change of the code that changes a match; models and tables are in the fingerprint by themselves."""

AT_ONCE = 32
"""Proposals in one product: a matrix this wide is multiplied at several times the rate of single vectors."""

_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class EncodedProposal:
    """A proposal ready to be scored and quoted; all vectors are float32 [texts, dimensions] of unit length."""

    proposal: Proposal
    query: Query
    quotable: Quotable
    sentence_vectors: Floats
    passage_vectors: Floats


@dataclass(frozen=True)
class Fits:
    """The fits of one proposal, rounded to four decimals, one array per level of the catalogue: float64 [targets].

    Those of the parts are worked out where somebody asks for them, from their log-odds.
    """

    opportunities: NDArray[np.float64]
    priority_log_odds: NDArray[np.float64]
    element_log_odds: NDArray[np.float64]

    @cached_property
    def priorities(self) -> NDArray[np.float64]:
        """The fits of the priorities of all opportunities, in order."""
        return _rounded_fits(self.priority_log_odds)

    @cached_property
    def elements(self) -> NDArray[np.float64]:
        """The fits of the elements of all priorities, in order."""
        return _rounded_fits(self.element_log_odds)


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

    def catalogue(self, opportunities: Sequence[Opportunity], before: Catalogue | None = None) -> Catalogue:
        """Encode opportunities for scoring; what is the same object in the catalogue `before` is taken from there."""
        return Catalogue(opportunities, self._encode, before)

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

    def ranking_scores(self, queries: Sequence[Query], catalogue: Catalogue) -> NDArray[np.float64]:
        """Return what orders the opportunities, where no two fits round to the same: float64 [queries, opportunities].

        It is the log-odds of their fits.
        """
        return self._log_odds(queries, catalogue)[0]

    @staticmethod
    def similarities(queries: Sequence[Query], catalogue: Catalogue) -> Floats:
        """Return what the fits of whole opportunities are made of: float32 [3, queries, opportunities].

        The first axis is as `matcher.scoring.similarity.SIMILARITIES` says.
        """
        together = Queries(queries)
        blocks = [together.in_order(block.similarities(together)[0]) for block in catalogue.blocks]
        return np.concatenate(blocks, axis=1).swapaxes(1, 2)

    def fits(self, encoded: EncodedProposal, catalogue: Catalogue) -> Fits:
        """Return the fit of one proposal with every opportunity, priority and element of a catalogue."""
        return self.fits_of_many([encoded.query], catalogue)[0]

    def fits_of_many(self, queries: Sequence[Query], catalogue: Catalogue) -> list[Fits]:
        """Return the same for several proposals, equal to the last bit; `AT_ONCE` is a good number of them."""
        wholes, priorities, elements = self._log_odds(queries, catalogue)
        return [Fits(_rounded_fits(whole), *parts) for whole, *parts in zip(wholes, priorities, elements, strict=True)]

    def _log_odds(self, queries: Sequence[Query], catalogue: Catalogue) -> tuple[NDArray[np.float64], ...]:
        """Return the log-odds of opportunities, priorities and elements: each float64 [queries, targets]."""
        together = Queries(queries)
        levels = zip(*(self._log_odds_in(block, together) for block in catalogue.blocks), strict=True)
        found = tuple(np.concatenate(blocks).T for blocks in levels)
        return found or (np.empty((len(queries), 0)),) * 3

    def _log_odds_in(self, block: Block, queries: Queries) -> tuple[NDArray[np.float64], ...]:
        curves = (self._fusion.wholes, self._fusion.parts, self._fusion.parts)
        wholes, priorities, elements = (
            self._fusion.log_odds(found, curve)
            for found, curve in zip(block.similarities(queries), curves, strict=True)
        )
        opportunities = block.combination.log_odds(wholes, priorities, elements)
        return tuple(queries.in_order(found) for found in (opportunities, priorities, elements))

    def match(self, profile: ApplicantProfile, catalogue: Catalogue, position: int, fits: Fits) -> BareMatch:
        """Return the match with the opportunity at `position`: its fit, and whether this applicant may apply."""
        opportunity = catalogue.layouts[position].opportunity
        return BareMatch(
            opportunity_id=opportunity.opportunity_id,
            fit=float(fits.opportunities[position]),
            eligibility=assess_eligibility(profile, opportunity),
            fingerprint=self.fingerprint,
        )

    def explain(self, encoded: EncodedProposal, catalogue: Catalogue, position: int, fits: Fits) -> Match:
        """Return the same match with why: every priority with its evidence."""
        found = self.match(encoded.proposal.profile, catalogue, position, fits)
        priorities = tuple(self._priority_fits(encoded, catalogue.place(position), fits))
        return Match(found.opportunity_id, found.fit, found.eligibility, found.fingerprint, priorities)

    def _priority_fits(self, encoded: EncodedProposal, place: Place, fits: Fits) -> Iterator[PriorityFit]:
        layout = place.layout
        strength = strengths(
            encoded.quotable, encoded.sentence_vectors, encoded.passage_vectors, layout.rows, place.vectors
        )
        priority_fits = _rounded_fits(fits.priority_log_odds[place.priorities]).tolist()
        element_fits = iter(_rounded_fits(fits.element_log_odds[place.elements]).tolist())

        def evidence(fit: float, rows: list[int]) -> tuple[Evidence, ...]:
            """Return the quotes for some rows, or none if they count as not addressed."""
            if fit < self._fusion.addressed:
                return ()
            return best_quotes(encoded.quotable, strength[:, rows], [layout.rows[row] for row in rows])

        for part, fit in zip(layout.priorities, priority_fits, strict=True):
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


def _rounded_fits(log_odds: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(fit_of(log_odds).round(_DECIMALS))


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
