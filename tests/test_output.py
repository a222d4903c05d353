"""Where a report goes: all of it or nothing."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from mlcheck.errors import UsageError
from mlcheck.output import open_output


def put(path: Path | None, *texts: str) -> None:
    with open_output(path) as write:
        for text in texts:
            write(text)


def test_standard_output_gets_bytes(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    put(None, "один\n", "два\n")
    assert capfdbinary.readouterr() == ("один\nдва\n".encode(), b"")


def test_a_file(tmp_path: Path) -> None:
    put(tmp_path / "report.txt", "один\n", "два\n")
    assert (tmp_path / "report.txt").read_bytes() == "один\nдва\n".encode()
    assert [path.name for path in tmp_path.iterdir()] == ["report.txt"]


def test_a_file_in_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    put(Path("report.txt"), "text")
    assert Path("report.txt").read_text(encoding="utf-8") == "text"


def test_nothing_is_there_before_the_end(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    with open_output(path) as write:
        write("text")
        assert not path.exists()
    assert path.exists()


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_what_fails_leaves_the_old_file(tmp_path: Path, error: type[BaseException]) -> None:
    path = tmp_path / "report.txt"
    path.write_text("old", encoding="utf-8")

    def stop() -> None:
        with open_output(path) as write:
            write("new")
            raise error

    with pytest.raises(error):
        stop()
    assert path.read_text(encoding="utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["report.txt"]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_the_mode_is_that_of_any_file_or_of_the_old_one(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    put(tmp_path / "new", "text")
    assert mode(tmp_path / "new") == mode(tmp_path / "plain")
    (tmp_path / "old").touch(mode=0o600)
    put(tmp_path / "old", "text")
    assert mode(tmp_path / "old") == 0o600


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    link, real = tmp_path / "link.txt", tmp_path / "in" / "real.txt"
    link.symlink_to("in/real.txt")
    put(link, "text")
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8") == "text"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_written_to_and_stays(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    put(pipe, "один")
    assert os.read(reader, 100) == "один".encode()
    os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_half_a_character_does_not_stop_a_report(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    for path in (None, tmp_path / "report.txt"):
        put(path, "caf\udce9")
    assert capfdbinary.readouterr().out == b"caf\\udce9"
    assert (tmp_path / "report.txt").read_bytes() == b"caf\\udce9"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (".", "is a folder; name a file for --output"),
        ("gone/report.txt", "cannot write there .No such file or directory.; name another --output"),
        ("file/report.txt", "cannot write there .Not a directory.; name another --output"),
        ("a" * 300, "cannot write there .File name too long.; name another --output"),
    ],
)
def test_a_place_that_cannot_be_written(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match=message):
        put(tmp_path / name, "text")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_link_that_leads_back_to_itself(tmp_path: Path) -> None:
    link = tmp_path / "loop"
    link.symlink_to("loop")
    with pytest.raises(UsageError, match=r"loop: .*; name another --output"), open_output(link):
        pass
    assert link.is_symlink()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_device() -> None:
    with pytest.raises(UsageError, match=r"/dev/full: cannot write there .No space left on device."):
        put(Path("/dev/full"), "text")
    assert stat.S_ISCHR(Path("/dev/full").stat().st_mode)
