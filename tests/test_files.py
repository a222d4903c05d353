"""Files that people name beside their texts."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from mlcheck.errors import UsageError
from mlcheck.files import decoded, read_bytes, read_text


def test_a_file_is_its_text_without_a_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbfa\r\n\xc3\xa4")
    assert read_text(path, "list") == "a\r\nä"
    assert read_bytes(path, "list", most=8) == path.read_bytes()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("none", "none: no such list; make one"),
        ("folder", "folder: is a folder, and a list is a file; name one in it"),
        ("large", "large: larger than 8 bytes; is it a list?"),
        ("old", "old:2: a list is UTF-8, this is not; save it as UTF-8"),
        ("nul\0", "cannot be read (embedded null byte); check the path and its permissions"),
        ("n" * 300, "cannot be read (File name too long); check the path and its permissions"),
    ],
)
def test_what_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, message: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("folder").mkdir()
    Path("large").write_bytes(b"123456789")
    Path("old").write_bytes(b"a\n\xff")
    with pytest.raises(UsageError) as error:
        read_text(Path(name), "list", most=8, missing="make one")
    assert str(error.value).endswith(message)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such device")
def test_a_device_without_an_end() -> None:
    with pytest.raises(UsageError, match="larger than 1,000 bytes"):
        read_bytes(Path("/dev/zero"), "list", most=1000)


def test_the_line_is_that_of_the_file() -> None:
    with pytest.raises(UsageError, match=r"^standard input:3: a report is UTF-8"):
        decoded(b"\n\n\xe4\n", "standard input", "report")
