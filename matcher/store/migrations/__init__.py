"""Alembic migrations, run by `matcher.store.migrate`."""
