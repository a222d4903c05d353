"""The page on which an editor compares two texts: its files, and what a browser may do with it."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Final

from mlcheck.reporters import html_hashes

__all__ = ["page_files", "page_policy"]

_FILES: Final = {
    "/": ("page.html", "text/html; charset=utf-8"),
    "/page.css": ("page.css", "text/css; charset=utf-8"),
    "/page.js": ("page.js", "text/javascript; charset=utf-8"),
}


def page_files() -> dict[str, tuple[bytes, str]]:
    """Path, bytes and media type of each."""
    folder = files(__name__.rpartition(".")[0]) / "static"
    return {path: ((folder / name).read_bytes(), kind) for path, (name, kind) in _FILES.items()}


@lru_cache(maxsize=1)
def page_policy() -> str:
    """The page's content security policy. The report is shown in a frame that is made here and takes the
    policy over, so the report's scripts and style are allowed by their hashes, and nothing else that may
    stand in a text."""
    scripts, styles = html_hashes()
    return (
        f"default-src 'none'; script-src 'self' {scripts}; style-src 'self' {styles}; connect-src 'self'; "
        "img-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
