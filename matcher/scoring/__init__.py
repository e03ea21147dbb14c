"""How well a proposal fits an opportunity, which words show it, and whether the applicant may apply."""
