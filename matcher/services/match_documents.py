"""Match one proposal with a list of opportunities; nothing is stored."""

from collections.abc import Iterable, Sequence
from datetime import date

from matcher.domain.match import Match, MatchHead
from matcher.domain.opportunity import Opportunity
from matcher.domain.proposal import Proposal
from matcher.scoring.catalogue import Catalogue
from matcher.scoring.scorer import Scorer
from matcher.services.array_ranking import rank_catalogue
from matcher.services.counterfactuals import with_counterfactuals
from matcher.services.preferences import Preferences
from matcher.services.ranking import RankedMatch, Ranking, rank


class Matching:
    """One proposal beside a catalogue: ranked as a whole, explained where somebody looks.

    To quote the words that decided takes most of the time of a match, and few matches are shown.
    """

    def __init__(self, scorer: Scorer, proposal: Proposal, catalogue: Catalogue) -> None:
        self._scorer = scorer
        self._catalogue = catalogue
        self._encoded = scorer.encode_proposal(proposal)
        self._fits = scorer.fits(self._encoded, catalogue)

    def ranking(self, as_of: date, preferences: Preferences | None = None) -> Ranking[MatchHead]:
        """Return every opportunity of the catalogue in its place, as of one day."""
        verdicts = self._catalogue.eligibility.verdicts(self._encoded.proposal.profile)
        return rank_catalogue(self._catalogue, self._fits.opportunities, verdicts, as_of, preferences)

    def with_reasons(self, shown: Iterable[RankedMatch[MatchHead]]) -> tuple[RankedMatch, ...]:
        """Return some matches of the ranking with their reasons."""
        return tuple(ranked.with_match(self.match(ranked.opportunity.opportunity_id)) for ranked in shown)

    def match(self, opportunity_id: str) -> Match:
        """Return the match with one opportunity of the catalogue, with its reasons."""
        position = self._catalogue.positions[opportunity_id]
        return self._scorer.explain(self._encoded, self._catalogue, position, self._fits)


def match_proposal(
    scorer: Scorer,
    proposal: Proposal,
    catalogue: Catalogue,
    as_of: date,
    preferences: Preferences | None = None,
) -> Ranking:
    """Return every match of `proposal` with the opportunities of `catalogue`, as of one day."""
    encoded = scorer.encode_proposal(proposal)
    fits = scorer.fits(encoded, catalogue)
    return rank(
        (
            (layout.opportunity, scorer.explain(encoded, catalogue, position, fits))
            for position, layout in enumerate(catalogue.layouts)
        ),
        as_of,
        preferences,
    )


def match_opportunities(
    scorer: Scorer, proposal: Proposal, opportunities: Sequence[Opportunity], as_of: date
) -> Ranking:
    """Return the matches with opportunities that are not encoded yet."""
    return match_proposal(scorer, proposal, scorer.catalogue(opportunities), as_of)


def match_in_full(
    scorer: Scorer,
    proposal: Proposal,
    opportunity: Opportunity,
    as_of: date,
    preferences: Preferences | None = None,
) -> RankedMatch:
    """Return one match with what would change it most."""
    alone = match_proposal(scorer, proposal, scorer.catalogue([opportunity]), as_of, preferences).everything
    return with_counterfactuals(scorer, proposal, alone)[0]
