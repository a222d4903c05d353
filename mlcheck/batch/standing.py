"""How the versions of a site stand: which follow the source as it is now, which are stale, which are missing.

A version notes which state of the source it follows: in its front matter, or in a file of states. The note is
a revision of git, or the SHA-256 of the source. Where there is none, a version is taken to follow the source
as it was when the version itself was last committed.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, Literal

from mlcheck.batch.item import Item
from mlcheck.batch.items import configured_pairs
from mlcheck.batch.older import History
from mlcheck.config import Config
from mlcheck.data import Report
from mlcheck.errors import MlcheckError, UsageError
from mlcheck.files import named, read_text

__all__ = ["Standing", "read_states", "settled", "standings"]

State = Literal["current", "stale", "missing", "unknown"]
_SHA256: Final = re.compile(r"(?:sha256:)?([0-9a-fA-F]{64})")
_FENCES: Final = {"---": "---", "+++": "+++"}
_MOST_MATTER: Final = 200
"""Lines that front matter has at most: beyond, a rule of hyphens is one, and no fence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a version stands. Paths are relative to the configuration's folder or as it names them."""

    source: Path
    path: Path
    language: str
    state: State
    follows: str = ""
    """The revision or hash of the source that it follows, as it is noted; "" where nothing is."""
    assumed: bool = False
    """Nothing is noted: `follows` is the revision of the version's own last commit."""
    places: int = 0
    """Passages that are stale."""
    why: str = ""
    """Why nothing is known."""
    item: Item | None = None
    """The pair to check where only its content tells, with the source that the version follows."""


def standings(
    config: Config, *, key: str, states: Mapping[str, str], history: History | None
) -> Iterator[Standing]:
    """How each version of the configured patterns stands, as far as can be told without reading what the
    texts say: `settled` does the rest. `key` is that of the front matter, `states` the notes by path from
    the configuration's folder; `history` is None outside a repository. Raises as `configured_pairs` does."""
    for pair in configured_pairs(config):
        if pair.lacks is not None:
            yield _missing(pair)
            continue
        language = pair.languages[1] or "und"
        standing = Standing(source=pair.source, path=pair.target, language=language, state="current")
        note = states.get(config.within(pair.target), "") or _in_front_matter(pair.target, key)
        yield _of_note(standing, pair.languages, note, history)


def _missing(pair: Item) -> Standing:
    side = 0 if pair.lacks == "source" else 1
    path = (pair.source, pair.target)[side]
    return Standing(source=pair.there, path=path, language=pair.languages[side] or "und", state="missing")


def settled(standing: Standing, report: Report) -> Standing:
    """The standing of a version with what its pair has shown."""
    if report.error is not None:
        return replace(standing, state="unknown", why=report.error.message, item=None)
    if report.verdict == "unrelated":
        return replace(standing, state="unknown", why="it is no version of its source", item=None)
    places = sum(change.status == "stale" for change in report.changes or ())
    return replace(standing, state="stale" if places else "current", places=places, item=None)


def read_states(path: Path) -> dict[str, str]:
    """A file of states: an object of JSON, or a table of TOML, of paths and the revision or hash that each
    follows. Raises `UsageError` for what is none."""
    text = read_text(path, "file of states")
    try:
        values: Any = tomllib.loads(text) if path.suffix.lower() == ".toml" else json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path}: cannot be read ({error}); write paths and what each follows") from None
    if not isinstance(values, dict) or not all(isinstance(value, str) for value in values.values()):
        raise UsageError(f'{path}: no file of states; write an object such as {{"a.ru.md": "REVISION"}}')
    return values


def _of_note(
    standing: Standing,
    languages: tuple[str | None, ...],
    note: str,
    history: History | None,
) -> Standing:
    assumed = not note
    if not note and history is not None:
        note = history.last_change(standing.path)
    if not note:
        return replace(standing, state="unknown", why="it notes no state of the source, and git knows none")
    standing = replace(standing, follows=note, assumed=assumed)
    now = named(standing.source).file.read_bytes()
    digest = _SHA256.fullmatch(note)
    try:
        old = _state(standing.source, note, digest[1].lower() if digest else None, now, history)
    except MlcheckError as error:
        return replace(standing, state="unknown", why=str(error))
    if old is None:
        return replace(standing, state="unknown", why=f"no state {note} of {standing.source} is known")
    if old == now:
        return standing
    assert history is not None  # without one, only the present state is known
    item = Item(
        id=f"{standing.source} {standing.path}",
        source=standing.source,
        target=standing.path,
        languages=languages,
        old=history.text(standing.source, old, note[:12]),
    )
    return replace(standing, item=item)


def _state(source: Path, note: str, digest: str | None, now: bytes, history: History | None) -> bytes | None:
    if digest is not None:
        if sha256(now).hexdigest() == digest:
            return now
        return None if history is None else history.with_hash(source, digest)
    return None if history is None else history.at(source, note)


def _in_front_matter(path: Path, key: str) -> str:
    """The value of a key of a page's front matter, YAML or TOML; "" where it has none."""
    with named(path).file.open("rb") as file:
        lines = [line.decode("utf-8-sig", "replace").strip() for _, line in zip(range(_MOST_MATTER), file)]  # noqa: B905
    if not lines or lines[0] not in _FENCES:
        return ""
    return _value(lines[1:], _FENCES[lines[0]], key)


def _value(lines: Sequence[str], fence: str, key: str) -> str:
    expression = re.compile(rf"{re.escape(key)}\s*[:=]\s*[\"']?([^\"'#\s]+)")
    for line in lines:
        if line == fence:
            break
        if found := expression.match(line):
            return found[1]
    return ""
