# ruff: noqa: E501
"""Mutated files of every format, read: nothing may be raised but `InputError`, and places must lead back.

    python tests/fuzz/readers.py [--format NAME ...] [--runs 100000] [--seed 1]

Every other file is changed byte by byte; the others, to get past the door of a strict format, where
`gentle.py` can change them and leave them well-formed.

Prints a line a format: executions, how many were read and how many refused, seconds. The first file that
is not handled is written to `fuzz-NAME`, its traceback printed, and the exit is 1. `test_fuzz.py` runs a few.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import time
import traceback
import zipfile
from collections.abc import Callable, Collection
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from gentle import gently  # noqa: E402

from mlcheck.errors import InputError  # noqa: E402
from mlcheck.read import FORMATS, read_bilingual, read_bytes  # noqa: E402

FILES = ROOT / "tests/read/office/files"
SMALL = {
    "txt": "Ferries cross the bay.\n\n- One\n- Two\n\nAt 5 p.m. it rained.\n",
    "md": "---\ntitle: Ferries\n---\n\n# Ferries\n\nThey *cross* [the bay](a.md), `x` and ![a](b.png).\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    "mdx": "import A from 'a'\n\n# Ferries\n\n<A b={1}>They cross {x}.</A>\n\n{{< fig caption=\"A bay\" >}}\n",
    "rst": "Ferries\n=======\n\nThey *cross* `bays <a>`_.\n\n.. note:: At five.\n\n+---+---+\n| a | b |\n+---+---+\n",
    "adoc": "= Ferries\n\n== Part\n\nThey *cross* link:a[the bay].\n\n|===\n|a |b\n|===\n\n----\ncode\n----\n",
    "html": '<!doctype html><html lang=en><head><title>Ferries</title><script type=application/ld+json>{"@type": "NewsArticle", "headline": "Bays", "articleBody": "They \\u0063ross."}</script></head><body><nav><a href=a>b</a></nav><main><h1>Ferries</h1><p>They &amp; we <b>cross</b>.<ul><li>One<li>Two</ul><table><tr><td>a<td>b</table></main></body></html>',
    "srt": "1\n00:00:01,000 --> 00:00:02,000\nFerries cross\n\n2\n00:00:03,000 --> 00:00:04,000\nthe <i>bay</i>.\n",
    "vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\nFerries cross\n\n00:03.000 --> 00:04.000 align:left\nthe bay.\n",
    "eml": "From: a@example.org\nSubject: =?utf-8?B?RmVycmllcw==?=\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\nRmVycmllcyBjcm9zcyB0aGUgYmF5Lgo=\n--b\nContent-Type: text/html\n\n<p>Ferries</p>\n--b--\n",
    "ninjs": '{"version": "3", "versioncreated": "2024-04-28T10:00:00Z", "language": "en", "headlines": [{"value": "Ferries"}], "bodies": [{"contenttype": "text/html", "value": "<p>They \\u0063ross.</p>"}]}',
    "newsml": '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="a" version="1"><contentMeta><headline>Ferries</headline></contentMeta><contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body><p>They cross.</p></body></html></inlineXML></contentSet></newsItem>',
    "nitf": "<nitf><head><title>Ferries</title></head><body><body.head><hedline><hl1>Ferries</hl1></hedline></body.head><body.content><p>They cross.</p></body.content></body></nitf>",
    "feed": '<rss version="2.0"><channel><title>T</title><item><title>Ferries</title><description>&lt;p&gt;They cross.&lt;/p&gt;</description></item></channel></rss>',
    "jsonld": '{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Ferries", "articleBody": "They cross."}',
    "xliff": '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file source-language="en" target-language="de" original="a" datatype="plaintext"><body><trans-unit id="1"><source>They <g id="1">cross</g>.</source><target state="final">Sie fahren.</target></trans-unit></body></file></xliff>',
    "tmx": '<tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en"><seg>They cross.</seg></tuv><tuv xml:lang="de"><seg>Sie fahren.</seg></tuv></tu></body></tmx>',
    "po": 'msgid ""\nmsgstr "Language: de\\n"\n\n#, fuzzy\nmsgid "They cross."\nmsgstr "Sie fahren."\n\nmsgid "%d ship"\nmsgid_plural "%d ships"\nmsgstr[0] "%d Schiff"\nmsgstr[1] "%d Schiffe"\n',
    "csv": 'id;English;Deutsch\n1;They cross.;Sie fahren.\n2;"A; b";Ein B\n',
    "json": '{"a": {"b": "They cross {n} bays."}, "c": ["One", "Two"], "@@locale": "en"}',
    "yaml": "en:\n  a: They cross.\n  b: 'One'\n  c: |\n    Two\n    lines\n",
    "properties": "# c\na=They cross.\nb: One \\\n  two\nc = \\u0041\n",
    "strings": '/* c */\n"a" = "They cross.";\n"b" = "One %@";\n',
    "stringsdict": '<plist version="1.0"><dict><key>a</key><dict><key>NSStringLocalizedFormatKey</key><string>In %#@n@</string><key>n</key><dict><key>one</key><string>%d bay</string><key>other</key><string>%d bays</string></dict></dict></dict></plist>',
    "xcstrings": '{"sourceLanguage": "en", "strings": {"They cross.": {"localizations": {"de": {"stringUnit": {"state": "translated", "value": "Sie fahren."}}}}, "%lld ships": {"localizations": {"en": {"variations": {"plural": {"other": {"stringUnit": {"value": "%lld ships"}}}}}, "de": {"variations": {"plural": {"other": {"stringUnit": {"value": "%lld Schiffe"}}}}}}}}}',
    "android": '<resources><string name="a">They cross.</string><plurals name="b"><item quantity="one">%d</item></plurals></resources>',
    "resx": '<root><resheader name="version"><value>2.0</value></resheader><data name="a"><value>They cross.</value></data></root>',
}
"""A small file of each format of text; containers have theirs in `tests/read/office/files`."""
PIECES = (
    b"<",
    b">",
    b"&",
    b'"',
    b"'",
    b"{",
    b"}",
    b"[",
    b"]",
    b"\\",
    b"\0",
    b"\r\n",
    b"\xff",
    b"\xd0",
    b"&#x10ffff;",
)
PIECES += (
    b"<!--",
    b"]]>",
    b"<![CDATA[",
    b"```",
    b"{{<",
    b"{%",
    b"%}",
    b"::",
    b"\\u",
    b"\\'",
    b"=?",
    b"-->",
    b"9" * 40,
)


def samples(name: str) -> list[bytes]:
    """The files that are mutated."""
    if name in SMALL:
        return [SMALL[name].encode()]
    if name == "xlsx":
        return [_spreadsheet()]
    return [path.read_bytes() for path in sorted(FILES.glob(f"*.{name}")) if path.stat().st_size < 60_000]


def _spreadsheet() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    for row in (("id", "English", "Deutsch"), (1, "They cross.", "Sie fahren."), (2, "One", "Eins")):
        book.active.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The file with a few changes: bytes changed, cut, doubled, put in, or what `gently` changes; of an
    archive sometimes in a part."""
    if data.startswith(b"PK") and chance.random() < 0.8:
        return _part_mutated(data, chance)
    if chance.random() < 0.5 and (changed := gently(data, chance)) is not None:
        return changed
    result = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(result) + 1)
        end = min(len(result), at + chance.choice((1, 2, 8, 64)))
        match chance.randrange(5):
            case 0:
                result[at:end] = chance.randbytes(end - at)
            case 1:
                del result[at:end]
            case 2:
                result[at:at] = result[at:end] * chance.choice((1, 2, 50))
            case 3:
                result[at:at] = chance.choice(PIECES)
            case _:
                if result and at < len(result):
                    result[at] ^= 1 << chance.randrange(8)
    return bytes(result)


def _part_mutated(data: bytes, chance: random.Random) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(made, "w") as changed:
        names = archive.namelist()
        chosen = chance.choice(names)
        for name in names:
            part = archive.read(name)
            changed.writestr(
                name, mutated(part, chance) if name == chosen and not part.startswith(b"PK") else part
            )
    return made.getvalue()


def read(name: str, data: bytes) -> bool:
    """Is a file read? False where it is refused; raises what must not be raised."""
    try:
        if FORMATS[name].bilingual:
            raws = _bilingual(name, data)
        else:
            raws = (read_bytes(data, shown="file", format=name),)
    except InputError:
        return False
    for raw in raws:
        size = len(raw.text if raw.origin is None else raw.origin.text)
        for block in raw.blocks:
            assert 0 <= block.span.start < block.span.end <= len(raw.text)
            if raw.origin is not None:
                place = raw.origin.span(block.span)
                assert 0 <= place.start <= place.end <= size
    return True


def _bilingual(name: str, data: bytes) -> tuple:
    import tempfile

    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        return read_bilingual(file.name, shown="file", format=name)


def fuzz(name: str, runs: int, seed: int, say: Callable[[str], None] = print) -> bool:
    """Read `runs` mutated files of a format; False, and a file with it, for the first that is not handled."""
    chance = random.Random(f"{name} {seed}")
    files, done, began = samples(name), 0, time.monotonic()
    for number in range(runs):
        data = mutated(chance.choice(files), chance)
        try:
            done += read(name, data)
        except Exception:
            Path(f"fuzz-{name}").write_bytes(data)
            say(f"{name}: run {number} is not handled; it is in fuzz-{name}\n{traceback.format_exc()}")
            return False
    say(
        f"{name}: {runs:,} executions, {done:,} read, {runs - done:,} refused, {time.monotonic() - began:.0f} s"
    )
    return True


def command(
    about: str | None,
    option: str,
    names: Collection[str],
    fuzz: Callable[[str, int, int, Callable[[str], None]], bool],
) -> int:
    """What a command line asks for, of the `names` or of all of them: 0 where everything was handled."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(option, dest="chosen", action="append", choices=sorted(names), metavar="NAME")
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    done = [
        fuzz(name, given.runs, given.seed, lambda line: print(line, flush=True))
        for name in given.chosen or names
    ]
    return 0 if all(done) else 1


if __name__ == "__main__":
    sys.exit(command(__doc__, "--format", FORMATS, fuzz))
