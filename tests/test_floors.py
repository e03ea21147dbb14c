"""Imports go down only, and the crafts never import one another."""

import ast
from pathlib import Path

CHECKOUT = Path(__file__).parents[1]
CRAFTS = {"fetching", "proposals", "notices", "embedding", "scoring", "store", "mail"}
DOORS = {"web", "cli", "client", "cluster", "scheduler", "__main__"}
STAIRS = {"bootstrap", "settings"}
FLOORS = {"domain": 0, "errors": 0, "text": 1, **dict.fromkeys(CRAFTS, 2), "services": 3, **dict.fromkeys(DOORS, 4)}
MOST_LINES = 400
SOURCES = sorted([*(CHECKOUT / "matcher").rglob("*.py"), *(CHECKOUT / "scheduler").rglob("*.py")])
ALL_FILES = sorted([*SOURCES, *(CHECKOUT / "tests").rglob("*.py"), *(CHECKOUT / "benchmarks").rglob("*.py")])


def room_of(path: Path) -> str:
    """Return the room that a file belongs to: the part below `matcher`, or `scheduler`."""
    parts = path.relative_to(CHECKOUT).with_suffix("").parts
    return parts[1] if parts[0] == "matcher" and len(parts) > 1 else parts[0]


def imported_rooms(path: Path) -> set[str]:
    """Return the rooms of this house that a file imports, wherever in the file it does."""
    modules: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            modules += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            modules += [
                f"{node.module}.{alias.name}" if node.module == "matcher" else node.module for alias in node.names
            ]
    inside = [module.split(".") for module in modules if module.split(".")[0] in ("matcher", "scheduler")]
    return {
        parts[0] if parts[0] == "scheduler" else parts[1]
        for parts in inside
        if len(parts) > 1 or parts[0] == "scheduler"
    }


def forbidden(room: str, other: str) -> bool:
    """Whether a file of `room` must not import from `other`."""
    if room == other or other == "__version__":
        return False
    if other in STAIRS:
        return FLOORS.get(room, 4 if room in STAIRS else 0) < 4
    if room in STAIRS or room == "__init__":
        return False
    if room in CRAFTS and other in CRAFTS:
        return True
    return FLOORS[other] > FLOORS[room]


def test_imports_go_down_only() -> None:
    rooms = {path: room_of(path) for path in SOURCES}
    wrong = {
        f"{path.relative_to(CHECKOUT)} must not import {other}"
        for path, room in rooms.items()
        for other in imported_rooms(path)
        if forbidden(room, other)
    }
    assert wrong == set()


def test_the_rule_itself_can_fail() -> None:
    assert forbidden("store", "scoring")
    assert forbidden("fetching", "notices")
    assert forbidden("domain", "text")
    assert forbidden("services", "web")
    assert forbidden("services", "bootstrap")
    assert not forbidden("web", "bootstrap")
    assert not forbidden("scoring", "text")


def test_only_the_encoder_and_its_training_import_sentence_transformers() -> None:
    users = [path.name for path in SOURCES if "from sentence_transformers import" in path.read_text(encoding="utf-8")]
    assert users == ["sentence_transformer.py", "training.py"]


def test_no_file_is_longer_than_a_person_reads_in_one_sitting() -> None:
    lines = {str(path.relative_to(CHECKOUT)): len(path.read_text(encoding="utf-8").splitlines()) for path in ALL_FILES}
    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}
