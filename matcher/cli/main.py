"""The command line: every command translates its words into one service and shows what comes back.

Nothing heavy is imported before a command runs, so that help answers at once.
"""

import sys
from typing import Any

import click

from matcher import __version__
from matcher.errors import InputRejected, MatcherError

_EXIT_BAD_INPUT = 2
_EXIT_FAILED = 1

_COMMANDS = {
    "match": ("matcher.cli.match", "match"),
    "import": ("matcher.cli.catalogue", "import_command"),
    "sources": ("matcher.cli.sources", "sources"),
    "submit": ("matcher.cli.proposals", "submit"),
    "matches": ("matcher.cli.proposals", "matches"),
    "rescore": ("matcher.cli.catalogue", "rescore_command"),
    "subscribe": ("matcher.cli.subscriptions", "subscribe_command"),
    "subscriptions": ("matcher.cli.subscriptions", "subscriptions"),
    "suppressions": ("matcher.cli.subscriptions", "suppressions"),
    "digest": ("matcher.cli.digests", "digest"),
    "evaluate": ("matcher.cli.evaluate", "evaluate_command"),
    "train": ("matcher.cli.train", "train_command"),
    "organizations": ("matcher.cli.organizations", "organizations"),
    "keys": ("matcher.cli.organizations", "keys"),
    "migrate": ("matcher.cli.migrate", "migrate_command"),
    "backup": ("matcher.cli.backup", "backup_command"),
    "restore": ("matcher.cli.backup", "restore_command"),
    "doctor": ("matcher.cli.doctor", "doctor_command"),
    "check": ("matcher.cli.check", "check_command"),
    "export": ("matcher.cli.personal", "export_command"),
    "erase": ("matcher.cli.personal", "erase_command"),
    "serve": ("matcher.cli.serve", "serve_command"),
}


class _LazyGroup(click.Group):
    """A group that imports a command's module only when that command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        from importlib import import_module

        module, name = _COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 — click's own signature
        """Run a command; our errors become one sentence and an exit code: 2 for bad input, 1 for anything else."""
        try:
            return super().invoke(ctx)
        except MatcherError as error:
            click.echo(f"matcher: {error}", err=True)
            sys.exit(_EXIT_BAD_INPUT if isinstance(error, InputRejected) else _EXIT_FAILED)


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="matcher")
def main() -> None:
    """Rank the funding opportunities that a proposal fits, and show why with quotes from both sides.

    All state lives in the folder MATCHER_HOME; docs/settings.md lists every setting.
    """
