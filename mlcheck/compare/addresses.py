"""When two addresses lead to the same place, each in its own language: `/en/` and `/ru/`, an anchor that was
translated with its heading."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple
from urllib.parse import unquote

from mlcheck.languages import base, name

__all__ = ["Addresses", "same_page", "written_addresses"]

_SCHEME = re.compile(r"\A(?:https?:(?=//)|(?:mailto|tel):)", re.IGNORECASE)
_UPWARDS = re.compile(r"\A(?:(?:\.{1,2}/+)+|/(?!/))")
_INDEX = re.compile(r"/(?:index\.[a-z]+)?$")
_WRITTEN = re.compile(
    r"""https?://[^\s<>"'`()\[\]{}|\\^«»“”„，。、；：！？（）「」『』《》【】]+
    | (?<![\w@./])www\.[\w-]+\.[^\s<>"'`()\[\]{}|\\^«»“”„，。、；：！？（）「」『』《》【】]+
    | (?<![\w.+%-])[A-Za-z0-9._+%-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+""",
    re.VERBOSE,
)
_ABSOLUTE = re.compile(
    r"https?://(?P<host>[^/?#\s]+)/(?P<path>(?:[^/?#\s]*/)*(?P<name>[^/?#.\s]*)[^/?#\s]*)\Z"
)
_SECOND_LEVEL = 3
"""Letters, at most, of what stands before the country in a name such as bbc.co.uk."""
_WORD_OF_CALL = re.compile(r"\{[%{<]*|[%}>]*\}|[^\s{}%<>]+")
_NAMED = 4
"""Letters of the name of a file from which two of one name are one."""
_AFTER = ".,:;!?…*_~。，、；：！？"
"""What stands after an address in prose, and is no part of it."""


class _Place(NamedTuple):
    """Where an address leads, whatever the language; `localised` where it names one."""

    host: str
    path: str
    parameters: tuple[str, ...]
    localised: bool


class Addresses:
    """Compares the addresses of two versions. `patterns` say where an address may name the language of its
    version, as `{lang}`: `/{lang}/`, `//{lang}.`, `={lang}`."""

    def __init__(self, patterns: Sequence[str], languages: Sequence[str]) -> None:
        # The codes of both: a version may well link the other's page, as the only one there is.
        codes = "|".join(
            map(re.escape, sorted({c for each in languages for c in _codes(each)}, key=_longest))
        )
        self._patterns = [_expression(pattern, codes) for pattern in patterns]

    def same(self, one: str, other: str) -> bool:
        """Do two addresses lead to the same place, or to a place of one site in either language? What is
        behind `#` is not compared: anchors are made of headings, and translated with them."""
        if one == other:
            return True
        first, second = self._place(one), self._place(other)
        if first[:3] == second[:3]:
            return True
        # The name of the page may be translated too: //en.wikipedia.org/wiki/Moscow, //ru.…/wiki/Москва.
        if first.host != second.host:
            return False
        return first.localised and second.localised if not first.host else first.localised or second.localised

    def same_call(self, one: str, other: str) -> bool:
        """Do two calls of templates differ at most in addresses that lead to the same place?"""
        words = [_WORD_OF_CALL.findall(call) for call in (one, other)]
        return len(words[0]) == len(words[1]) and all(
            a == b or ("/" in a and self._place(a)[:3] == self._place(b)[:3])
            for a, b in zip(*words, strict=True)
        )

    def any_of(self, addresses: Iterable[str]) -> Callable[[str], bool]:
        """What tells whether an address leads to the same as any of these: as `same` does, at once."""
        known = set(addresses)
        places = [self._place(address) for address in known]
        exact = {place[:3] for place in places}
        hosts, localised = {place.host for place in places}, {p.host for p in places if p.localised}

        def has(address: str) -> bool:
            own = self._place(address)
            if address in known or own[:3] in exact:
                return True
            if not own.host:
                return own.localised and "" in localised
            return own.host in localised or (own.localised and own.host in hosts)

        return has

    def _place(self, address: str) -> _Place:
        rest = unquote(address.strip()).partition("#")[0]
        rest = _SCHEME.sub("", rest, count=1)
        if rest.lower().startswith("www."):  # as a page is named in prose
            rest = f"//{rest}"
        if not rest.startswith("//"):
            rest = f"/{_UPWARDS.sub('', rest, count=1)}" if rest else ""
        localised = False
        for pattern, instead in self._patterns:
            rest, times = pattern.subn(instead, rest)
            localised = localised or times > 0
        path, *parameters = re.split(r"[?&]", rest)
        host = ""
        if path.startswith("//"):
            host, slash, path = path[2:].partition("/")
            path = slash + path
        path = _INDEX.sub("", path)
        return _Place(host.lower().removeprefix("www."), path, tuple(sorted(parameters)), localised)


def same_page(one: str, other: str) -> bool:
    """Do two addresses name the same file, on two hosts, or lead to two hosts of one domain? Mirrors do, and
    places that keep translations (digital.canada.ca, numerique.canada.ca)."""
    first, second = _ABSOLUTE.match(one), _ABSOLUTE.match(other)
    if first is None or second is None or first["host"].lower() == second["host"].lower():
        return False
    domains = [_domain(match["host"].lower()) for match in (first, second)]
    if domains[0] == domains[1]:
        return True
    if first["path"] == second["path"] and "/" in first["path"].rstrip("/"):
        return True
    return first["name"] == second["name"] and len(first["name"]) >= _NAMED and first["name"] != "index"


def _domain(host: str) -> str:
    """The part of a host's name that is one owner's, as far as its form tells: `canada.ca`, `bbc.co.uk`."""
    labels = host.partition(":")[0].removeprefix("www.").split(".")
    kept = 3 if len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= _SECOND_LEVEL else 2
    return ".".join(labels[-kept:])


def written_addresses(text: str) -> Iterator[tuple[str, int]]:
    """The addresses of pages and mail that are written out in a text, with where each begins. Hosts alone
    (`example.org`) are names, and left to those who compare names."""
    for match in _WRITTEN.finditer(text):
        address = match[0].rstrip(_AFTER)
        if len(address) > len("https://"):
            yield address, match.start()


def _codes(language: str) -> set[str]:
    """How an address may name a language: by its code, with its region or without, or by its name."""
    own = {base(language), language, language.replace("_", "-").partition("-")[0], language.replace("-", "_")}
    called = name(language).lower()
    return own | ({called} if called.isalpha() else set())


def _longest(code: str) -> tuple[int, str]:
    return -len(code), code


def _expression(pattern: str, codes: str) -> tuple[re.Pattern[str], str]:
    """What to look for in an address, and what to put in its place, so that it names no language."""
    before, _, after = pattern.partition("{lang}")
    if before.endswith("="):
        name = re.escape(before[:-1]) or r"[\w.-]+"
        return re.compile(rf"(?<=[?&]){name}=(?:{codes})(?=&|$)&?|[?&]{name}=(?:{codes})$", re.IGNORECASE), ""
    middle = f"{re.escape(before)}(?:{codes})"
    if before.endswith("//"):
        return re.compile(middle + re.escape(after), re.IGNORECASE), before
    end = r"(?=/|$|[?])" if after == "/" else f"(?={re.escape(after)})" if after else r"(?![\w-])"
    return re.compile(middle + end, re.IGNORECASE), ""
