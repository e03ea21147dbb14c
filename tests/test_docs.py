"""Documentation is a promise: settings are documented, commands run, links lead somewhere."""

import re
import shlex
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from matcher import bootstrap
from matcher.cli import main
from matcher.settings import Settings, settings
from tests.conftest import CHECKOUT
from tests.fakes import BagOfWords

PAGES = [CHECKOUT / "README.md", CHECKOUT / "CONTRIBUTING.md", *sorted((CHECKOUT / "docs").rglob("*.md"))]
CONSOLE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#:]+)\)")


def commands(page: Path) -> list[str]:
    """Return what stands behind a `$` in the console blocks of a page."""
    blocks = CONSOLE.findall(page.read_text(encoding="utf-8"))
    return [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ ")]


@pytest.mark.parametrize("page", [page for page in PAGES if commands(page)], ids=lambda page: page.name)
def test_every_command_of_a_page_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CHECKOUT)
    monkeypatch.setenv("MATCHER_HOME", str(tmp_path))
    encoder = BagOfWords()
    real = bootstrap.build
    monkeypatch.setattr(bootstrap, "build", lambda chosen, **options: real(chosen, **{**options, "encoder": encoder}))
    settings.cache_clear()
    for command in commands(page):
        program, *arguments = shlex.split(command)
        assert program == "matcher"
        answer = CliRunner().invoke(main, arguments, catch_exceptions=False)
        assert answer.exit_code == 0, f"{command}: {answer.output}"
        assert answer.output.strip()
    settings.cache_clear()


@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_every_setting_is_documented_in_its_own_words(name: str) -> None:
    text = (CHECKOUT / "docs" / "settings.md").read_text(encoding="utf-8")
    row = next((line for line in text.splitlines() if f"`MATCHER_{name.upper()}`" in line and line.startswith("|")), "")
    field = Settings.model_fields[name]
    assert str(field.description) in row
    if field.default_factory is None and field.default not in ("", None):
        assert f"`{field.default}`" in row


def test_no_setting_is_documented_that_does_not_exist() -> None:
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    documented = {name.lower() for name in re.findall(r"MATCHER_([A-Z_]+)", text)}
    of_the_scripts = {"venv", "torch"}
    assert documented <= Settings.model_fields.keys() | of_the_scripts


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_of_a_page_leads_to_a_file(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_every_dependency_says_what_it_is_for() -> None:
    text = (CHECKOUT / "pyproject.toml").read_text(encoding="utf-8")
    lines = {line.split('"')[1]: line for line in text.splitlines() if line.startswith('    "')}
    required = tomllib.loads(text)["project"]["dependencies"]
    assert len(required) > 15
    assert all("  # " in lines[name] for name in required)
