"""The lock file names one version of everything that is needed, each file by its hash, and no place of this machine."""

import re
import tomllib
from importlib.util import module_from_spec, spec_from_file_location
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.conftest import CHECKOUT

LOCK = (CHECKOUT / "requirements.lock").read_text(encoding="utf-8")
PINS = dict(re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==(\S+)", LOCK, re.MULTILINE))
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
WANTED = [*PROJECT["dependencies"], *(line for lines in PROJECT["optional-dependencies"].values() for line in lines)]


@pytest.fixture(scope="module")
def audit() -> ModuleType:
    spec = spec_from_file_location("audit_dependencies", CHECKOUT / "scripts" / "audit_dependencies.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("wanted", [line for line in WANTED if not line.startswith("matcher[")])
def test_what_is_needed_is_locked_at_a_version_that_fits(wanted: str) -> None:
    requirement = Requirement(wanted)
    locked = PINS.get(canonicalize_name(requirement.name))
    assert locked is not None, "run scripts/lock"
    assert requirement.specifier.contains(Version(locked), prereleases=True)


def test_every_line_has_a_hash_and_none_names_a_place() -> None:
    blocks = re.split(r"^(?=[a-z])", LOCK, flags=re.MULTILINE)[1:]
    assert len(blocks) == len(PINS) > 100
    assert all("--hash=sha256:" in block for block in blocks)
    assert not re.search(r"://|^-|^\s*/", LOCK, re.MULTILINE)


def test_a_known_flaw_is_a_finding_and_what_was_not_answered_is_told_apart(audit: ModuleType) -> None:
    flaw = {"id": "PYSEC-1", "fix_versions": ["2.0"], "aliases": [], "description": ""}
    report = {
        "dependencies": [
            {"name": "sound", "version": "1.0", "vulns": []},
            {"name": "torn", "version": "1.0", "vulns": [flaw]},
            {"name": "unknown", "skip_reason": "not found"},
        ]
    }
    assert audit.findings(report) == ["torn 1.0: PYSEC-1, mended in 2.0"]
    assert audit.unanswered(report) == ["unknown"]
