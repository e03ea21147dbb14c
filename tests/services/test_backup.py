"""A backup is one state of a store that others write to, and a restored one is sound."""

import threading
from pathlib import Path
from shutil import copyfile

import pytest

from matcher.bootstrap import Context
from matcher.errors import InputRejected, Unrecoverable
from matcher.services.backup import back_up, restore
from matcher.services.check import check
from matcher.services.progress import silent
from matcher.store.database import Database
from matcher.store.sql_store import open_store
from matcher.store.transfer import move_store
from tests.fakes import BagOfWords
from tests.postgres_server import PostgresServer
from tests.services.posts import MONDAY, Postbox, reader, send
from tests.store.contract.builders import proposal
from tests.store.old_schemas import fill_at


def quiet(_table: str) -> object:
    return silent


def test_a_restored_backup_holds_every_row_and_is_sound(mailing: Context, tmp_path: Path) -> None:
    reader(mailing, None, minimum_fit=0.0)
    send(mailing, Postbox())
    kept = back_up(mailing.settings.store_url, tmp_path / "kept.db", quiet)
    assert [path.name for path in tmp_path.glob("*kept*")] == ["kept.db"]
    assert (tmp_path / "kept.db").stat().st_mode & 0o777 == 0o600
    there = f"sqlite:///{tmp_path / 'there' / 'matcher.db'}"
    assert restore(tmp_path / "kept.db", there, quiet) == kept
    report = check(there, BagOfWords.model_id, MONDAY)
    assert (report.findings, report.looked_at["matches"], report.looked_at["mails"]) == ([], 2, 1)


def back_up_while_somebody_writes(house: Context, url: str, folder: Path, backups: int) -> None:
    """Make backups one after another beside a writer; each must hold what was acknowledged before it began."""
    acknowledged: list[str] = []
    stop, has_written = threading.Event(), threading.Event()

    def write() -> None:
        with open_store(url) as store:
            while not stop.wait(0.01):
                name = f"beds-{len(acknowledged)}"
                store.proposals.save(proposal(f"We plant {name}."), name)
                acknowledged.append(name)
                has_written.set()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert has_written.wait(60)
        for number in range(backups):
            before = set(acknowledged)
            back_up(url, folder / f"{number}.db", quiet)
            there = f"sqlite:///{folder / f'restored-{number}.db'}"
            restore(folder / f"{number}.db", there, quiet)
            assert check(there, BagOfWords.model_id, MONDAY).findings == []
            with open_store(there) as store:
                assert before <= store.proposals.ids_and_revisions().keys()
    finally:
        stop.set()
        writer.join()
    assert check(url, house.encoder.model_id, MONDAY).findings == []


def test_backups_beside_a_writer_hold_all_that_was_acknowledged(mailing: Context, tmp_path: Path) -> None:
    back_up_while_somebody_writes(mailing, mailing.settings.store_url, tmp_path, 1)


@pytest.mark.slow
def test_backups_of_postgresql_beside_a_writer_hold_all_that_was_acknowledged(
    mailing: Context, tmp_path: Path, postgres_server: PostgresServer, empty_on_postgresql: str
) -> None:
    url = postgres_server.create("backed_up", empty_on_postgresql)
    move_store(mailing.settings.store_url, url, quiet)
    back_up_while_somebody_writes(mailing, url, tmp_path, 2)
    back_up(url, tmp_path / "last.db", quiet)
    back = postgres_server.create("restored", empty_on_postgresql)
    restore(tmp_path / "last.db", back, quiet)
    assert check(back, BagOfWords.model_id, MONDAY).findings == []


def test_neither_a_backup_nor_a_store_is_overwritten(mailing: Context, tmp_path: Path) -> None:
    url = mailing.settings.store_url
    (tmp_path / "taken").write_text("somebody's", encoding="utf-8")
    with pytest.raises(InputRejected, match="no backup is overwritten"):
        back_up(url, tmp_path / "taken", quiet)
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "somebody's"
    back_up(url, tmp_path / "kept.db", quiet)
    with pytest.raises(InputRejected, match="name an empty database"):
        restore(tmp_path / "kept.db", url, quiet)


def test_a_backup_that_breaks_off_leaves_no_file(mailing: Context, tmp_path: Path) -> None:
    def breaks_off(table: str) -> object:
        if table == "matches":
            raise KeyboardInterrupt
        return silent

    with pytest.raises(KeyboardInterrupt):
        back_up(mailing.settings.store_url, tmp_path / "backups.db", breaks_off)
    assert list(tmp_path.glob("*backups*")) == []


def test_a_backup_of_an_earlier_version_is_restored_and_stays_as_it_is(tmp_path: Path, empty_database: Path) -> None:
    old = Database(f"sqlite:///{tmp_path / 'old.db'}")
    fill_at(old, "0011_members")
    old.close()
    before = (tmp_path / "old.db").read_bytes()
    copyfile(empty_database, tmp_path / "there.db")
    restore(tmp_path / "old.db", f"sqlite:///{tmp_path / 'there.db'}", quiet)
    assert (tmp_path / "old.db").read_bytes() == before
    with open_store(f"sqlite:///{tmp_path / 'there.db'}") as store:
        assert store.proposals.get("mine").revision == 1
    with pytest.raises(InputRejected, match="with the version that wrote it"):
        back_up(f"sqlite:///{tmp_path / 'old.db'}", tmp_path / "new.db", quiet)


def test_what_is_no_backup_is_refused(tmp_path: Path) -> None:
    there = f"sqlite:///{tmp_path / 'there.db'}"
    with pytest.raises(InputRejected, match="no such file"):
        restore(tmp_path / "nothing.db", there, quiet)
    (tmp_path / "empty.db").touch()
    with pytest.raises(InputRejected, match=r"empty\.db: this is no backup; name a file that `matcher backup` made"):
        restore(tmp_path / "empty.db", there, quiet)
    (tmp_path / "letter.db").write_text("Dear all, " * 100, encoding="utf-8")
    with pytest.raises(Unrecoverable, match=r"^\S*/letter\.db: file is not a database"):
        restore(tmp_path / "letter.db", there, quiet)
