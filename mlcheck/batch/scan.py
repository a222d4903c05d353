"""Which files of a folder are versions of one text, by a pattern of their paths; and which versions are not
there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mlcheck.batch.item import Item
from mlcheck.config import Sides, files_under, language_in, sides_of, template_folders
from mlcheck.errors import UsageError
from mlcheck.languages import base, is_known, normalise

__all__ = ["Excluded", "LanguageOf", "Search", "is_lacking", "nobody_says", "nothing", "scan"]

LanguageOf = Callable[[Path], str | None]
"""A file's language as somebody has set it, else None."""
Excluded = Callable[[Path], bool]
"""Is a file or a folder to be left out? True too for what is in a folder that is."""

_DEFAULT = "en"
"""The source, where nobody has said which language that is and there is one in it; and the language of
files without a code, where nobody has said theirs."""


def nobody_says(file: Path) -> None:
    """No language is set."""
    return None


def nothing(path: Path) -> bool:
    """Nothing is left out."""
    return False


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for in a folder; as in `read_items`."""

    reference: str | None = None
    language_of: LanguageOf = nobody_says
    excluded: Excluded = nothing
    require: tuple[str, ...] = ()
    optional: Excluded = nothing


@dataclass(slots=True)
class _Found:
    """The files of a pattern."""

    files: defaultdict[str, dict[str, Path]] = field(default_factory=lambda: defaultdict(dict))
    """Of each name, by language."""
    written: dict[str, str | None] = field(default_factory=dict)
    """How paths write a language, which may be `pt_BR` or `ua`; None for the one without a code."""
    guessed: set[Path] = field(default_factory=set)
    """Files without a code of which nobody has said the language."""

    def add(self, name: str, language: str, file: Path, code: str | None) -> None:
        other = self.files[name].setdefault(language, file)
        if other != file:
            raise UsageError(f"{other} and {file}: both are the {language} version of {name}; exclude one")
        self.written.setdefault(language, code)


def scan(folder: Path, pattern: str, search: Search) -> Iterator[tuple[str, Item]]:
    """The name of each text, and a pair of it, with its two paths for an id; then, in the order of their
    codes, the versions that it lacks. Where no text has two versions, and none is required, there is
    nothing, as the pattern may be wrong."""
    sides = sides_of(pattern)
    found = _versions(folder, pattern, sides, search)
    wanted = search.require or _usual(found)
    first = _first(found, search, wanted)
    for name, files in sorted(found.files.items()):
        own = first if search.reference or first in files else min(files)
        for language in sorted(set(files) - {own}):
            if own in files:
                yield name, _item(found, files[own], files[language], (own, language))
        if not all(map(search.optional, files.values())):
            for language in _lacking(files, wanted):
                yield name, _missing(folder, name, language, files, first, found, sides)


def _usual(found: _Found) -> tuple[str, ...]:
    """The languages that a text is expected to have, where nobody has said: those of half of the texts that
    have a second version. A language that a site gives a few pages in is none of them."""
    several = [files for files in found.files.values() if len(files) > 1]
    counts = Counter(language for files in several for language in files)
    return tuple(language for language, count in counts.items() if 2 * count >= len(several))


def _first(found: _Found, search: Search, wanted: tuple[str, ...]) -> str | None:
    """The language of the sources."""
    if search.reference:
        return search.reference
    bare = next((language for language, code in found.written.items() if code is None), None)
    return bare or (_DEFAULT if _DEFAULT in (*found.written, *wanted) else None)


def is_lacking(language: str, there: Iterable[str]) -> bool:
    """Is no version in a language there? `pt` is there where `pt-BR` is, and not the other way round."""
    wanted = normalise(language)
    return not any(wanted in (normalise(code), base(code)) for code in there)


def _lacking(files: Mapping[str, Path], wanted: tuple[str, ...]) -> list[str]:
    return sorted(language for language in set(wanted) if is_lacking(language, files))


def _item(found: _Found, source: Path, target: Path, languages: tuple[str, str]) -> Item:
    one, two = (
        None if file in found.guessed else code
        for file, code in zip((source, target), languages, strict=True)
    )
    return Item(id=f"{source} {target}", source=source, target=target, languages=(one, two))


def _missing(
    folder: Path,
    name: str,
    language: str,
    files: Mapping[str, Path],
    first: str | None,
    found: _Found,
    sides: Sides,
) -> Item:
    """A version that a text lacks: the source where it is that language, else the target."""
    known = first if first in files else min(files)
    assert known is not None
    there = files[known]
    written = found.written.get(language, None if language == first and sides.default else language)
    where = folder / sides.path(name, written)
    said = None if there in found.guessed else known
    if language == first:
        return Item(
            id=f"{where} {there}", source=where, target=there, languages=(language, said), lacks="source"
        )
    return Item(id=f"{there} {where}", source=there, target=where, languages=(said, language), lacks="target")


def _versions(folder: Path, pattern: str, sides: Sides, search: Search) -> _Found:
    found, bare = _Found(), []
    for file in _files(folder, pattern, search):
        within = file.relative_to(folder).as_posix()
        match = sides.others.fullmatch(within)
        if match is not None and _says(match["lang"], file, search, sure=sides.default is None):
            language = search.language_of(file) or match["lang"]
            found.add(match["name"], language, _with_entry(file, sides.entries[0]), match["lang"])
        elif sides.default is not None and (match := sides.default.fullmatch(within)):
            bare.append((match["name"], _with_entry(file, sides.entries[1])))
    for name, file in bare:
        said = search.language_of(file) or search.reference
        if said is None:
            found.guessed.add(file)
        found.add(name, said or _DEFAULT, file, None)
    return found


def _with_entry(file: Path, entry: str | None) -> Path:
    """The entry of a file that a pattern means; the file alone where its own name ends so."""
    return Path(f"{file}#{entry}") if entry and not str(file).endswith(f"#{entry}") else file


def _says(code: str, file: Path, search: Search, *, sure: bool) -> bool:
    """Does a part of a path say a language? Where a file may also have none, `call.to.md` is no Tongan
    version of `call.md`: few words of two letters are no code of some language."""
    if search.language_of(file) is not None:
        return True
    return is_known(code) and (sure or language_in(f"name.{code}.md") is not None)


def _files(folder: Path, pattern: str, search: Search) -> Iterator[Path]:
    for start in template_folders(pattern):
        for file in files_under(folder / start, search.excluded):
            if file.is_file():
                yield file
