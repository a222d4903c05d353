"""Numbers in words by CLDR's spell-out rules, as far as the package's numerals ask for them.

A rule is a base and a text: `100: ←← hundred[ →→];` says that what stands for the hundreds comes first, then
"hundred", then the rest, where there is one. Unicode Technical Standard 35, part 3, has the syntax.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

__all__ = ["Rules", "Unspoken"]

_SUBSTITUTION = re.compile(r"→→→|→(%%?[\w-]+)?→|←(%%?[\w-]+)?←|=(%%?[\w-]+)=|\$\((cardinal|ordinal),([^)]*)\)\$")
_UNSEEN = {0xAD: None, 0x200B: None, 0x200E: None, 0x200F: None}
_OPTION = re.compile(r"(\w+)\{([^}]*)\}")


class Unspoken(Exception):
    """There are no words for a number, or a rule is of a kind that is not read here."""


class Rules:
    """The spell-out rules of a language."""

    def __init__(self, path: Path) -> None:
        sets = json.loads(path.read_text(encoding="utf-8"))["rbnf"]["rbnf"].get("SpelloutRules", {})
        self.sets: dict[str, list[tuple[int, int, str]]] = {}
        for name, rules in sets.items():
            found = [_rule(*rule) for rule in rules if len(rule) == 2]
            self.sets[name] = sorted(rule for rule in found if rule is not None)

    def names(self, *parts: str) -> list[str]:
        """The rule sets in whose names one of the parts stands, but those of years and of plurals (of nouns that have no singular)."""
        return [n for n in self.sets if any(part in n for part in parts) and "year" not in n and "plural" not in n]

    def spell(self, number: int, name: str) -> tuple[str, ...]:
        """Every form that a rule set has of a number: of words that follow its plurals, each."""
        try:
            forms = self._spell(number, name, 0)
        except (Unspoken, RecursionError):
            return ()
        return tuple(dict.fromkeys(" ".join(form.translate(_UNSEEN).split()) for form in forms))

    @lru_cache(maxsize=100_000)  # noqa: B019 - one object a language
    def _spell(self, number: int, name: str, depth: int) -> tuple[str, ...]:
        rules = self.sets.get(name, [])
        base, divisor, text = next((r for r in reversed(rules) if r[0] <= number), (0, 1, ""))
        if not text or depth > 12:
            raise Unspoken(name)
        rest = number % divisor
        text = re.sub(r"\[([^\]]*)\]", lambda m: m[1] if rest else "", text)
        forms = [""]
        at = 0
        for match in _SUBSTITUTION.finditer(text):
            literal = text[at : match.start()]
            at = match.end()
            own = self._part(match, number, divisor, name, depth)
            forms = [form + literal + part for form in forms for part in own][:24]
        if "=" in text[at:] or "#" in text:
            raise Unspoken(text)
        return tuple(form + text[at:] for form in forms)

    def _part(
        self, match: re.Match[str], number: int, divisor: int, name: str, depth: int
    ) -> tuple[str, ...]:
        whole = match.group()
        if whole.startswith("$"):
            return tuple(option[2] for option in _OPTION.finditer(match[5]))
        if whole.startswith("="):
            return self._spell(number, match[3], depth + 1)
        if whole.startswith("←"):
            return self._spell(number // divisor, match[2] or name, depth + 1)
        return self._spell(number % divisor, match[1] or name, depth + 1)

    def scales(self, name: str) -> Iterator[tuple[int, str]]:
        """The powers of ten from a thousand on, and the words that stand beside their multiples."""
        for base, divisor, text in self.sets.get(name, []):
            if base < 1000 or divisor < 1000 or "#" in text or (base != divisor and "←" not in text):
                continue
            bare = re.sub(r"\[[^\]]*\]", "", text)
            forms = [""]
            at = 0
            for match in _SUBSTITUTION.finditer(bare):
                literal = bare[at : match.start()]
                at = match.end()
                options = [o[2] for o in _OPTION.finditer(match[5])] if match[4] else [" "]
                forms = [form + literal + option for form in forms for option in options]
            for form in forms:
                yield divisor, " ".join((form + bare[at:]).translate(_UNSEEN).split())


def _rule(base: str, text: str) -> tuple[int, int, str] | None:
    """Base, divisor and text; None for what is no whole number (negatives, decimals)."""
    match = re.fullmatch(r"([0-9]+)(?:/([0-9]+))?(>*)", base.replace(",", ""))
    if not match:
        return None
    value, radix = int(match[1]), int(match[2] or 10)
    divisor = 1
    while divisor * radix <= value:
        divisor *= radix
    for _ in match[3]:
        divisor //= radix
    return value, max(divisor, 1), text.removesuffix(";").lstrip("'")
