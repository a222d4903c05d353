"""The elements of HTML by how they are read."""

from __future__ import annotations

__all__ = [
    "BLOCKS",
    "HEADINGS",
    "IMPLIED_ENDS",
    "KEPT_ATTRIBUTES",
    "RAW",
    "SCOPES",
    "UNREAD",
    "VOID",
]

VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
"""They have no end tag."""
RAW = frozenset(["script", "style", "xmp", "iframe", "noembed", "noframes", "textarea", "title"])
"""What looks like a tag in them is text."""
UNREAD = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "audio",
        "video",
        "canvas",
        "map",
        "select",
        "datalist",
        "option",
        "textarea",
        "input",
        "rp",
        "rt",
        "del",
        "noembed",
        "noframes",
        "xmp",
        "head",
        "progress",
        "meter",
    ]
)
"""What no reader of the page sees as its text, or not in all browsers; of `head`, the title is read."""
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
BLOCKS = HEADINGS | frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "listing",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)
"""A text does not run on over their edges."""

_ENDS_P = BLOCKS - frozenset(
    ["button", "body", "html", "title", "td", "th", "tr", "tbody", "thead", "tfoot", "caption", "legend"]
)
_TABLE = frozenset(("table",))
_CELLS = frozenset(("td", "th"))
_ROWS = frozenset(("tbody", "thead", "tfoot", "tr", "td", "th", "caption", "colgroup"))

IMPLIED_ENDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    **{name: (frozenset(("p",)), frozenset(("button", "td", "th", "caption", "object"))) for name in _ENDS_P},
    "li": (frozenset(("li", "p")), frozenset(("ul", "ol", "menu", "dir"))),
    **dict.fromkeys(("dt", "dd"), (frozenset(("dt", "dd", "p")), frozenset(("dl",)))),
    **dict.fromkeys(_CELLS, (_CELLS, _TABLE | {"tr"})),
    "tr": (frozenset(("tr", "td", "th", "caption", "colgroup")), _TABLE),
    **dict.fromkeys(("tbody", "thead", "tfoot"), (_ROWS, _TABLE)),
    "body": (frozenset(("head",)), frozenset()),
}
"""By a start tag: which open elements it ends, from the outermost on, and in which they are looked for."""

SCOPES = frozenset(("table", "td", "th", "caption", "template", "object"))
"""An end tag does not reach out of these, but for their own."""

KEPT_ATTRIBUTES = frozenset(
    [
        "alt",
        "aria-hidden",
        "aria-label",
        "class",
        "content",
        "datetime",
        "hidden",
        "href",
        "id",
        "itemprop",
        "lang",
        "name",
        "open",
        "property",
        "rel",
        "role",
        "src",
        "style",
        "type",
        "xml:lang",
    ]
)
