"""The command line."""

from matcher.cli.main import main

__all__ = ["main"]
