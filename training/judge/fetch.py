"""Fetch sentences and their translations: Debian's package descriptions.

Debian gives the descriptions of its packages in many languages, translated by volunteers and read by
others before they are taken in. A translation names the MD5 of the English description that it was made
from, so that it is certain what belongs together. Cut into paragraphs and sentences, with what is
doubtful dropped, they are some thousand pairs a language, of another kind of text than news.

Licences. No licence is stated for the translations as a whole. A description is part of its package's
packaging, whose licence is in the package's `debian/copyright` (in `main` always one that the Debian
Free Software Guidelines accept, often GPL-2 or later), and a translation is a work made from it. Debian
has only `main` and `contrib` translated, because other packages may not allow it
(https://www.debian.org/international/l10n/ddtp). So nothing of this is kept in the repository: this
script fetches it again from Debian.

    python -m training.judge.fetch --out DIR [--languages ru,de] [--limit 6000] [--mirror URL]

Writes `DIR/debian.tsv` (columns lang, english, other; the same for the same files), and to standard error
the SHA-256 of every file. Files are kept in `DIR/cache`; one that is there is not fetched again.
"""

from __future__ import annotations

import argparse
import bz2
import hashlib
import lzma
import re
import sys
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from mlcheck.encode import load_encoder
from mlcheck.encode.protocol import Encoder
from mlcheck.errors import InputError, MlcheckError
from mlcheck.models import load_models
from mlcheck.read import read_text
from mlcheck.segment import segment

MIRROR = "http://deb.debian.org/debian"
RELEASE = "bookworm"
LANGUAGES = "ru de fr es it uk pl tr zh_CN pt_BR ja cs ko da nl sv"
_SHORTEST, _LONGEST = 30, 350
"""Characters of an English sentence; the other side's limits are these by its usual length."""
_EXPANSION = {"zh_CN": 1 / 3, "ja": 1 / 2.2, "ko": 1 / 1.9}
"""Characters for one of English, where it is not about one."""
_FACTOR = 2.2
"""How far the lengths may be from what is usual."""
_ODD = 0.05
"""Share of a language's pairs that is dropped at each end of what is left of that: the shortest and the
longest translations for their originals are those that leave something out, or explain."""
_LETTERS = 0.6
"""Least share of letters among the characters that are no spaces."""
_SAME_WORDS = 0.5
"""From here on a translation is English that was not translated."""
_LOWEST = 0.1
"""Share of a language's pairs, those least alike, that is dropped."""
_OPENING, _ALIKE = 4, 40
"""At most this many pairs of a language whose English begins with the same words, that many of them:
thousands of descriptions say `This package contains the` and little else."""
_SEED = "1"
_UNSPACED = frozenset({"zh_CN", "ja"})
_INSIDE = re.compile(r"(?<=[^\x00-\u2fff]) (?=[^\x00-\u2fff])")
_NAME = re.compile(r"\b[A-Za-z]\w*[A-Z]\w*")
"""A word with a capital that is not its first letter."""
_LATIN = re.compile(r"[A-Za-z]{3,}")
_FOREIGN = frozenset({"ru", "uk", "zh_CN", "ja", "ko"})
"""Languages where a word in Latin letters is one that was taken over."""
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+")
_LIST = re.compile(r"^ {2,}|^ ?[-*+•·o–—] |^ ?\d+[.)] ", re.MULTILINE)
_END = re.compile(r"[.!?…。！？][\"'»”’)）」]*$")
Pair = tuple[str, str]


def cached(url: str, path: Path) -> bytes:
    """The file at `url`, which is kept at `path` and fetched only where it is not there. Its SHA-256 goes to
    standard error. Raises `InputError` where it cannot be had."""
    if not path.is_file():
        try:
            with urllib.request.urlopen(url, timeout=60) as answer:
                data = answer.read()
        except (urllib.error.URLError, OSError) as error:
            raise InputError(f"{url}: cannot be fetched ({error}); name another --mirror") from None
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_bytes(data)
        part.replace(path)
    data = path.read_bytes()
    print(f"{url} {len(data)} bytes, sha256 {hashlib.sha256(data).hexdigest()}", file=sys.stderr)
    return data


def fetch(language: str, mirror: str, folder: Path) -> str:
    """The text of a language's descriptions. Raises `InputError` where they cannot be had."""
    # English is the archive's own file, and in another format than the translations.
    name = f"Translation-{language}.{'xz' if language == 'en' else 'bz2'}"
    url = f"{mirror.rstrip('/')}/dists/{RELEASE}/main/i18n/{name}"
    path = folder / f"{RELEASE}-{name}"
    data = cached(url, path)
    try:
        unpacked = lzma.decompress(data) if language == "en" else bz2.decompress(data)
        return unpacked.decode("utf-8")
    except (OSError, EOFError, lzma.LZMAError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be unpacked ({error}); delete it, to fetch it again") from None


def descriptions(text: str, language: str) -> dict[tuple[str, str], list[str]]:
    """The long descriptions, in paragraphs, by package and MD5 of the English description."""
    found = {}
    for entry in text.split("\n\n"):
        fields = dict(re.findall(r"^([\w-]+): *(.*(?:\n .*)*)", entry, re.MULTILINE))
        body = fields.get(f"Description-{language}")
        if body and "Package" in fields and "Description-md5" in fields:
            lines = body.split("\n")[1:]
            # A line's first character is the format's; `.` alone stands for an empty line.
            paragraphs = "\n".join("" if line.strip() == "." else line[1:] for line in lines)
            found[fields["Package"], fields["Description-md5"]] = [
                paragraph for paragraph in paragraphs.split("\n\n") if paragraph.strip()
            ]
    return found


def pairs(english: Iterable[str], other: Iterable[str], language: str) -> Iterator[Pair]:
    """The sentences of paragraphs that belong together; a paragraph where they are not as many."""
    for one, two in zip(english, other, strict=True):
        if _LIST.search(one) or _LIST.search(two):
            continue
        sides = sentences(one, "en"), sentences(two, language)
        if len(sides[0]) == len(sides[1]):
            yield from zip(*sides, strict=True)
        else:
            yield _folded(one, "en"), _folded(two, language)


def usable(english: str, other: str, language: str) -> bool:
    """Whether a pair is prose on both sides, and looks like a whole translation."""
    expansion = _EXPANSION.get(language, 1.0)
    ratio = len(other) / len(english) / expansion
    return (
        _SHORTEST <= len(english) <= _LONGEST
        and _SHORTEST <= len(other) / expansion <= _LONGEST
        and 1 / _FACTOR <= ratio <= _FACTOR
        and english != other
        and all(_prose(text) for text in (english, other))
        and english.count("(") == other.count("(") + other.count("（")
        and _same_names(english, other, language)
        and bool(_END.search(english)) == bool(_END.search(other))
        and Counter(_NUMBER.findall(english)) == Counter(_NUMBER.findall(other))
        and _same_words(english, other) < _SAME_WORDS
    )


class Likeness:
    """Drops the pairs whose sentences are least alike. English sentences are encoded once for all
    languages."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._english: dict[str, npt.NDArray[np.float32]] = {}

    def best(self, found: list[Pair]) -> list[Pair]:
        """The pairs that are most alike, in the same order."""
        new = [one for one, _ in found if one not in self._english]
        if new:
            self._english |= dict(zip(new, self._encoder.encode(new), strict=True))
        one = np.stack([self._english[pair[0]] for pair in found])
        cosines = np.einsum("ij,ij->i", one, self._encoder.encode([pair[1] for pair in found]))
        least = np.quantile(cosines, _LOWEST)
        return [pair for pair, cosine in zip(found, cosines, strict=True) if cosine > least]


def sentences(paragraph: str, language: str) -> list[str]:
    """The sentences of a paragraph, whose lines do not count."""
    try:
        document = segment(read_text(_folded(paragraph, language)), language.replace("_", "-"))
    except InputError:  # no letters, or nothing but an address
        return []
    return [sentence.text for sentence in document.sentences]


def _folded(paragraph: str, language: str) -> str:
    """In one line. Where words are not parted by spaces, the end of a line is none either."""
    line = " ".join(paragraph.split())
    return _INSIDE.sub("", line) if language in _UNSPACED else line


def _prose(text: str) -> bool:
    dense = "".join(text.split())
    return (
        sum(map(str.isalpha, dense)) >= _LETTERS * len(dense)
        and not text.rstrip().endswith((":", "："))
        and "://" not in text
        and "\t" not in text
    )


def _same_names(english: str, other: str, language: str) -> bool:
    one, two = english.lower(), other.lower()
    taken = (_LATIN if language in _FOREIGN else _NAME).findall(other)
    return all(name.lower() in two for name in _NAME.findall(english)) and all(
        name.lower() in one for name in taken
    )


def _same_words(english: str, other: str) -> float:
    """Share of the other side's words that are English words of this pair."""
    words = [word.lower() for word in _WORD.findall(other)]
    known = {word.lower() for word in _WORD.findall(english)}
    return sum(word in known for word in words) / max(1, len(words))


def collect(language: str, english: str, other: str, limit: int, likeness: Likeness | None) -> list[Pair]:
    """At most `limit` pairs of a language, each sentence of either side once, in a fixed order."""
    source, target = descriptions(english, "en"), descriptions(other, language)
    found: dict[str, str] = {}
    taken: set[str] = set()
    for key in sorted(target.keys() & source.keys()):
        if len(source[key]) == len(target[key]):
            for one, two in pairs(source[key], target[key], language):
                if one not in found and two not in taken and usable(one, two, language):
                    found[one] = two
                    taken.add(two)
    return choose(found, limit, likeness)


def choose(
    found: Mapping[str, str],
    limit: int,
    likeness: Likeness | None,
    alike: int = _ALIKE,
    weight: Callable[[str], float] = lambda english: 1.0,
) -> list[Pair]:
    """At most `limit` of a language's pairs, in a fixed order: without those of odd lengths, at most `alike`
    with the same opening, and without those least alike. An English sentence with twice the `weight` is
    twice as likely to be among them."""
    ratios = [len(two) / len(one) for one, two in found.items()] or [1.0]
    low, high = np.quantile(ratios, [_ODD, 1 - _ODD])
    kept = [(one, two) for one, two in found.items() if low <= len(two) / len(one) <= high]
    # By a hash, and not drawn for each language: so languages share English sentences, which are encoded
    # once. Cut before they are encoded, because that is what takes long.
    drawn = sorted(kept, key=lambda pair: _drawn(pair[0]) / weight(pair[0]))
    openings: Counter[str] = Counter()
    varied = []
    for one, two in drawn:
        opening = " ".join(one.lower().split()[:_OPENING])
        openings[opening] += 1
        if openings[opening] <= alike:
            varied.append((one, two))
    drawn = varied[: round(limit / (1 - _LOWEST)) + 1]
    return (likeness.best(drawn) if likeness and drawn else drawn)[:limit]


def _drawn(english: str) -> int:
    return int.from_bytes(hashlib.sha256((_SEED + english).encode()).digest())


def write_table(name: str, path: Path, found: Iterable[tuple[str, Sequence[Pair]]]) -> int:
    """Write the pairs of all languages to `path`, and say how many there are. An error, of what finds them
    or of the disk, is one line that begins with `name`. Returns the exit code: 2 with an error."""
    lines: list[str] = []
    try:
        for language, got in found:
            lines += [f"{language}\t{one}\t{two}\n" for one, two in got]
            print(f"{language}: {len(got)} pairs", file=sys.stderr, flush=True)
        path.write_text("".join(lines), encoding="utf-8")
    except (MlcheckError, OSError) as error:
        print(f"{name}: {error}", file=sys.stderr)
        return 2
    return 0


def collected(arguments: argparse.Namespace) -> Iterator[tuple[str, list[Pair]]]:
    """The pairs of each language that was asked for."""
    likeness = None
    if not arguments.all_alike:
        likeness = Likeness(load_encoder(None, models=load_models(), languages=["en", "ru"]).encoder)
    english = fetch("en", arguments.mirror, arguments.out / "cache")
    for language in arguments.languages.split(","):
        other = fetch(language, arguments.mirror, arguments.out / "cache")
        yield language, collect(language, english, other, arguments.limit, likeness)


def main() -> int:
    """Write the pairs of all languages."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--out", type=Path, required=True, help="folder for debian.tsv and the cache")
    parser.add_argument("--languages", default=",".join(LANGUAGES.split()), help="as Debian names them")
    parser.add_argument("--limit", type=int, default=6000, help="pairs a language at most")
    parser.add_argument("--mirror", default=MIRROR, help="a mirror of Debian (default: %(default)s)")
    parser.add_argument("--all-alike", action="store_true", help="keep pairs whose sentences are least alike")
    arguments = parser.parse_args()
    return write_table("fetch", arguments.out / "debian.tsv", collected(arguments))


if __name__ == "__main__":
    sys.exit(main())
