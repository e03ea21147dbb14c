"""Training says what it needs before it begins."""

import subprocess
import sys

import pytest

from matcher.embedding import training
from matcher.errors import Unrecoverable


def test_a_missing_package_is_told_with_the_extra_that_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "find_spec", lambda name: None if name == "peft" else object())
    with pytest.raises(Unrecoverable, match=r"training needs peft: run `pip install 'matcher\[train\]'`"):
        training.require_training_packages()


def test_importing_the_module_imports_nothing_of_the_extra() -> None:
    script = "import sys, matcher.services.train; print({'torch', 'peft', 'datasets'} & set(sys.modules))"
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "set()"
