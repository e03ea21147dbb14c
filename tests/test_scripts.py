"""The two commands for a fresh machine, run for real against an interpreter that only records what pip is asked for."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PYTEST = f"-m pytest -n {(os.cpu_count() or 1) + 1} --maxprocesses 4 --dist loadfile"
"""How the tests are begun: with one worker more than there are cores."""

RECORDING_PYTHON = """#!/bin/sh
echo "$*" >>"{calls}"
case "$*" in
    "-m pip --version" | "-m pytest"*) exit 0 ;;
    *"find_spec(\\"torch\\")"*) exit 1 ;;
    "-m pip install --quiet --dry-run"*) cp "{report}" "$7" ;;
    "-m pip install --quiet --target"*)
        mkdir -p "$6/bin" && cp "{uv}" "$6/bin/uv" ;;
    "-m pip"*) exit 0 ;;
    *) exec "{real}" "$@" ;;
esac
"""
RECORDING_UV = """#!/bin/sh
echo "uv $*" >>"{calls}"
exit {exit_code}
"""


@dataclass
class Checkout:
    """A copy of the scripts, and an environment whose interpreter writes down what it is asked."""

    folder: Path
    calls: Path

    def run(self, script: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        self.calls.write_text("")
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("MATCHER_")}
        return subprocess.run(
            [self.folder / "scripts" / script, *arguments],
            capture_output=True, text=True, check=False, timeout=60, env=inherited | environment,
        )  # fmt: skip

    def asked(self) -> list[str]:
        """Return what was asked of pip, uv and pytest, in order."""
        words = ("-m pip install --editable", "-m pip install torch", "-m pytest", "uv ")
        return [line for line in self.calls.read_text().splitlines() if line.startswith(words)]


def make_checkout(folder: Path, *, resolved: tuple[str, ...] = ("torch",), uv_exit_code: int = 0) -> Checkout:
    shutil.copytree(ROOT / "scripts", folder / "scripts")
    (folder / "pyproject.toml").write_text("[project]\n")
    calls, report, uv = folder / "calls", folder / "report.json", folder / "uv"
    packages = ", ".join(f'{{"metadata": {{"name": "{name}"}}}}' for name in resolved)
    report.write_text(f'{{"install": [{packages}]}}')
    uv.write_text(RECORDING_UV.format(calls=calls, exit_code=uv_exit_code))
    uv.chmod(0o755)
    for name, text in {
        "python": RECORDING_PYTHON.format(calls=calls, report=report, uv=uv, real=sys.executable),
        "matcher": f'#!/bin/sh\necho "matcher $*" >>"{calls}"\n',
    }.items():
        program = folder / ".venv" / "bin" / name
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text(text)
        program.chmod(0o755)
    return Checkout(folder, calls)


def test_a_first_run_installs_torch_and_then_matcher_before_pytest_starts(tmp_path: Path) -> None:
    checkout = make_checkout(tmp_path)
    assert checkout.run("test").returncode == 0
    assert checkout.asked() == [
        "-m pip install torch==2.13.0",
        "-m pip install --editable .[test]",
        PYTEST,
    ]


def test_a_second_run_installs_nothing(tmp_path: Path) -> None:
    checkout = make_checkout(tmp_path)
    checkout.run("test")
    assert checkout.run("test").returncode == 0
    assert checkout.asked() == [PYTEST]


def test_the_demo_needs_nothing_more_after_the_tests(tmp_path: Path) -> None:
    checkout = make_checkout(tmp_path)
    checkout.run("test")
    assert checkout.run("demo").returncode == 0
    assert checkout.asked() == []
    assert "matcher import opportunities" in checkout.calls.read_text()


def test_the_tests_need_more_after_the_demo(tmp_path: Path) -> None:
    checkout = make_checkout(tmp_path)
    checkout.run("demo")
    checkout.run("test")
    assert "-m pip install --editable .[test]" in checkout.asked()


def test_a_changed_pyproject_is_installed_again(tmp_path: Path) -> None:
    checkout = make_checkout(tmp_path)
    checkout.run("test")
    (tmp_path / "pyproject.toml").write_text('[project]\ndependencies = ["numpy"]\n')
    checkout.run("test")
    assert "-m pip install --editable .[test]" in checkout.asked()


def test_arguments_of_the_test_command_go_to_pytest(tmp_path: Path) -> None:
    checkout = make_checkout(tmp_path)
    checkout.run("test", "tests/text", "-k", "two words")
    assert checkout.asked()[-1] == f"{PYTEST} tests/text -k two words"


def test_where_pip_would_bring_gpu_libraries_the_cpu_build_is_taken_instead(tmp_path: Path) -> None:
    checkout = make_checkout(tmp_path, resolved=("torch", "nvidia-cublas", "triton"))
    assert checkout.run("demo").returncode == 0
    python = tmp_path / ".venv" / "bin" / "python"
    assert checkout.asked()[0] == f"uv pip install --python {python} --torch-backend=cpu torch==2.13.0"


def test_gpu_libraries_are_taken_where_they_are_asked_for(tmp_path: Path) -> None:
    checkout = make_checkout(tmp_path, resolved=("torch", "nvidia-cublas", "triton"))
    assert checkout.run("demo", MATCHER_TORCH="gpu").returncode == 0
    assert checkout.asked()[0] == "-m pip install torch==2.13.0"


def test_a_failed_cpu_build_stops_and_says_how_to_go_on(tmp_path: Path) -> None:
    checkout = make_checkout(tmp_path, resolved=("torch", "nvidia-cublas"), uv_exit_code=2)
    result = checkout.run("demo")
    assert result.returncode == 1
    assert "the CPU build of torch could not be installed" in result.stderr
    assert "MATCHER_TORCH=gpu" in result.stderr
    assert "matcher " not in checkout.calls.read_text()


def test_an_unknown_build_of_torch_is_refused(tmp_path: Path) -> None:
    result = make_checkout(tmp_path).run("demo", MATCHER_TORCH="rocm")
    assert result.returncode == 1
    assert "MATCHER_TORCH is 'rocm'; it can be cpu or gpu." in result.stderr


@pytest.mark.parametrize("path", ["scripts/environment", "scripts/demo", "scripts/test", ".ci/run", "Dockerfile"])
def test_no_script_names_a_package_host(path: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    assert not [host for host in ("pypi.org", "pytorch.org", "pythonhosted.org") if host in text]


@pytest.mark.parametrize("path", ["scripts/environment", "scripts/demo", "scripts/test", ".ci/run"])
def test_every_script_is_valid_shell(path: str) -> None:
    shell = "bash" if path == ".ci/run" else "sh"
    assert subprocess.run([shell, "-n", ROOT / path], check=False).returncode == 0
