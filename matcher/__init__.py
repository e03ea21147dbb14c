"""Ranks the funding opportunities that a proposal fits, and shows why with quotes from both sides."""

__version__ = "0.1.0"
