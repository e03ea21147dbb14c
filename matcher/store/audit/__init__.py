"""Looks over a whole store, past everything that keeps it in order, and tells what should never be."""
