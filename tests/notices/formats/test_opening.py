import gzip
from pathlib import Path

import pytest

from matcher.errors import DocumentRejected
from matcher.notices.formats import opening
from matcher.notices.formats.opening import content_head, open_content
from tests.notices.formats.federal_samples import streamed_zip, zipped

CONTENT = b"<Grants>" + b"seed " * 40 + b"</Grants>"


def content_of(data: bytes, tmp_path: Path, suffix: str = ".xml") -> bytes:
    path = tmp_path / "file"
    path.write_bytes(data)
    with open_content(path, suffix) as stream:
        return stream.read()


@pytest.mark.parametrize(
    "data",
    [
        CONTENT,
        gzip.compress(CONTENT, mtime=0),
        zipped(CONTENT, "extract.xml"),
        streamed_zip(CONTENT),
        zipped(CONTENT, "extract.XML", "__MACOSX/extract.xml", "readme.txt"),
    ],
    ids=["bare", "gzip", "zip", "data descriptors", "one among others"],
)
def test_a_file_is_read_however_it_is_packed(data: bytes, tmp_path: Path) -> None:
    assert content_of(data, tmp_path) == CONTENT


@pytest.mark.parametrize(
    "data", [CONTENT, b"\xef\xbb\xbf" + CONTENT, gzip.compress(CONTENT, mtime=0), streamed_zip(CONTENT)],
    ids=["bare", "byte order mark", "gzip", "zip"],
)  # fmt: skip
def test_the_head_of_the_content_is_seen_through_the_packing(data: bytes) -> None:
    assert content_head(data) == CONTENT


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\x1f\x8b", b"PK\x03\x04" + b"\xff" * 60])
def test_a_head_that_cannot_be_unpacked_is_empty(data: bytes) -> None:
    assert content_head(data) == b""


def test_the_head_of_a_bomb_is_no_longer_than_a_head() -> None:
    assert len(content_head(gzip.compress(bytes(50 * 1024**2))[: opening.HEAD_BYTES])) == opening.HEAD_BYTES


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (zipped(CONTENT, "a.txt"), r"0 \.xml files"),
        (zipped(CONTENT, "a.xml", "b.xml"), r"2 \.xml files"),
        (zipped(CONTENT, "../../etc/a.xml"), "outside of itself"),
        (zipped(CONTENT, "/a.xml"), "outside of itself"),
        (zipped(CONTENT, "C:\\a.xml"), "outside of itself"),
        (streamed_zip(CONTENT)[:-30], "cannot be read"),
        (gzip.compress(CONTENT, mtime=0)[:-9], "cannot be read"),
        (gzip.compress(CONTENT, mtime=0)[:30] + b"\0" * 30, "cannot be read"),
    ],
    ids=["no member", "two", "above", "absolute", "drive", "cut zip", "cut gzip", "damaged gzip"],
)
def test_a_packed_file_that_is_not_what_it_should_be_is_refused(data: bytes, reason: str, tmp_path: Path) -> None:
    with pytest.raises(DocumentRejected, match=reason):
        content_of(data, tmp_path)


def test_a_member_whose_bytes_were_changed_is_refused(tmp_path: Path) -> None:
    data = bytearray(zipped(bytes(range(256)) * 40, "a.xml"))
    data[60] ^= 0xFF

    with pytest.raises(DocumentRejected, match="cannot be read"):
        content_of(bytes(data), tmp_path)


def test_an_archive_with_a_password_is_refused(tmp_path: Path) -> None:
    data = bytearray(zipped(CONTENT, "a.xml"))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1

    with pytest.raises(DocumentRejected, match="encrypted"):
        content_of(bytes(data), tmp_path)


@pytest.mark.parametrize("packed", [gzip.compress, lambda data: zipped(data, "a.xml")], ids=["gzip", "zip"])
def test_a_bomb_stops_at_the_bound(packed: object, tmp_path: Path) -> None:
    data = packed(bytes(40 * 1024**2))  # type: ignore[operator]
    path = tmp_path / "bomb"
    path.write_bytes(data)
    sizes: list[int] = []

    with open_content(path, ".xml") as stream, pytest.raises(DocumentRejected, match="more than 16,777,216 bytes"):
        sizes.extend(map(len, iter(lambda: stream.read(1024**2), b"")))

    assert sum(sizes) <= 16 * 1024**2


def test_an_archive_of_very_many_files_is_refused_before_its_directory_is_loaded(tmp_path: Path) -> None:
    names = [f"{number}.txt" for number in range(1_001)]

    with pytest.raises(DocumentRejected, match="more than 1,000 files"):
        content_of(zipped(b"", "a.xml", *names), tmp_path)


def test_a_file_that_is_not_there_is_refused_by_its_name(tmp_path: Path) -> None:
    with (
        pytest.raises(DocumentRejected, match=r"nothing\.xml: .*No such file"),
        open_content(tmp_path / "nothing.xml", ".xml"),
    ):
        pass


def test_an_error_of_the_reader_stays_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "file.xml"
    path.write_bytes(CONTENT)

    with pytest.raises(ValueError, match="our own"), open_content(path, ".xml"):
        raise ValueError("our own")
