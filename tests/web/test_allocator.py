"""Memory goes back where the C library can give it, and nothing breaks where it cannot."""

import ctypes
import gc

import pytest

from matcher.web.allocator import give_back, settle, share_arenas


def test_the_collector_passes_over_what_has_settled() -> None:
    settle()
    try:
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()


def test_a_c_library_without_these_calls_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(ctypes, "CDLL", lambda name: asked.append(name) or object())
    share_arenas()
    give_back()
    assert asked == [None, None]
