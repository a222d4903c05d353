"""Build the documentation as a site: `python docs/make_site.py`, or `make docs`. Fails on a link that leads
nowhere, and on a page that no menu has.

The pages are written for a forge, where a link may lead to any file of the repository. So they are first
copied, with their links turned to what the site has; menus are added to the copy alone, where a forge would
show their syntax.
"""

from __future__ import annotations

import posixpath
import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]

ELSEWHERE = {
    "README.md": "readme.md",
    "benchmarks/README.md": "benchmarks.md",
    "samples/README.md": "samples.md",
    "ARCHITECTURE.md": "architecture.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "SECURITY.md": "security.md",
}
"""Pages that do not stand in docs/, and their names on the site."""

MENU = {
    "Start": ["readme", "tutorials/editor", "tutorials/build", "samples"],
    "Using it": [
        "cli",
        "configuration",
        "versions",
        "update",
        "scale",
        "serve",
        "baseline",
        "terms",
        "ci",
        "models",
        "judge",
        "languages",
        "python",
    ],
    "Reading": ["reading/*"],
    "Reports": ["report", "formats/*"],
    "What is found": ["rules", "facts"],
    "About": ["benchmarks", "architecture", "contributing", "releases", "changelog", "security"],
}
CHILDREN = {
    "rules.md": "rules/*",
    "facts.md": "facts-numbers\nfacts-dates\nfacts-names",
    "languages.md": "language-files",
}
"""Pages with a menu of their own: the names below them, or a pattern."""

_LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s#]+)(#[^)\s]*)?\)")


def copy(to: Path) -> None:
    """All pages into `to`, with links and menus."""
    shutil.rmtree(to, ignore_errors=True)
    pages = {f"docs/{path.relative_to(ROOT / 'docs').as_posix()}" for path in (ROOT / "docs").rglob("*.md")}
    for page in sorted(pages | set(ELSEWHERE)):
        name = site_name(page)
        assert name is not None
        place = to / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(turned((ROOT / page).read_text("utf-8"), page) + menu(name), encoding="utf-8")
    images = ROOT / "docs/images"
    if images.is_dir():
        shutil.copytree(images, to / "images")


def site_name(path: str) -> str | None:
    """What the site calls a file of the repository; None where it does not have it."""
    if path in ELSEWHERE:
        return ELSEWHERE[path]
    on_site = path.startswith("docs/") and path.endswith((".md", ".png"))
    return path.removeprefix("docs/") if on_site else None


def turned(text: str, page: str) -> str:
    """The text of `page` with links as the site needs them. A link to a file that the site does not have,
    such as a source file, becomes its text; one to nothing at all stays, and fails the build."""
    here = posixpath.dirname(site_name(page) or page) or "."

    def turn(link: re.Match[str]) -> str:
        picture, words, to, anchor = link[1], link[2], link[3], link[4] or ""
        if "://" in to:
            return link[0]
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), to))
        name = site_name(path)
        if name is None:
            return words if (ROOT / path).exists() else link[0]
        return f"{picture}[{words}]({posixpath.relpath(name, here)}{anchor})"

    return _LINK.sub(turn, text)


def menu(name: str) -> str:
    """What is added to the end of a page: the menus that hang from it."""
    if name == "index.md":
        return "".join(_tree(title, "\n".join(names)) for title, names in MENU.items())
    return _tree("", CHILDREN[name]) if name in CHILDREN else ""


def _tree(caption: str, names: str) -> str:
    titled = f":caption: {caption}\n" if caption else ""
    globbed = ":glob:\n" if "*" in names else ""
    return f"\n```{{toctree}}\n:hidden:\n{titled}{globbed}\n{names}\n```\n"


def build(folder: Path) -> int:
    """Copy and build; the status is that of the builder, which counts a warning as an error."""
    from sphinx.cmd.build import main

    source, html = folder / "source", folder / "html"
    copy(source)
    shutil.rmtree(html, ignore_errors=True)
    status = main(
        ["-W", "--keep-going", "-q", "-E", "-b", "html", "-c", str(ROOT / "docs"), str(source), str(html)]
    )
    if status == 0:
        print(f"the site is in {html}: open index.html there")
    return status


if __name__ == "__main__":
    sys.exit(build(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("build/site")))
