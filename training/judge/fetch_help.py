"""Fetch sentences and their translations: the help of LibreOffice.

The help is some 2,500 pages of HTML a language, in Debian's packages `libreoffice-help-*`. A paragraph has
the same id in all languages, and one whose translation was not renewed stands there in English: so it is
certain what belongs together. Kept are whole sentences of running text, from paragraphs with as many
sentences on both sides. They tell what one can do, must not do and what happens then: verbs, negations and
opposites, where package descriptions have nouns.

Licence: MPL-2.0, as `debian/copyright` of the packages says. Nothing of this is kept in the repository:
this script fetches it again from Debian.

    python -m training.judge.fetch_help --out DIR [--languages ru,de] [--limit 3000] [--mirror URL]

Writes `DIR/help.tsv` (columns lang, english, other, as `debian.tsv`; the same for the same files), and to
standard error the SHA-256 of every file. Files are kept in `DIR/cache`; one that is there is not fetched
again.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import lzma
import re
import sys
import tarfile
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path

from mlcheck.errors import InputError
from mlcheck.facts.negation import negations
from training.judge.fetch import MIRROR, RELEASE, Pair, cached, choose, sentences, usable, write_table

LANGUAGES = "ru de fr es it pl tr zh_CN pt_BR ja cs ko da nl sv"
"""Those of the package descriptions; Ukrainian has no help in Debian."""
_ALIKE = 12
"""At most this many pairs of a language whose English begins with the same words (`fetch.choose`): much of
the help is written by one pattern, such as `Specifies the name of the`."""
_FEWEST = 6
"""Words of an English sentence. What has fewer is mostly a label or `Click the Edit button.`"""
_CODE = re.compile(r"[=_{}\[\]<>|\\~;/]|\w\(|\S\.\w{2}|: [A-Z]| [-–—] ?[A-Z]|▸|▶|→|\.\.\.|…|\+[A-Z]")
"""Formulas, names in programs, files, menus to walk through, keys pressed together, and `Note: ...`."""
_SENTENCE = re.compile(r"[\"'“]?[A-Z].*[.!?][\"'”)]?", re.DOTALL)
_ENDS = (".", "!", "?", "。", "！", "？")
_CLOSING = "\"'»”’“)）」"
_NO_SUBJECT = re.compile(r"(?!This |These |Press )[A-Z][a-z-]+s ")
"""`Specifies the ...`, `Inserts a ...`: some quarter of the help, and no whole sentences."""
_TELLING, _LABEL = 4.0, 1 / 3
"""Weights of a sentence with a negation or a number, one in ten, and of one without a subject. With these,
where much is translated, two in five have a negation or a number. Not all, so that others are learnt from
too."""
_CHANGING = re.compile(r"\d+|[^\w\s]")
_MAGIC = b"!<arch>\n"
_HEADER = 60
"""Bytes of the header of a file in an `ar` archive: the name is in the first 16, the size in ten from 48."""
_SKIPPED = frozenset({"code", "related", "tableheadintable", "howtogetheader"})
"""Classes of paragraphs that are no running text."""
_VARIED = frozenset({"switchinline", "switch", "input"})
"""Classes of what is shown on some systems only, several such in one paragraph, or is to be typed."""
Paragraphs = dict[tuple[str, str], str]


def members(data: bytes) -> dict[str, bytes]:
    """The files in an `ar` archive, which a Debian package is. Raises `ValueError` where it is none."""
    if not data.startswith(_MAGIC):
        raise ValueError("no ar archive")
    found, at = {}, len(_MAGIC)
    while at + _HEADER <= len(data):
        name = data[at : at + 16].decode("ascii").rstrip().rstrip("/")
        size = int(data[at + 48 : at + 58])
        at += _HEADER
        if at + size > len(data):
            raise ValueError("it ends too early")
        found[name] = data[at : at + size]
        at += size + size % 2
    return found


def pages(package: bytes) -> Iterator[tuple[str, str]]:
    """Path below the language's folder, and HTML, of the pages in a package."""
    files = members(package)
    if "data.tar.xz" not in files:
        raise ValueError("no data.tar.xz in it")
    with tarfile.open(fileobj=io.BytesIO(files["data.tar.xz"]), mode="r:xz") as archive:
        for member in archive:
            at = member.name.find("/text/")
            if member.isfile() and at >= 0 and member.name.endswith(".html"):
                file = archive.extractfile(member)
                assert file is not None  # it is a file
                yield member.name[at:], file.read().decode("utf-8")


class _Page(HTMLParser):
    """Gathers a page's paragraphs by id."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, str] = {}
        self._twice: set[str] = set()
        self._id = ""
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        classes = set(given.get("class", "").split())
        if tag == "p":
            self._id = "" if classes & _SKIPPED else given.get("id", "")
            self._text = []
        elif tag in ("br", "img"):
            self._text.append(" ")
        elif classes & _VARIED:
            self._id = ""

    def handle_data(self, data: str) -> None:
        if self._id:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "p" and self._id:
            text = " ".join("".join(self._text).split())
            # Pages take in parts of others, so that two paragraphs may have one id.
            if self._id in self.found or self._id in self._twice:
                self.found.pop(self._id, None)
                self._twice.add(self._id)
            elif text:
                self.found[self._id] = text
            self._id = ""


def paragraphs(html: str) -> dict[str, str]:
    """The text of a page's paragraphs by id, without those whose id is there twice."""
    page = _Page()
    page.feed(html)
    page.close()
    return page.found


def plain(english: str, other: str) -> bool:
    """Whether both are whole sentences of running text: no labels, no code, no menu to walk through,
    and no quotation mark lost."""
    return (
        len(english.split()) >= _FEWEST
        and bool(_SENTENCE.fullmatch(english))
        and other.rstrip(_CLOSING).endswith(_ENDS)
        and not _CODE.search(english)
        and other.count('"') % 2 == 0
        and other.count("「") == other.count("」")
    )


def weight(english: str) -> float:
    """How much a sentence is wanted."""
    if negations(english, "en") or any(map(str.isdigit, english)):
        return _TELLING
    return _LABEL if _NO_SUBJECT.match(english) else 1.0


def collect(language: str, english: Paragraphs, other: Paragraphs, limit: int) -> list[Pair]:
    """At most `limit` pairs of a language, each sentence of either side once, in a fixed order.

    Pairs are not dropped for being least alike, as those of package descriptions are. What belongs together
    is known here, and of the tenth with the lowest cosines nearly all, looked at in Turkish and Chinese, were
    sound translations."""
    found: dict[str, str] = {}
    paragraphs_seen: set[str] = set()
    seen: set[str] = set()
    for key in sorted(english.keys() & other.keys()):
        one, two = english[key], other[key]
        if one == two or one in paragraphs_seen:
            continue
        paragraphs_seen.add(one)
        sides = sentences(one, "en"), sentences(two, language)
        if len(sides[0]) != len(sides[1]):
            continue
        for source, target in zip(*sides, strict=True):
            # What differs in numbers or marks only is the same sentence.
            same = {_CHANGING.sub("", source).lower(), _CHANGING.sub("", target).lower()}
            if not same & seen and plain(source, target) and usable(source, target, language):
                found[source] = target
                seen |= same
    return choose(found, limit, None, _ALIKE, weight)


def index(text: str) -> dict[str, tuple[str, str]]:
    """Path and SHA-256 of the help packages by name, from the text of an archive's list of packages."""
    found = {}
    for entry in text.split("\n\n"):
        fields = dict(re.findall(r"^([\w-]+): *(.*)", entry, re.MULTILINE))
        if fields.get("Package", "").startswith("libreoffice-help-"):
            found[fields["Package"]] = fields["Filename"], fields["SHA256"]
    return found


def fetch_index(mirror: str, folder: Path) -> dict[str, tuple[str, str]]:
    """The release's help packages. Raises `InputError` where its list cannot be had."""
    url = f"{mirror.rstrip('/')}/dists/{RELEASE}/main/binary-all/Packages.xz"
    path = folder / f"{RELEASE}-Packages.xz"
    try:
        return index(lzma.decompress(cached(url, path)).decode("utf-8"))
    except (EOFError, KeyError, lzma.LZMAError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error}); delete it, to fetch it again") from None


def fetch(language: str, packages: Mapping[str, tuple[str, str]], mirror: str, folder: Path) -> Paragraphs:
    """A language's paragraphs, by page and id. Raises `InputError` where they cannot be had."""
    name = "libreoffice-help-" + language.lower().replace("_", "-")
    if name not in packages:
        raise InputError(f"{language}: {RELEASE} has no {name}; leave it out of --languages")
    file, digest = packages[name]
    path = folder / Path(file).name
    data = cached(f"{mirror.rstrip('/')}/{file}", path)
    if hashlib.sha256(data).hexdigest() != digest:
        raise InputError(f"{path}: another SHA-256 than {RELEASE}-Packages.xz says; delete both")
    try:
        return {(page, key): text for page, html in pages(data) for key, text in paragraphs(html).items()}
    except (ValueError, EOFError, lzma.LZMAError, tarfile.TarError) as error:
        raise InputError(f"{path}: cannot be unpacked ({error}); delete it, to fetch it again") from None


def collected(arguments: argparse.Namespace) -> Iterator[tuple[str, list[Pair]]]:
    """The pairs of each language that was asked for."""
    folder = arguments.out / "cache"
    packages = fetch_index(arguments.mirror, folder)
    english = fetch("en_US", packages, arguments.mirror, folder)
    for language in arguments.languages.split(","):
        other = fetch(language, packages, arguments.mirror, folder)
        yield language, collect(language, english, other, arguments.limit)


def main() -> int:
    """Write the pairs of all languages."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--out", type=Path, required=True, help="folder for help.tsv and the cache")
    parser.add_argument("--languages", default=",".join(LANGUAGES.split()), help="such as ru,pt_BR")
    parser.add_argument("--limit", type=int, default=3000, help="pairs a language at most")
    parser.add_argument("--mirror", default=MIRROR, help="a mirror of Debian (default: %(default)s)")
    arguments = parser.parse_args()
    return write_table("fetch_help", arguments.out / "help.tsv", collected(arguments))


if __name__ == "__main__":
    sys.exit(main())
