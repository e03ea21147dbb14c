"""Runs the migrations on the connection that `matcher.store.migrate` hands over, inside its transaction."""

from alembic import context

from matcher.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
