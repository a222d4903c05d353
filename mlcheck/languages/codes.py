"""Language codes: what is one, and which of them are the same language."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Parts", "base", "is_code", "normalise", "parts"]

_CODE = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*")
_SAME = {"nb": "no", "nn": "no", "fil": "tl", "iw": "he", "in": "id", "ji": "yi", "cmn": "zh", "mo": "ro"}
"""Codes that users, lists of languages and the detector use for one another. Norwegian is one language:
the detector says `no`, and neither number nor date nor quotation mark differs between its two forms."""


class Parts(NamedTuple):
    """A tag in parts; each but the language may be empty."""

    language: str
    script: str
    region: str


def is_code(code: str) -> bool:
    """Has it the form of a BCP 47 tag (`pt-BR`, and `pt_BR`)? What has not must never become part of the
    name of a file; a line feed at the end is enough to spoil it."""
    return bool(_CODE.fullmatch(code))


def base(code: str) -> str:
    """The language of a BCP 47 tag, one code for each: `zh-Hant-TW` gives `zh`, `nb_NO` gives `no`."""
    language = code.replace("_", "-").split("-", 1)[0].lower()
    return _SAME.get(language, language)


def parts(code: str) -> Parts:
    """Language, script and region of a BCP 47 tag, by their usual case: `sr_latn` gives `sr`, `Latn`."""
    script = region = ""
    for part in code.replace("_", "-").split("-")[1:]:
        if len(part) == 1:
            break  # what follows is an extension or for private use
        if len(part) == 4 and part.isalpha() and not script and not region:
            script = part.title()
        elif not region and ((len(part) == 2 and part.isalpha()) or (len(part) == 3 and part.isdigit())):
            region = part.upper()
    return Parts(base(code), script, region)


def normalise(code: str) -> str:
    """A tag as everyone writes it, without what is neither script nor region: `PT_br` gives `pt-BR`,
    `iw` gives `he`. Tags of one language that are written alike become equal."""
    return "-".join(filter(None, parts(code)))
