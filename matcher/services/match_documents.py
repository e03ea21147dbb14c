"""Match one proposal with a list of opportunities; nothing is stored."""

from collections.abc import Sequence
from datetime import date

from matcher.domain.opportunity import Opportunity
from matcher.domain.proposal import Proposal
from matcher.scoring.catalogue import Catalogue
from matcher.scoring.scorer import Scorer
from matcher.services.counterfactuals import with_counterfactuals
from matcher.services.preferences import Preferences
from matcher.services.ranking import RankedMatch, Ranking, rank


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
