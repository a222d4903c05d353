"""Is what mlcheck says of real pages true?

    apt-get download debian-faq debian-faq-de …   (the names of the folders below)
    for deb in *.deb; do dpkg-deb -x "$deb" "FOLDER/${deb%%_*}"; done
    pip download --no-deps django && unzip -d FOLDER/django django-*.whl
    python benchmarks/pages.py FOLDER [--reports FILE.jsonl] [--unread]

Checks chapters of manuals that Debian packages have in English and in German, French, Japanese or Russian, as
HTML and text, and catalogues of Django, and counts what is found, by rule and by what a person made of
it in `page_verdicts.jsonl`: true, harmless (true, and nothing that an editor would mend) or false. Texts that
are not in FOLDER are passed over. `--reports` reads reports that were made before; `--unread` prints what
nobody has read.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from real import Item, is_same, lines

HERE = Path(__file__).parent
VERDICTS = ("true", "harmless", "false", "unread")

_INSTALL = "installation-guide-amd64/usr/share/doc/installation-guide-amd64/{lang}/{page}.html"
_FAQ = "debian-faq{-lang}/usr/share/doc/debian/FAQ/{lang/}{page}.{lang}.html"
_REFERENCE = "debian-reference-{lang}/usr/share/debian-reference/{page}.{lang}.html"
_DEVELOPERS = "developers-reference{-lang}/usr/share/developers-reference/{lang/}{page}.html"
_MAINT = "maint-guide{-lang}/usr/share/doc/maint-guide{-lang}/{page}.{lang}.html"
_APTITUDE = "aptitude-doc-{lang}/usr/share/doc/aptitude/html/{lang}/{page}.html"
_HARDEN = "harden-doc/usr/share/doc/harden-doc/html/{region}/{page}.html"
_HANDBOOK = "debian-handbook/usr/share/doc/debian-handbook/html/{region}/{page}.html"
_DEBMAKE = "debmake-doc/usr/share/doc/debmake-doc/html/{page}.{lang}.html"
_POLICY = "debian-policy{-lang}/usr/share/doc/debian-policy/{lang/}policy.html/{page}.html"
_APT = "apt-doc/usr/share/doc/apt-doc/{page}{.lang}.text.gz"
_DJANGO = "django/django/contrib/{page}/locale/{lang}/LC_MESSAGES/django.po"

BOOKS = {
    "install": (
        _INSTALL,
        "ch01s01.ru ch03s02.ru ch07s02.ru ch02s05.de ch04s03.de ch08s05.fr apas03.ja pr01.ja ch08s04.ru "
        "apas02.de apbs05.fr ch02s04.fr apcs05.ja ch06s02.ja ch07s02.ja",
    ),
    "faq": (
        _FAQ,
        "basic-defs.ru software.de getting-debian.de choosing.fr uptodate.ja compatibility.ru support.ru "
        "nextrelease.de contributing.fr kernel.ja",
    ),
    "reference": (_REFERENCE, "ch08.de pr01.fr"),
    "developers": (_DEVELOPERS, "new-maintainer.ru scope.ru l10n.de beyond-pkging.fr developer-duties.ja"),
    "maint": (_MAINT, "html/start.ru html/update.de html/upload.fr html/checkit.ja"),
    "aptitude": (_APTITUDE, "ch03.ru pr01s04s01.fr ch02s01s01.ja"),
    "harden": (_HARDEN, "after-compromise.de intro.fr vpn.fr"),
    "handbook": (
        _HANDBOOK,
        "sect.why-gnu-linux.ru sect.syslog.ru sect.release-lifecycle.de sect.hotplug.de case-study.fr",
    ),
    "debmake": (_DEBMAKE, "ch03.de ch01.ja"),
    "policy": (_POLICY, "ch-scope.ja ch-docs.ja ap-pkg-conffiles.ja"),
    "apt": (_APT, "offline.fr"),
    "django": (_DJANGO, "auth.ru auth.de flatpages.fr admindocs.ja"),
}
"""Where the pages of a book are, and which are checked, in which language."""
REGIONS = {"en": "en-US", "de": "de-DE", "fr": "fr-FR", "ja": "ja-JP", "ru": "ru-RU"}


def address(template: str, page: str, lang: str) -> str:
    """The file of a page. English mostly has no language in the names of folders."""
    own = "" if lang == "en" else lang
    for part, value in {
        "{-lang}": own and f"-{own}",
        "{lang/}": own and f"{own}/",
        "{.lang}": own and f".{own}",
        "{lang}": lang,
        "{region}": REGIONS[lang],
        "{page}": page,
    }.items():
        template = template.replace(part, value)
    return template


def unpacked(path: Path, work: Path) -> Path | None:
    """The file, or what is in it, if it is packed."""
    if not path.is_file():
        return None
    if path.suffix != ".gz":
        return path.absolute()
    plain = work / path.with_suffix("").name.replace(".text", ".txt")
    plain.write_bytes(gzip.decompress(path.read_bytes()))
    return plain


def manifest(folder: Path, work: Path) -> Iterator[Item]:
    """The pairs that are there."""
    for book, (template, pages) in BOOKS.items():
        for each in pages.split():
            page, _, lang = each.rpartition(".")
            alone = book == "django"  # both versions in one file
            files = [
                unpacked(folder / address(template, page, code), work)
                for code in (lang if alone else "en", lang)
            ]
            if all(files):
                paths = dict(zip(("source", "target"), map(str, files), strict=True))
                yield {"id": f"{book}-{each}", **paths, "source_lang": "en", "target_lang": lang}


def checked(folder: Path) -> list[Item]:
    """The reports, which are made in one run."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        pairs = list(manifest(folder, work))
        (work / "pairs.jsonl").write_text(
            "".join(json.dumps(pair) + "\n" for pair in pairs), encoding="utf-8"
        )
        call = [sys.executable, "-m", "mlcheck", "batch", str(work / "pairs.jsonl"), "--format", "jsonl"]
        subprocess.run([*call, "--fail-on", "never", "-o", str(work / "out.jsonl")], check=False)
        return lines(work / "out.jsonl")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--reports", type=Path, metavar="FILE")
    parser.add_argument("--unread", action="store_true", help="print what nobody has read")
    given = parser.parse_args()
    reports = lines(given.reports) if given.reports else checked(given.folder)
    read = lines(HERE / "page_verdicts.jsonl")
    counts: Counter[tuple[str, str]] = Counter()
    failed = [report["id"] for report in reports if "findings" not in report]
    for report in reports:
        own = [verdict for verdict in read if verdict["pair"] == report["id"]]
        for finding in report.get("findings", ()):
            if finding["severity"] == "info":
                continue
            hits = [v["verdict"] for v in own if v["rule"] == finding["rule"] and is_same(finding, v)]
            verdict = hits[0] if hits else "unread"
            counts[finding["rule"], verdict] += 1
            if verdict == "unread" and given.unread:
                places = {side: (finding[side] or {}).get("text", "")[:60] for side in ("source", "target")}
                print(
                    json.dumps({"pair": report["id"], "rule": finding["rule"], **places}, ensure_ascii=False)
                )
    print(f"{len(reports)} pairs, of which failed: {', '.join(failed) or 'none'}")
    for rule in sorted({rule for rule, _ in counts}):
        print(f"{rule:20}" + "".join(f"{counts[rule, verdict]:5} {verdict}" for verdict in VERDICTS))
    sums = {verdict: sum(n for (_, v), n in counts.items() if v == verdict) for verdict in VERDICTS}
    known = sum(sums.values()) - sums["unread"]
    print("all: " + ", ".join(f"{n} {verdict}" for verdict, n in sums.items()))
    if known:
        share = (sums["true"] + sums["harmless"]) / known
        print(f"true or harmless {share:.2f}, true {sums['true'] / known:.2f} of {known} read")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
