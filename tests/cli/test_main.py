"""The command line as a whole."""

import subprocess
import sys

import pytest

from matcher.cli.main import _COMMANDS
from tests.cli.conftest import Run

COMMANDS = list(_COMMANDS)


def test_help_names_every_command(run: Run) -> None:
    text = run("--help").output
    assert all(f"  {name} " in text for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(run: Run, name: str) -> None:
    answer = run(name, "--help")
    assert answer.exit_code == 0
    assert len(answer.output.splitlines()) > 4


def test_help_answers_without_loading_anything_heavy() -> None:
    script = (
        "import sys\nfrom matcher.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "print({'torch', 'numpy', 'sqlalchemy', 'pydantic'} & set(sys.modules))"
    )
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert answer.stdout.splitlines()[-1] == "set()"


def test_an_unknown_setting_is_told_by_name(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_PORT", "eighty")
    answer = run("rescore")
    assert answer.exit_code == 2
    assert "port" in answer.stderr
    assert "docs/settings.md" in answer.stderr
