"""The HTML report: one file that an editor opens, with no network and no server.

`view.py` says what is shown, `templates/` say how it is written, `static/` how it looks and what it does.
Everything is in the one file, under a content security policy that allows nothing but its own style and
scripts: whatever a text may bring in, the browser neither runs nor fetches it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from mlcheck.data import Report

if TYPE_CHECKING:
    from markupsafe import Markup

__all__ = ["html_hashes", "to_html"]

# In the order in which they run. The first stands in the head, so that a dark page is dark from the start.
_HEAD_SCRIPT: Final = "theme.js"
_SCRIPTS: Final = (
    "store.js", "bands.js", "marks.js", "ruler.js", "pair.js", "grid.js", "index.js", "main.js"
)  # fmt: skip
_STYLE: Final = "report.css"


def to_html(reports: Sequence[Report]) -> str:
    """The reports as one HTML document that ends in a line feed: a pair, or with more than one an index
    and a section for each.

    Words are shaded where a report has `words`, facts marked where it has `facts`. Same reports, same
    bytes.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    from mlcheck._version import __version__
    from mlcheck.reporters.html.text import chunks, isolated, plain
    from mlcheck.reporters.html.view import page

    templates = Environment(
        loader=PackageLoader(__name__),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    templates.filters |= {"chunks": chunks, "isolated": isolated, "plain": plain}
    style, head = _package_files(_STYLE), _package_files(_HEAD_SCRIPT)
    script = _package_files(*_SCRIPTS)
    return templates.get_template("report.html").render(
        page=page(reports),
        version=__version__,
        style=style,
        head=head,
        script=script,
        policy=_policy([head, script], [style]),
    )


def html_hashes() -> tuple[str, str]:
    """What the policy of a page that shows a report in a frame has to allow: the report's scripts and its
    style, as sources of `script-src` and `style-src`."""
    head, script = _package_files(_HEAD_SCRIPT), _package_files(*_SCRIPTS)
    return _sources([head, script]), _sources([_package_files(_STYLE)])


def _package_files(*names: str) -> Markup:
    """Files of the package's own, one after the other; not escaped, because they are what they say."""
    from importlib.resources import files

    from markupsafe import Markup

    folder = files(__name__) / "static"
    return Markup("\n".join((folder / name).read_text(encoding="utf-8") for name in names))


def _policy(scripts: Sequence[str], styles: Sequence[str]) -> str:
    """What the browser may do with this page: run these scripts, apply these styles, no more."""
    return (
        f"default-src 'none'; script-src {_sources(scripts)}; style-src {_sources(styles)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _sources(texts: Sequence[str]) -> str:
    return " ".join(f"'{_sha256(text)}'" for text in texts)


def _sha256(text: str) -> str:
    import base64
    import hashlib

    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
