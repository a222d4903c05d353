"""A negation that is lost, or put in."""

from __future__ import annotations

import random
import re

from training.judge import turkic
from training.judge.plant.quads import Edit, Edits
from training.judge.texts import Row, Seen, align

__all__ = ["negation"]

_AUX = r"is|are|was|were|will|would|could|should|can|has|have|had|did|does|do"
_NOT = re.compile(
    rf"\b({_AUX})( not)\b|\b(did|does|do|is|was|are|were|has|have|had|would|could|should)(n['’]t)\b"
)
_CAN = re.compile(
    r"\b(is|are|was|were|will|would|could|should|has|have|had|can)\b(?! not)(?!n['’]t)(?= (\w+)(?: (\w+))?)"
)
_CZECH = (
    r"byl[aoiy]?|bol[aoi]?|budou|budú|bude|budu|budeme|jsou|jsem|jsme|má|mají|majú|měl[aoiy]?|může|můžou|mohou|mohl[aoiy]?|"
    r"môže|môžu|mohol|mohla|mohli|chce|chtějí|chcú|chtěl[aoiy]?|chcel[aoi]?|musí|muset|ví|věděl[aoi]?|vedel[aoi]?|existuje|"
    r"je|patří|patrí|dal[aoiy]?|přišl[aoiy]?|prišl[aoi]?|řekl[aoi]?|povedal[aoi]?|stal[aoiy]?"
)
"""Verbs of Czech and Slovak whose negation is certain: other words begin with "ne" as well."""
_NO: dict[str, re.Pattern[str]] = {
    "ru": re.compile(r"\bне ", re.IGNORECASE),
    "uk": re.compile(r"\bне ", re.IGNORECASE),
    "pl": re.compile(r"\bnie ", re.IGNORECASE),
    "es": re.compile(r"\bno ", re.IGNORECASE),
    "it": re.compile(r"\bnon ", re.IGNORECASE),
    "pt": re.compile(r"\bnão ", re.IGNORECASE),
    "de": re.compile(r" nicht\b|\b(k)ein(?:e|en|em|er|es)?\b"),
    "nl": re.compile(r" niet\b|\b(g)een\b"),
    "sv": re.compile(r" inte\b"),
    "da": re.compile(r" ikke\b"),
    "fr": re.compile(r"\b(ne |n['’])[\w'’-]+(?: \w+)?( pas)\b"),
    "zh": re.compile(r"没有|没|未|不(?![过仅同断少久得如])"),
    "bg": re.compile(r"\bне ", re.IGNORECASE),
    "be": re.compile(r"\bне ", re.IGNORECASE),
    "ro": re.compile(r"\bnu ", re.IGNORECASE),
    "hu": re.compile(r"\bnem ", re.IGNORECASE),
    "el": re.compile(r"\bδεν ", re.IGNORECASE),
    "id": re.compile(r"\btidak ", re.IGNORECASE),
    "vi": re.compile(r"\bkhông ", re.IGNORECASE),
    "ka": re.compile(r"\bარ "),
    "he": re.compile(r"\bלא "),
    "cs": re.compile(rf"\b(ne)(?:{_CZECH})\b", re.IGNORECASE),
    "sk": re.compile(rf"\b(ne)(?:{_CZECH})\b", re.IGNORECASE),
    "tr": re.compile(r" değil\w*"),
    "az": re.compile(r" deyil\w*"),
}
_BEFORE = {
    "ru": "не ",
    "uk": "не ",
    "be": "не ",
    "bg": "не ",
    "pl": "nie ",
    "cs": "ne",
    "sk": "ne",
    "es": "no ",
    "it": "non ",
    "pt": "não ",
    "ro": "nu ",
    "hu": "nem ",
    "el": "δεν ",
    "id": "tidak ",
    "vi": "không ",
    "ka": "არ ",
    "he": "לא ",
    "zh": "没有",
}
_AFTER = {"de": " nicht", "nl": " niet", "sv": " inte", "da": " ikke"}
_VOWELS = frozenset("aeiouyhéêèâîôûàAEIOUYHÉÊ")
_SKIPPED = frozenset(
    [
        "a",
        "an",
        "the",
        "also",
        "been",
        "being",
        "be",
        "now",
        "still",
        "already",
        "only",
        "just",
        "never",
        "ever",
        "it",
        "he",
        "she",
        "they",
    ]
)


def negation(row: Row, rng: random.Random, seen: Seen) -> Edits | None:
    text = row.texts.get("en")
    if not text:
        return None
    there = list(_NOT.finditer(text))
    if there and rng.random() < 0.85:
        m = rng.choice(there)
        span = m.span(2) if m.group(2) else m.span(4)
        edits: Edits = {"en": [(*span, "")]}
        if len(there) == 1:
            for language, other in row.texts.items():
                if language != "en" and (own := _without_no(other, language)):
                    edits[language] = own
        return edits
    can = [m for m in _CAN.finditer(text) if m.start() > 0]
    if not can or there:
        return None
    m = rng.choice(can)
    edits = {"en": [(m.end(1), m.end(1), " not")]}
    which = 3 if m.group(2).lower() in _SKIPPED and m.group(3) else 2
    verb = m.span(which)
    for language, other in row.texts.items():
        if language not in _BEFORE and language not in _AFTER and language != "fr":
            continue
        if _NO[language].search(other):
            continue
        spans, others, links = align(seen, (text, "en"), (other, language), 0.35)
        for i, j, _ in links:
            if spans[i][0] == verb[0]:
                start, end = map(int, others[j])
                edits[language] = _put_no(other, start, end, language)
    return edits


def _without_no(text: str, language: str) -> list[Edit] | None:
    found = list(_NO[language].finditer(text)) if language in _NO else []
    if language in turkic.LANGUAGES and (verb := turkic.without_negation(text, language)):
        return None if found else [verb]
    if len(found) != 1:
        return None
    m = found[0]
    if language == "fr":
        return [(*m.span(1), ""), (*m.span(2), "")]
    if m.lastindex:
        return [(*m.span(1), "")]
    if m.start() == 0:  # the next word needs its capital
        end = min(m.end() + 1, len(text))
        return [(0, end, text[m.end() : end].upper())]
    return [(*m.span(), "")]


def _put_no(text: str, start: int, end: int, language: str) -> list[Edit]:
    if language in _BEFORE:
        return [(start, start, _BEFORE[language])]
    if language in _AFTER:
        return [(end, end, _AFTER[language])]
    return [(start, start, "n’" if text[start] in _VOWELS else "ne "), (end, end, " pas")]
