"""What of a text is prose, and what is addresses, code and templates.

In which language a passage is written, only its prose can say: `Подробнее: https://example.org/the-plan` is
Russian, whatever most of its letters are. The same forms count in plain text as in Markdown, since people
write both in either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["GAP", "only_prose"]

GAP = "\ufffc"
"""Stands for each character that is no prose, so that offsets stay, and words on either side of it are no
neighbours."""

_CODE = re.compile(
    r"""<!--.*?-->
    | \{%.*?%\} | \{\{.*?\}\} | <%.*?%>               # templates and shortcodes, with what they are given
    | \{:?\s*[#.][^{}\n]*\}                           # anchors and classes: { #investigation }
    | \$?\{[\w.:$%-]*\} | %\(\w+\)[sd] | %[sd](?!\w)  # placeholders
    | (?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)
    | <(?P<tag>code|kbd|samp|pre|tt|var)\b[^<>]*>.*?</(?P=tag)\s*>
    | </?[A-Za-z][^<>]*>                              # tags, and <https://…>
    | &(?:\#\w+|\w+);
    """,
    re.VERBOSE | re.DOTALL,
)
_LINKS = re.compile(
    r"""\[[\"'“”„«‹「『_*@\s]*(?:[A-Z@\d])[^\[\]]*\](?=\(\s*<?https?:)   # what is linked has a name: a title
    | (?<=\])\(\s*(?:<[^<>]*>|(?:[^()\s]|\([^()]*\))*)(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)
    | (?<=\])\[[^\[\]]*\]
    | ^[ \t]*\[[^\[\]]+\]:.*$
    """,
    re.VERBOSE | re.MULTILINE,
)
_TOKENS = re.compile(
    r"""\b[A-Za-z][A-Za-z0-9+.-]*://[^\s<>\[\]()\u3000-\u9fff\uff00-\uffef]+(?<![.,:;!?])
    | \b(?:mailto|tel|xmpp):\S+ | \bwww\.[\w./-]+
    | [A-Za-z0-9._+%-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+
    | (?<![\w&])[#@]\w(?:[\w.-]*\w)?                  # tags and handles
    | (?<!\S)--?[A-Za-z][\w-]*(?:=\S+)?               # options of commands
    | (?<![\w/])[~.]*/?[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.@%-]+)+/?   # paths, and/or
    | \b[A-Za-z][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)*\.[a-z]{2,}(?![^\W_])   # hosts and files: a.example.org
    | \b[A-Za-z_][A-Za-z0-9_.]*(?:(?:::|->|\#)[A-Za-z_]\w*)+[?!]?   # Array#max
    | \b[A-Za-z_][A-Za-z0-9_.]*\((?=[^\s()]*\))[^\s()]*\)
    | \b\w*[A-Za-z0-9]_[A-Za-z0-9]\w* | \b[a-z]+[A-Z][A-Za-z0-9]*
    | \b[A-Za-z0-9]+(?:-[A-Za-z0-9.]+){2,}            # libfoo-bar-perl
    | \b(?=[A-Za-z0-9.+~-]*\d)(?=[A-Za-z0-9.+~-]*[A-Za-z])[A-Za-z0-9][A-Za-z0-9.+~-]*   # r48098, 2.1.4-p594
    | \b[0-9A-F]{4}(?:\s+[0-9A-F]{4}){2,}             # fingerprints
    | \d+(?:[.,:]\d+)*
    """,
    re.VERBOSE,
)
_LICENCE = re.compile(
    r"©|\(c\)\s*\d{4}|\bcopyright\b|\ball rights reserved\b|\bcreative commons\b|\bSPDX\b|\bCC[ -]BY\b"
    r"|\blicensed under\b|\bkey fingerprint\b",
    re.IGNORECASE,
)
_LICENCE_LETTERS = 200
"""A longer passage is about licences, and no line of one."""
_SOURCE = re.compile(
    r"[\s>*_-]*(?:[—–―]|--?(?=[\s@\[]))\s*[^\s\d,.;:!?][^,.;:!?]{0,60},\s*(?P<title>[^\w\s]*[\"'“„«‹「『*_\ufffc].*)",
    re.DOTALL,
)
"""`— Stephanie Zvan, "So You've Got Yourself a Policy"`: an author and what it is from."""
_CONFLICT = re.compile(r"^(?:<{7}|>{7}|={7}|\|{7}).*$", re.MULTILINE)


_BLOB = re.compile(r"[!-~]{500,}")
"""In a language of these letters no prose goes on for so long without a space; what does is encoded."""
_AT_ONCE = 2000
"""Characters of a passage that are looked at together, cut at a space where there is one."""


def _parts(text: str) -> Iterator[str]:
    at = 0
    while at < len(text):
        end = at + _AT_ONCE
        if end < len(text):
            end = max(text.rfind(" ", at, end), text.rfind("\n", at, end)) + 1 or end
        yield text[at:end]
        at = end


def only_prose(text: str) -> str:
    """The text with `GAP` for every character that is no prose, so that offsets stay.

    What is no prose: addresses, paths, names of files and hosts, mail, tags, handles, code, templates,
    placeholders, anchors, targets of links, and the titles that lead to them, numbers, checksums,
    lines about a licence, and lines that only say from whom a quotation is.

    >>> only_prose("See https://example.org: `ls`").replace(GAP, "")
    'See : '
    """
    if len(text) > _AT_ONCE:
        # Some of the patterns take time with the square of what has no space in it.
        text = _BLOB.sub(lambda match: GAP * len(match[0]), text)
        return "".join(map(only_prose, _parts(text)))
    if len(text) <= _LICENCE_LETTERS and _LICENCE.search(text):
        return GAP * len(text)
    for form in (_CONFLICT, _CODE, _LINKS, _TOKENS):
        text = form.sub(lambda match: GAP * len(match[0]), text)
    source = _SOURCE.fullmatch(text)
    return GAP * len(text) if source else text
