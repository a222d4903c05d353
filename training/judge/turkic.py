"""Turkish and Azerbaijani verbs without their negation, which is a syllable inside the word.

`gelmedi` (did not come) is made `geldi`, `olmayacaq` (will not be) `olacaq`. Only forms whose positive is
regular are known; the aorist (`gelmez`, `gelir`) is not.
"""

from __future__ import annotations

import re

__all__ = ["LANGUAGES", "without_negation"]

LANGUAGES = ("tr", "az")

_VOWELS = "aeəıioöuü"
_FRONT = frozenset("eəiöü")
_ROUNDED = frozenset("oöuü")
_VOICELESS = frozenset("fstkçşhp")
_LOW = {"tr": "e", "az": "ə"}
_VOICED = {
    "tr": frozenset(
        ["et", "git", "kaybet", "affet", "hisset", "reddet", "seyret", "terket", "zannet", "tat", "güt"]
    ),
    "az": frozenset(["et", "get", "güt"]),
}
"""Stems whose `t` is a `d` before a vowel; most stems in -t (`öğret`) keep it."""
_CANNOT = re.compile(r"(?:[ıiuü][ln]|ol|gör|yap|ver|al|gel|bul)[aeə]$")
"""Stems with the vowel of inability (`görül-e-medi`), whose positive is another word altogether."""
_NOUNS = ("damadı", "məmur", "kömür", "təmir", "dəmir", "əmir", "hamamdı", "yamadı")
"""What words begin with that look like negated verbs."""

# The negation with what follows it: the ending, where `A` stands for a or e (ə) and `I` for the four high
# vowels, and whether a stem that ends in a vowel takes a `y` before it, or loses the vowel.
_ENDINGS: dict[str, list[tuple[str, str, str]]] = {
    "tr": [
        (r"m[ae]d[ıi](?=(?:[mnk]|l[ae]r|n[ıi]z|y\w*|[ğk]\w*)?\b)", "dI", ""),
        (r"m[ae]m[ıi]ş", "mIş", ""),
        (r"m[ae]y[ae]c[ae](?=[kğ])", "AcA", "y"),
        (r"m[ıiuü]yor", "Iyor", "lose"),
        (r"m[ae]y[ae]n", "An", "y"),
    ],
    "az": [
        (r"m[aə]d[ıi](?=(?:[mnk]|l[aə]r|n[ıi]z|[ğyqk]\w*)?\b)", "dI", ""),
        (r"m[aə]m[ıi]ş", "mIş", ""),
        (r"m[aə]y[aə]c[aə](?=[qğk])", "AcA", "y"),
        (r"m[ıiuü](?=r)", "I", "y"),
        (r"m[aə]y[ıi](?=b)", "I", "y"),
        (r"m[aə]y[aə]n", "An", "y"),
    ],
}
_PATTERNS = {
    language: [
        (re.compile(rf"\b(\w+?){negated}(\w*)"), positive, joint) for negated, positive, joint in endings
    ]
    for language, endings in _ENDINGS.items()
}


def without_negation(text: str, language: str) -> tuple[int, int, str] | None:
    """What to replace by what, (start, end, text), to take the negation out of the only negated verb;
    None where there is none, or more than one."""
    found = {}
    for pattern, positive, joint in _PATTERNS[language]:
        for m in pattern.finditer(text):
            stem = m.group(1)
            if (
                m.group().lower().startswith(_NOUNS)
                or len(stem) < 2
                or _CANNOT.search(stem)
                or not any(c in _VOWELS for c in stem)
            ):
                continue
            found[m.start()] = m.end(1), m.end(), _joined(stem, positive, joint, m.group(2), language), stem
    if len(found) != 1:
        return None
    start, end, word, stem = next(iter(found.values()))
    return start - len(stem), end, word


def _joined(stem: str, positive: str, joint: str, rest: str, language: str) -> str:
    open_ended = stem[-1] in _VOWELS
    if joint == "lose" and open_ended:
        stem = stem[:-1]
    elif joint == "y" and open_ended:
        positive = "y" + positive
    if positive[0] in "AI" and stem in _VOICED[language]:
        stem = stem[:-1] + "d"
    if language == "tr" and positive[0] == "d" and stem[-1] in _VOICELESS:
        positive = "t" + positive[1:]
    return stem + _harmonised(stem, positive, rest, language)


def _harmonised(stem: str, positive: str, rest: str, language: str) -> str:
    """The ending with its vowels like those before them. The vowels of `rest` followed the negation's
    vowel, and now follow the stem's."""
    before = next((c for c in reversed(stem) if c in _VOWELS), "e")
    result = ""
    for at, letter in enumerate(positive + rest):
        vowel, own = letter, at < len(positive)
        if letter == "A" or (not own and letter in "aeə" and "ke" not in rest):  # `-yken`, `-ki` never change
            vowel = _LOW[language] if before in _FRONT else "a"
        elif letter == "I" or (not own and letter in "ıiuü"):
            vowel = {
                (True, True): "ü",
                (True, False): "i",
                (False, True): "u",
                (False, False): "ı",
            }[before in _FRONT, before in _ROUNDED]
        result += vowel
        if vowel in _VOWELS:
            before = vowel
    return result
