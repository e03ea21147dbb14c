"""What is deployed starts what there is, names settings that exist, and is as closed as the page says."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from matcher.settings import Settings
from tests.conftest import CHECKOUT

UNITS = sorted((CHECKOUT / "deploy" / "systemd").iterdir())
SERVICES = [unit for unit in UNITS if unit.name in ("matcher-web.service", "matcher-scheduler.service")]
WORST_EXPOSURE = 2.5
"""Of 10; releases of systemd weigh a little differently."""

needs_systemd = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not on this machine")


def analyzed(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["systemd-analyze", *arguments], capture_output=True, text=True, check=False)


@needs_systemd
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path) -> None:
    for unit in UNITS:
        here = unit.read_text(encoding="utf-8").replace("/opt/matcher/bin/matcher", sys.executable)
        here = here.replace("/opt/matcher/bin/python", sys.executable).replace("User=matcher", "User=root")
        (tmp_path / unit.name).write_text(here, encoding="utf-8")
    answer = analyzed("verify", "--man=no", *(str(tmp_path / unit.name) for unit in UNITS))
    if "Failed to" in answer.stderr and str(tmp_path) not in answer.stderr:
        pytest.skip("systemd cannot look at units in this environment")
    told = [line for line in answer.stderr.splitlines() if "matcher" in line]
    assert told == []


@needs_systemd
@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_a_service_is_as_closed_as_the_page_says(unit: Path) -> None:
    answer = analyzed("security", "--offline=yes", str(unit))
    rated = re.search(r"exposure level for .*: ([\d.]+)", answer.stdout)
    if rated is None:
        pytest.skip("this systemd cannot rate a unit that is not loaded")
    assert float(rated[1]) <= WORST_EXPOSURE


@pytest.mark.parametrize("path", [CHECKOUT / "deploy" / "compose.yaml", *UNITS], ids=lambda path: path.name)
def test_only_settings_that_exist_are_set(path: Path) -> None:
    named = set(re.findall(r"MATCHER_([A-Z_]+)", path.read_text(encoding="utf-8")))
    assert {name.lower() for name in named} <= Settings.model_fields.keys()


def test_the_compose_file_checks_the_health_of_what_others_wait_for_and_bounds_every_log() -> None:
    compose = yaml.safe_load((CHECKOUT / "deploy" / "compose.yaml").read_text(encoding="utf-8"))
    services = compose["services"]
    assert set(services) == {"web", "scheduler", "database"}
    assert services["database"]["environment"]["POSTGRES_INITDB_ARGS"] == "--encoding=UTF8 --locale=C"
    for name in ("web", "database"):
        assert services[name]["healthcheck"]["test"][0] == "CMD"
    for service in services.values():
        assert service["logging"]["options"]["max-size"]
        assert service["restart"] == "unless-stopped"
    waited_for = services["web"]["depends_on"] | services["scheduler"]["depends_on"]
    assert waited_for == {"database": {"condition": "service_healthy"}}
