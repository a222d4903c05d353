"""Inline markup of AsciiDoc."""

from __future__ import annotations

import re

from mlcheck.data import MarkKind
from mlcheck.read.calls import CALL, without_texts
from mlcheck.read.inline import Inline

__all__ = ["FOOTNOTE", "INLINE", "read_inline"]

_OPEN, _CLOSE = r"(?<![\w\\;:}])", r"(?!\w)"
FOOTNOTE = re.compile(r"footnote:[\w-]{0,60}\[(?P<words>[^\[\]]*)\]")
INLINE = re.compile(
    rf"""(?P<call>{CALL})
    |(?P<footnote>{FOOTNOTE.pattern.replace("?P<words>", "?:")})
    |(?P<image>image:(?!:)(?P<src>[^\s\[\]]{{1,400}})\[[^\[\]]*\])
    |(?:link:|xref:|mailto:)(?P<target>[^\s\[\]]{{1,400}})\[(?P<words>[^\[\]]*)\]
    |(?P<address>https?://[^\s<>\[\]]*[^\s<>\[\].,:;!?)'"])(?:\[(?P<label>[^\[\]]*)\])?
    |<<(?P<anchor>[^<>,\n]{{1,200}})(?:,(?P<named>[^<>]*))?>>
    |(?:kbd|btn|pass|stem|icon|indexterm2?):[^\s\[\]]{{0,60}}\[(?P<key>[^\[\]]*)\]
    |menu:(?P<menu>[^\[\]\n]{{1,60}}\[[^\[\]]*\])
    |(?P<attribute>\{{[\w-]{{1,60}}(?:[:][^{{}}\n]{{0,60}})?\}})
    |\\(?P<escaped>[*_`#^~{{<\[+])
    |(?P<anchors>\[\[[^\[\]]{{1,200}}\]\])
    |``(?P<code>(?:(?!``).)+)``
    |{_OPEN}`\+?(?P<mono>(?!\s)[^`]+?)\+?`{_CLOSE}
    |(?:\[[^\[\]\n]{{0,60}}\])?(?:
      \*\*(?P<b2>(?:(?!\*\*).)+)\*\*
      |__(?P<i2>(?:(?!__).)+)__
      |\#\#(?P<m2>(?:(?!\#\#).)+)\#\#
      |{_OPEN}\*(?P<b>(?![\s*])[^*]+?)(?<!\s)\*{_CLOSE}
      |{_OPEN}_(?P<i>(?![\s_])[^_]+?)(?<!\s)_{_CLOSE}
      |{_OPEN}\#(?P<m>(?![\s#])[^#]+?)(?<!\s)\#{_CLOSE})
    |\^(?P<up>[^\s^]{{1,40}})\^
    |~(?P<down>[^\s~]{{1,40}})~
    |(?P<break>[ ]\+(?=\n|\Z))""",
    re.VERBOSE | re.DOTALL,
)
_PLAIN = ("b2", "i2", "m2", "b", "i", "m", "up", "down", "escaped", "key", "menu")


def read_inline(found: re.Match[str]) -> Inline:
    """What stays of a match of `INLINE`."""
    nothing = found.end(), found.end()
    if found["call"] is not None:
        return Inline(*found.span(), "placeholder", without_texts(found[0]))
    if found["footnote"] is not None:
        return Inline(*nothing, "footnote", "")
    if found["image"] is not None:
        return Inline(*nothing, "image", found["src"])
    if found["target"] is not None or found["anchor"] is not None:
        group, words = ("target", "words") if found["target"] is not None else ("anchor", "named")
        shown = words if found[words] else group
        return Inline(*_words(found, shown), "link", found[group])
    if found["address"] is not None:
        return Inline(*_words(found, "label" if found["label"] else "address"), "link", found["address"])
    if found["attribute"] is not None:
        return Inline(*found.span(), "placeholder", found[0])
    for group in ("code", "mono"):
        if found[group] is not None:
            kind: MarkKind = "code"
            return Inline(*found.span(group), kind, found[group])
    group = next((g for g in _PLAIN if found[g] is not None), "")
    return Inline(*found.span(group)) if group else Inline(*nothing)


def _words(found: re.Match[str], group: str) -> tuple[int, int]:
    """A link's words without its options: `Words^`, `Words,window=_blank`."""
    start, end = found.span(group)
    option = re.search(r"(?:\^|,\s*\w+=[^,]*)+\Z", found[group])
    return start, end - (len(option[0]) if option and group != "address" else 0)
