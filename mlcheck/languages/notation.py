"""The one notation for the forms of a word, in every list of a language's file.

An entry is a word or a phrase. Brackets hold what may stand at their place, between bars; an empty
choice is nothing: `март(|а|у)` is `март`, `марта` and `марту`; `(в|во) втор(ой|ую)` is four phrases. `(*)`
stands for each of the endings that the section lists under `endings`. In `numbers.units`, `opposites.pairs`
and `negation.turns` a `*` at the end of a word is any ending.

>>> expand("пят(ь|и|ью)")
('пять', 'пяти', 'пятью')
"""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["expand"]


def expand(entry: str, endings: Sequence[str] = ()) -> tuple[str, ...]:
    """All forms that an entry stands for, in the order in which they are written. Raises `ValueError`
    where its brackets do not pair, or `(*)` has no endings."""
    if "(" not in entry and ")" not in entry:
        if "|" in entry:
            raise ValueError(f"{entry!r}: a bar outside brackets")
        return (entry,)
    parts = re.split(r"([()])", entry)
    if "".join(parts[1::2]).replace("()", ""):
        raise ValueError(f"{entry!r}: its brackets do not pair")
    grown = [""]
    for number, part in enumerate(parts[::2]):
        if number % 2 == 0:
            if "|" in part:
                raise ValueError(f"{entry!r}: a bar outside brackets")
            choices: Sequence[str] = (part,)
        elif part == "*":
            if not endings:
                raise ValueError(f"{entry!r}: the section has no endings for (*)")
            choices = endings
        else:
            choices = part.split("|")
        grown = [start + choice for start in grown for choice in choices]
    return tuple(grown)
