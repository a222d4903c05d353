"""A baseline: a file of accepted findings, with a reason for each. `docs/baseline.md` is its manual."""

from __future__ import annotations

import json
import os
import posixpath
import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path, PurePath
from typing import Any, Final, Literal, cast

from mlcheck.errors import UsageError
from mlcheck.files import named, read_text
from mlcheck.suppress.match import base, match
from mlcheck.suppress.messages import no_rule
from mlcheck.suppress.page import is_page, marks_of_page
from mlcheck.text import safe_json
from mlcheck.wording import did_you_mean

__all__ = [
    "Baseline",
    "Decision",
    "Entry",
    "Pairs",
    "baseline_text",
    "exists",
    "posix",
    "read_baseline",
    "real",
]

SCHEMA: Final = 1
Decision = Literal["accepted", "dismissed"]

_NEEDED = ("fingerprint", "rule", "reason", "decision", "source", "target", "excerpt")
_KEYS = (*_NEEDED, "expires")
_FINGERPRINT = re.compile(r"[0-9a-f]{16}(-[1-9]\d{0,8})?")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An accepted finding of a pair."""

    fingerprint: str
    rule: str
    reason: str
    decision: Decision
    """`accepted`: it is so, and may stay; `dismissed`: it is no flaw. Both are quiet."""
    source: str
    target: str
    """Paths with forward slashes, from the baseline's folder or as in the report."""
    excerpt: str
    """The first characters of the text, for people."""
    expires: date | None = None
    """The last day on which it counts."""

    def has_expired(self, today: date) -> bool:
        """Is it past its last day?"""
        return self.expires is not None and self.expires < today


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """A baseline file: its path as the user named it, and its entries."""

    path: str
    entries: tuple[Entry, ...] = ()
    root: str = "."
    """What the entries' paths are meant from, itself from the baseline's folder."""
    page: bool = False
    """Is it a page that was saved with its marks, which nothing but the page itself may write?"""

    @property
    def folder(self) -> Path:
        """The folder that the entries' paths are meant from."""
        return Path(self.path).parent / self.root


class Pairs:
    """The entries of a baseline by the pair of files that they are about.

    A path is meant from the baseline's root, which works from any folder and any checkout. A report
    knows no baseline, though, and a baseline saved from one has the paths as they were typed: so what is
    spelled alike is the same too. A wrong hit needs the same words as well, and does no harm.
    """

    def __init__(self, baseline: Baseline) -> None:
        folder = baseline.folder
        self._entries = baseline.entries
        self._by_file: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        self._by_name: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        self._by_end: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        self._gone: defaultdict[str, list[int]] = defaultdict(list)
        for number, entry in enumerate(baseline.entries):
            files = real(entry.source, folder), real(entry.target, folder)
            names = posix(entry.source), posix(entry.target)
            self._by_file[files].append(number)
            self._by_name[_spelled(names[0], baseline.root), _spelled(names[1], baseline.root)].append(number)
            self._by_end[_spelled(names[0]), _spelled(names[1])].append(number)
            if not all(exists(file) or exists(real(name)) for file, name in zip(files, names, strict=True)):
                self._gone[base(entry.fingerprint)].append(number)

    def of(self, source: str, target: str) -> tuple[Entry, ...]:
        """The entries about two files, in the order of the baseline; paths are from the folder that the
        command runs in."""
        by_file = self._by_file.get((real(source), real(target)), ())
        by_name = self._by_name.get((_spelled(source), _spelled(target)), ())
        return self._ordered({*by_file, *by_name})

    def near(self, source: str, target: str, fingerprints: Collection[str]) -> tuple[Entry, ...]:
        """The entries that may be about two files with these findings, besides those of `of`: about two
        that are called so from some other folder that holds both, as where a baseline was moved or saved
        elsewhere; or about files that are no more, as where a text was renamed. The words decide."""
        numbers: set[int] = set()
        one, two = (Path(real(path)) for path in (source, target))
        for folder in one.parents:
            if two.is_relative_to(folder):
                key = one.relative_to(folder).as_posix(), two.relative_to(folder).as_posix()
                numbers.update(self._by_end.get(key, ()))
        for fingerprint in fingerprints:
            numbers.update(self._gone.get(base(fingerprint), ()))
        sure = {id(entry) for entry in self.of(source, target)}
        return tuple(entry for entry in self._ordered(numbers) if id(entry) not in sure)

    def match(
        self, source: str, target: str, fingerprints: Sequence[str]
    ) -> tuple[list[Entry | None], list[Entry]]:
        """For each finding of two files, by fingerprint, the entry that stands for it, or None; and the
        entries about these two files, no others, that stand for nothing."""
        found, left = match(self.of(source, target), fingerprints)
        open_ = [name for name, entry in zip(fingerprints, found, strict=True) if entry is None]
        if open_:
            more = iter(match(self.near(source, target, open_), open_)[0])
            found = [next(more) if entry is None else entry for entry in found]
        return found, left

    def _ordered(self, numbers: Collection[int]) -> tuple[Entry, ...]:
        return tuple(self._entries[number] for number in sorted(numbers))


def real(path: str, folder: Path | None = None) -> str:
    """The file that a path means, links followed, with the entry of it that it means; the path is from
    `folder`, or from where we are."""
    file, entry = named((folder or Path()).absolute() / path)
    return _followed(str(file)) + (f"#{entry}" if entry else "")


@cache
def _followed(path: str) -> str:
    try:
        return os.path.realpath(path)
    except ValueError:  # a NUL, or half a character: no file is called so
        return path


def posix(path: str) -> str:
    """The path with forward slashes."""
    return PurePath(path).as_posix()


def exists(path: str) -> bool:
    """Is there such a file? No, where no file can be called so, at which `Path.exists` raises."""
    return os.path.exists(named(path).file)  # noqa: PTH110


def _spelled(path: str, root: str = ".") -> str:
    return posixpath.normpath(posixpath.join(posix(root), posix(path)))


def baseline_text(entries: Sequence[Entry], root: str = ".") -> str:
    """A baseline file's text: entries by source, target, rule and fingerprint; the same bytes for the same
    entries, so that a version control system shows what changed. The root is named where it is not the
    file's own folder."""
    ordered = sorted(entries, key=lambda e: (e.source, e.target, e.rule, e.fingerprint))
    named = {} if root == "." else {"root": root}
    listed = [_as_dict(entry) for entry in ordered]
    whole = {"schema": SCHEMA, "tool": "mlcheck", **named, "entries": listed}
    text = json.dumps(whole, ensure_ascii=False, indent=2)
    return safe_json(text) + "\n"


def _as_dict(entry: Entry) -> dict[str, str]:
    fields = {key: str(getattr(entry, key)) for key in _NEEDED}
    return fields | ({"expires": entry.expires.isoformat()} if entry.expires else {})


def read_baseline(path: Path, rules: Collection[str]) -> Baseline:
    """The baseline in a file: one of its own, or a page that was saved with its marks. `rules` are the names
    of all rules.

    Raises `UsageError` for a file that is not there, is not JSON, is of another version, or has an entry
    that is not well formed: an entry that is passed over would fail a build, or let one pass, unseen.
    """
    text = read_text(path, "baseline", missing="mlcheck baseline write makes one")
    page = is_page(text)
    if page:
        text = marks_of_page(text, path)
    try:
        whole = json.loads(text)
    except json.JSONDecodeError as error:
        raise UsageError(
            f"{path}:{error.lineno}: not JSON ({error.msg}); mend it, or write it anew"
        ) from None
    except (ValueError, RecursionError) as error:  # a number of many digits, deep nesting
        raise UsageError(f"{path}: not a baseline ({error}); write it anew") from None
    entries = [_entry(path, number, raw, rules) for number, raw in enumerate(_raw_entries(path, whole), 1)]
    _refuse_twins(path, entries)
    return Baseline(path=str(path), entries=tuple(entries), root=_root(path, whole), page=page)


def _raw_entries(path: Path, whole: Any) -> list[Any]:
    if not isinstance(whole, dict) or whole.get("tool") != "mlcheck" or "entries" not in whole:
        raise UsageError(f"{path}: not a baseline of mlcheck; name one that mlcheck baseline write made")
    if whole.get("schema") != SCHEMA or isinstance(whole["schema"], bool):
        raise UsageError(
            f"{path}: a baseline of schema {_quoted(whole.get('schema'))}, and this version reads {SCHEMA}; "
            "write it anew, or use the mlcheck that wrote it"
        )
    entries = whole["entries"]
    if not isinstance(entries, list):
        raise UsageError(f"{path}: 'entries' is no list; write it anew with mlcheck baseline write")
    return entries


def _root(path: Path, whole: dict[str, Any]) -> str:
    root = whole.get("root", ".")
    if not isinstance(root, str) or not root.strip() or "\0" in root:
        raise UsageError(f"{path}: 'root' is {_quoted(root)}; write the folder that the paths are meant from")
    return root


def _entry(path: Path, number: int, raw: Any, rules: Collection[str]) -> Entry:
    where = f"{path}: entry {number}"
    if not isinstance(raw, dict):
        raise UsageError(f"{where}: is no object; an entry has {', '.join(_NEEDED)}")
    for key in raw:
        if key not in _KEYS:
            hint = did_you_mean(key, _KEYS) or f"there are {', '.join(_KEYS)}"
            raise UsageError(f"{where}: no key {key[:100]!r}; {hint}")
    for key in _NEEDED:
        _check_text(where, key, raw)
    if raw["rule"] not in rules:
        raise UsageError(f"{where}: {no_rule(raw['rule'], rules)}")
    if not _FINGERPRINT.fullmatch(raw["fingerprint"]):
        raise UsageError(f"{where}: {_quoted(raw['fingerprint'])} is no fingerprint; copy it from a report")
    if raw["decision"] not in ("accepted", "dismissed"):
        raise UsageError(f"{where}: the decision is {_quoted(raw['decision'])}; write accepted or dismissed")
    texts = {key: cast(str, raw[key]) for key in _NEEDED if key != "decision"}
    return Entry(**texts, decision=cast(Decision, raw["decision"]), expires=_date(where, raw.get("expires")))


def _check_text(where: str, key: str, raw: Mapping[str, Any]) -> None:
    value = raw.get(key)
    if value is None:
        raise UsageError(f"{where}: no {key!r}; an entry has {', '.join(_NEEDED)}")
    if not isinstance(value, str):
        raise UsageError(f"{where}: {key!r} is {_quoted(value)}; write it as text, in quotes")
    if key != "excerpt" and (not value.strip() or "\0" in value):
        raise UsageError(f"{where}: {key!r} is blank or has a NUL; an entry needs it")


def _date(where: str, value: Any) -> date | None:
    if value is None:
        return None
    try:
        if isinstance(value, str) and _DATE.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass  # no day of the calendar, which the next line says
    raise UsageError(f"{where}: expires is {_quoted(value)}; write a date such as 2027-01-31")


def _quoted(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:59] + "…"


def _refuse_twins(path: Path, entries: Sequence[Entry]) -> None:
    seen: dict[tuple[str, str, str], int] = {}
    for number, entry in enumerate(entries, 1):
        first = seen.setdefault((entry.source, entry.target, entry.fingerprint), number)
        if first != number:
            raise UsageError(f"{path}: entries {first} and {number} accept the same finding; keep one")
