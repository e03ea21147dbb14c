"""No file of ours loads what could run code, and what must be compared in equal time is."""

import ast
from datetime import UTC, datetime
from pathlib import Path

import pytest

from matcher.bootstrap import Context
from matcher.domain.organization import LOCAL
from matcher.services import keys
from tests.conftest import CHECKOUT

SOURCES = sorted([*(CHECKOUT / "matcher").rglob("*.py"), *(CHECKOUT / "scheduler").rglob("*.py")])
PICKLES = frozenset({"pickle", "cPickle", "dill", "joblib", "shelve", "marshal", "cloudpickle"})
FORBIDDEN = frozenset({"eval", "exec", "torch.load", "os.system", "os.popen", "yaml.load", "yaml.unsafe_load"})
LOADERS = frozenset({"SentenceTransformer", "from_pretrained"})


Nodes = dict[Path, list[ast.AST]]


@pytest.fixture(scope="module")
def nodes() -> Nodes:
    """What stands in each file."""
    return {path: list(ast.walk(ast.parse(path.read_text(encoding="utf-8")))) for path in SOURCES}


def calls(nodes: list[ast.AST]) -> list[tuple[str, ast.Call]]:
    """Return every call, beside what is called."""
    return [(ast.unparse(node.func), node) for node in nodes if isinstance(node, ast.Call)]


def imports(nodes: list[ast.AST]) -> set[str]:
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").split(".")[0])
    return found


def told(call: ast.Call) -> dict[str, str]:
    """Return what a call names its arguments and what they are."""
    return {argument.arg: ast.unparse(argument.value) for argument in call.keywords if argument.arg}


def test_nothing_is_unpickled_and_no_text_is_run(nodes: Nodes) -> None:
    for path, own in nodes.items():
        assert not imports(own) & PICKLES, path
        assert not {name for name, _ in calls(own)} & FORBIDDEN, path


def test_a_model_brings_weights_and_no_code(nodes: Nodes) -> None:
    loading = [call for own in nodes.values() for name, call in calls(own) if name.split(".")[-1] in LOADERS]
    assert loading
    for call in loading:
        assert told(call)["trust_remote_code"] == "False"
        assert "'use_safetensors': True" in told(call)["model_kwargs"]


@pytest.mark.parametrize("is_known", [True, False])
def test_a_key_is_compared_in_equal_time_known_or_not(
    house: Context, monkeypatch: pytest.MonkeyPatch, is_known: bool
) -> None:
    _, text = keys.issue_key(house.store, LOCAL, "program")
    compared: list[tuple[str, str]] = []
    real = keys.hmac.compare_digest

    def watched(one: str, other: str) -> bool:
        compared.append((one, other))
        return real(one, other)

    monkeypatch.setattr(keys.hmac, "compare_digest", watched)
    asked = text if is_known else text.replace(text.split("_")[1], "0" * len(text.split("_")[1]))
    assert (keys.who_asks(house.store, asked, datetime.now(UTC)) is not None) is is_known
    [(one, other)] = compared
    assert len(one) == len(other) == 64
