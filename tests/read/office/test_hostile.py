"""Containers that were made to do harm: refused with one line or read without harm, quickly, in little
memory; and files that are damaged anyhow raise nothing but what is said."""

from __future__ import annotations

import io
import os
import random
import tracemalloc
import zipfile
from pathlib import Path

import hostile_pdf  # noqa: F401
import pytest
from hostile_files import HOSTILE, READ
from office_files import zipped

from mlcheck.errors import InputError
from mlcheck.read import read_bytes

FILES = Path(__file__).parent / "files"
SECONDS = 2.0
"""A second on a processor of its own. What another process on the same core takes of its caches and units is
counted as this one's time, and is as much again at times."""
BYTES = 200_000_000
_MUTANTS = {".pdf": 12}
"""Of a file; others 60. Each of a PDF starts a program."""


def outcome(name: str, data: bytes) -> str | None:
    """What is said of a file; None where it is read."""
    kind = name.split("_")[0]
    suffix = ".docx" if kind in ("zip", "xml") else f".{kind}"
    try:
        read_bytes(data, shown=f"a{suffix}", suffix=suffix)
    except InputError as error:
        return str(error)
    return None


def test_there_are_enough() -> None:
    assert len(HOSTILE) >= 60
    assert set(HOSTILE) > READ


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_file_does_no_harm(name: str) -> None:
    data = HOSTILE[name]()
    # A page of a PDF may take a second, and the program that reads it has to be started.
    limit = 2 * SECONDS if name.startswith("pdf") else SECONDS
    taken = []
    for _ in range(3):  # the least of three runs: what else goes on, on the machine, is no matter of the file
        start = sum(os.times()[:4])
        said = outcome(name, data)
        taken.append(sum(os.times()[:4]) - start)
        if taken[-1] < limit:
            break
    assert min(taken) < limit
    if name in READ:
        assert said is None
    else:
        assert said is not None
        assert "\n" not in said
        assert said.startswith("a.")


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_file_takes_little_memory(name: str) -> None:
    data = HOSTILE[name]()
    tracemalloc.start()
    try:
        outcome(name, data)
        assert tracemalloc.get_traced_memory()[1] < BYTES
    finally:
        tracemalloc.stop()


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr("mlcheck.read.formats.import_module", absent)
    said = outcome("pdf", (FILES / "libreoffice.call.en.pdf").read_bytes())
    assert said is not None
    assert said.startswith("a.pdf: a PDF document needs pypdfium2; install mlcheck with the extra:")
    assert said.endswith("pip install 'mlcheck[formats]'")


@pytest.mark.slow
@pytest.mark.parametrize("path", sorted(FILES.glob("*.*.*")), ids=lambda path: path.name)
def test_a_damaged_file_raises_nothing_else(path: Path) -> None:
    """Bytes changed, taken out, doubled or cut off, in the file and, of archives, in the parts."""
    dice = random.Random(path.name)
    for _ in range(_MUTANTS.get(path.suffix, 60)):
        data = damaged(path.read_bytes(), dice)
        assert "\n" not in (outcome(path.suffix[1:], data) or "")


def damaged(data: bytes, dice: random.Random) -> bytes:
    """A file with damage; an archive as a whole now and then, else one of its parts, as its sums would tell
    of every change."""
    if not data.startswith(b"PK") or dice.random() < 0.1:
        return mutated(data, dice)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = dice.choice([name for name in parts if parts[name] and name.endswith(("ml", ".rels", ".opf"))])
    return zipped({**parts, name: mutated(parts[name], dice)})


def mutated(data: bytes, dice: random.Random) -> bytes:
    found = bytearray(data)
    for _ in range(dice.choice((1, 3, 30))):
        at = dice.randrange(len(found))
        length = dice.choice((1, 1, 4, 50))
        how = dice.randrange(5)
        if how == 0:
            found[at] = dice.randrange(256)
        elif how == 1:
            del found[at : at + length]
        elif how == 2:
            found[at:at] = found[at : at + length]
        elif how == 3:
            found[at : at + length] = dice.randbytes(length)
        else:
            found[at:at] = dice.choice(
                (b"{", b"}", b"<", b">", b"&x;", b"\\", b"\\u-1", b"\0", b"]]>", b"/Kids")
            )
        if not found:
            break
    return bytes(found)
