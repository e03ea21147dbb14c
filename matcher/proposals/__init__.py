"""Proposals in every layout that applicants bring, read into the one Proposal."""
