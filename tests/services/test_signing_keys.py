"""The keys that sign links: made once, readable by their owner alone, replaced without breaking old links."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from matcher.errors import InputRejected, Unrecoverable
from matcher.services.signing_keys import FILE_NAME, signing_keys


def test_a_key_is_made_when_first_needed_and_kept_for_its_owner_alone(tmp_path: Path) -> None:
    keys = signing_keys(None, tmp_path / "home")
    path = tmp_path / "home" / FILE_NAME
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(keys) == 1
    assert signing_keys("", tmp_path / "home") == keys
    assert [found.name for found in path.parent.iterdir()] == [FILE_NAME]


def test_processes_that_make_it_at_once_end_with_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        found = set(threads.map(lambda _: signing_keys(None, tmp_path), range(8)))
    assert len(found) == 1


def test_several_keys_come_in_their_order_from_the_setting_or_the_file(tmp_path: Path) -> None:
    new, old = "n" * 32, "o" * 32
    assert signing_keys(f"{new}, {old}", tmp_path) == (new, old)
    path = tmp_path / FILE_NAME
    path.touch(0o600)
    path.write_text(f"{new}\n{old}\n", encoding="ascii")
    assert signing_keys(None, tmp_path) == (new, old)


def test_a_key_that_can_be_guessed_or_read_by_others_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRejected, match="at least 32 characters"):
        signing_keys("secret", tmp_path)
    signing_keys(None, tmp_path)
    (tmp_path / FILE_NAME).chmod(0o644)
    with pytest.raises(Unrecoverable, match="chmod 600"):
        signing_keys(None, tmp_path)
