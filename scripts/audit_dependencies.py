"""Asks PyPI's advisories about every library of requirements.lock: `python scripts/audit_dependencies.py`.

Exits with 1 if one is known to be vulnerable. Where the service cannot be asked, or does not know a library, it says so
on standard error and exits with 0: what could not be looked up is no finding, and is never passed over in silence.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

LOCK = Path(__file__).parents[1] / "requirements.lock"
_COMMAND = ("--requirement", str(LOCK), "--disable-pip", "--no-deps", "--format", "json", "--progress-spinner", "off")
_SECONDS = 50
_SHOWN = 5


def findings(report: dict[str, Any]) -> list[str]:
    """Return a line for each known flaw in a report of pip-audit: the library, its version, and the advisory."""
    return [
        f"{library['name']} {library['version']}: {flaw['id']}, mended in {', '.join(flaw['fix_versions']) or 'none'}"
        for library in report["dependencies"]
        for flaw in library.get("vulns", ())
    ]


def unanswered(report: dict[str, Any]) -> list[str]:
    """Return the libraries that the service told nothing of."""
    return [library["name"] for library in report["dependencies"] if "skip_reason" in library]


def main() -> int:
    """Ask, tell, and return the exit code."""
    try:
        asked = subprocess.run(  # noqa: S603 - the arguments are written above
            [sys.executable, "-m", "pip_audit", *_COMMAND],
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
        report = json.loads(asked.stdout)
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        _warn("the advisory service could not be asked, so NOTHING WAS AUDITED; run this again where PyPI is reachable")
        return 0
    if silent := unanswered(report):
        total = len(report["dependencies"])
        shown = ", ".join(silent[:_SHOWN]) + (", …" if len(silent) > _SHOWN else "")
        _warn(f"NOT AUDITED: the service told nothing of {len(silent)} of {total} libraries ({shown})")
    found = findings(report)
    for line in found:
        _warn(line)
    return 1 if found else 0


def _warn(words: str) -> None:
    sys.stderr.write(f"audit: {words}\n")


if __name__ == "__main__":
    raise SystemExit(main())
