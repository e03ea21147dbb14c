"""Untrusted documents are read in a process of their own, within limits; see `docs/decisions/` on why and how."""
