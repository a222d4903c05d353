"""The pages of a PDF as pieces of lines, each with its place on the page.

`pdf_child.py` reads them with pdfium, in a process of its own that may take so much time and memory.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mlcheck.errors import InputError
from mlcheck.wording import count

__all__ = ["Book", "Fragment", "Page", "read_pages"]

_PROGRAM = Path(__file__).with_name("pdf_child.py")
_SECONDS = 600
"""By the clock, for a whole document: two thousand full pages take a minute of the processor."""


@dataclass(slots=True)
class Fragment:
    """Characters in a line, and the box around them in points, from the lower left corner of the page.
    `notes` are the places in the text where a raised number stood, `links` addresses, each with the stretch
    of the text that leads there."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    base: float
    size: float
    notes: Sequence[int] = ()
    links: Sequence[tuple[str, int, int]] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its number, from 1, its size in points, its pieces of lines as pdfium gives them; and the
    fields of forms on it, each with its name and what somebody has put in."""

    number: int
    width: float
    height: float
    lines: tuple[Fragment, ...]
    letters: int
    unreadable: int
    has_pictures: bool
    fields: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """All pages, the language that the document declares, and what is in it and is no text."""

    pages: tuple[Page, ...]
    language: str | None
    left_out: tuple[str, ...]


def read_pages(data: bytes, shown: str, title: str) -> Book:
    """The pages. Raises `InputError` for what is damaged, protected, or has too many."""
    found = _asked(data)
    if found is None:
        raise InputError(f"{shown}: {title} that takes more time or memory than can be given; save it again")
    if "wrong" in found:
        raise InputError(f"{shown}: {title}{_said(*found['wrong'])}")
    pages = tuple(
        Page(number, width, height, tuple(Fragment(*line) for line in lines), *rest)
        for number, width, height, lines, *rest in found["pages"]
    )
    files, scripts, dynamic = found["left_out"]
    left_out = (
        *([f"{count(files, 'file')} inside the document: not read"] if files else []),
        *(["scripts: neither read nor run"] if scripts else []),
        *(["a form with pages of its own (XFA): not read"] if dynamic else []),
    )
    return Book(pages, found["language"], left_out)


def _asked(data: bytes) -> Any:
    """What the program says of a document; None where it came to no end."""
    places = os.pathsep.join(filter(None, sys.path))
    try:
        done = subprocess.run(
            [sys.executable, "-P", str(_PROGRAM)],
            input=data,
            capture_output=True,
            timeout=_SECONDS,
            env={**os.environ, "PYTHONPATH": places},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    return json.loads(done.stdout) if done.returncode == 0 else None


def _said(what: str, number: int = 0) -> str:
    if what == "password":
        return " with a password; save it without one"
    if what == "damaged":
        return ", and damaged; save it again"
    if what == "pages" and number <= 0:
        return " without pages; is it the right file?"
    return f" of {number:,} {what}, which are too many; split it"
