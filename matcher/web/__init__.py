"""The web door: REST and health."""
