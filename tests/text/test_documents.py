import subprocess
import sys
from pathlib import Path

import pytest

from matcher.errors import DocumentRejected
from matcher.text import documents
from matcher.text.documents import MAXIMUM_BYTES, DocumentKind, read_document, read_file


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("---\ntitle: Trees\n---\n", "a.txt", DocumentKind.FRONT_MATTER),
        ("---\n'What is it?': Trees\n...\n# More\n", "a.md", DocumentKind.FRONT_MATTER),
        ("---\ntitle: Trees\nneed: Shade\n", "a.txt", DocumentKind.YAML),
        ("---\n\nA rule, then prose.\n", "a.txt", DocumentKind.TEXT),
        ('{"title": "Trees"}', "a.txt", DocumentKind.JSON),
        ('[{"question": "Why?"}]', "a.txt", DocumentKind.JSON),
        ("[A link](https://example.org) first.\n", "a.md", DocumentKind.MARKDOWN),
        ("title: Trees\nneed: >\n  Shade is\n  missing.\n", "a.txt", DocumentKind.YAML),
        ("just words", "a.yaml", DocumentKind.YAML),
        ("Q: What is it? A: trees\nA: It is: trees\n", "a.txt", DocumentKind.TEXT),
        ("Title: Trees\nPlace: Town\n\nWe plant trees.\n", "a.txt", DocumentKind.TEXT),
        ("<!-- saved --><!DOCTYPE html><p>Trees</p>", "a.txt", DocumentKind.HTML),
        ("Words, then <b>bold</b> ones", "a.html", DocumentKind.HTML),
        ("Plan\n\n# Need\n\nShade.\n", "a.txt", DocumentKind.MARKDOWN),
        ("Plan\n====\n\nShade.\n", "a.txt", DocumentKind.MARKDOWN),
        ("We plant trees.", "a.md", DocumentKind.MARKDOWN),
        ("We plant trees.", "a.txt", DocumentKind.TEXT),
    ],
)
def test_the_content_tells_the_kind_and_the_name_breaks_ties(text: str, name: str, kind: DocumentKind) -> None:
    assert read_document(text.encode(), name).kind is kind


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.yaml", "a.json"])
def test_a_written_text_is_kept_unchanged_but_for_its_mark(name: str) -> None:
    text = "a:  'one'\r\nb:\ttwo \r\n"

    document = read_document(b"\xef\xbb\xbf" + text.encode(), name)

    assert (document.name, document.text) == (name, text)


@pytest.mark.parametrize("data", [b"", b" \n\t ", "\ufeff \n".encode()])
def test_an_empty_file_is_refused(data: bytes) -> None:
    with pytest.raises(DocumentRejected, match=r"^a\.txt: the file (?:is empty|holds no text)"):
        read_document(data, "a.txt")


def test_a_page_of_scripts_only_holds_no_text() -> None:
    with pytest.raises(DocumentRejected, match="holds no text"):
        read_document(b"<html><script>let a = 1</script></html>", "a.html")


def test_a_file_above_the_limit_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(MAXIMUM_BYTES + 1)
    monkeypatch.setattr(Path, "open", lambda path, mode: pytest.fail(f"{path} was read"))

    with pytest.raises(DocumentRejected, match=r"large\.txt: the file has 20,971,521 bytes, the limit is 20,971,520"):
        read_file(large)


def test_what_has_no_size_and_no_end_is_refused_once_it_is_too_large() -> None:
    with pytest.raises(DocumentRejected, match="there is no end to it within 20,971,520 bytes"):
        read_file(Path("/dev/zero"))


def test_bytes_above_the_limit_are_refused() -> None:
    with pytest.raises(DocumentRejected, match="the limit is 20,971,520"):
        read_document(b"a" * (MAXIMUM_BYTES + 1), "a.txt")


def test_a_file_is_read_under_its_name(tmp_path: Path) -> None:
    path = tmp_path / "trees.txt"
    path.write_text("We plant trees.", encoding="utf-8")

    assert read_file(path) == documents.Document("trees.txt", DocumentKind.TEXT, "We plant trees.")


def test_a_missing_file_is_reported_as_missing(tmp_path: Path) -> None:
    with pytest.raises(DocumentRejected, match="No such file"):
        read_file(tmp_path / "none.txt")


@pytest.mark.parametrize("opening", ["[", "- ", "{a: ", "a: ["])
def test_deep_nesting_neither_crashes_nor_passes_for_yaml(opening: str) -> None:
    text = "a: 1\nb: " + opening * 50_000

    assert read_document(text.encode(), "a.txt").kind is DocumentKind.TEXT


def test_many_comments_before_a_page_cost_no_time() -> None:
    assert read_document(b"<!-- a -->" * 5_000 + b"words", "a.txt").kind is DocumentKind.TEXT


def test_importing_the_module_loads_no_parser() -> None:
    loaded = "print([m for m in ('pypdf', 'docx', 'lxml', 'yaml', 'charset_normalizer') if m in sys.modules])"
    script = f"import sys, matcher.text.documents; {loaded}"

    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert result.stdout.strip() == "[]"
