"""The migrations in their order; one that has been released never changes."""
