"""How Sphinx builds the site; `make_site.py` runs it."""

from mlcheck import __version__

project = "mlcheck"
release = version = __version__
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
master_doc = "index"
html_theme = "furo"
html_title = "mlcheck"
html_show_copyright = False
html_copy_source = False
# Links to headings, by the names that a forge gives them.
myst_heading_anchors = 4
# "console" has lines that are no command; a lexer that stumbles over one is no fault of the page.
suppress_warnings = ["misc.highlighting_failure"]
