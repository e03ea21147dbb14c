"""Funding notices in every format that funders publish, read into the one Opportunity."""
