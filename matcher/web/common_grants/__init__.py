"""Opportunities in the form of the CommonGrants protocol 0.4.0: https://commongrants.org/protocol."""
