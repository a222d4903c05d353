"""Names exchanged on purpose, for fitting and measuring what finds them.

A story in two languages, of which one name on one side was exchanged: for a name of another story,
or for another name of the same story. What is planted and where is known.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import dataclass

from benchmarks.mixtures import ISO, Rows, Side, paragraphs, recut, side
from mlcheck.data import Alignment
from training.judge.plant.dates import ENGLISH_CALENDAR

Stories = dict[str, list[dict[str, str]]]

_MIDST = {
    "eng": re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b"),
    "zho": re.compile(r"(?<=·)[\u4e00-\u9fff]{2,4}(?=[，。（ ]|先生|说|表示|在|的|和)"),
}
_OTHER_MIDST = re.compile(r"(?<=[\w,] )[^\W\d_]{4,}\b")


@dataclass(frozen=True)
class Planted:
    """A case: a pair of documents, and the name that was planted, with what stood there before."""

    story: str
    languages: tuple[str, str]
    kind: str
    """`faithful`; or where the name is from (`foreign`, `own`) and on which side (`0`, `1`)."""
    alignment: Alignment
    planted: str = ""
    before: str = ""
    row: int = -1
    rows: tuple[tuple[frozenset[int], ...], tuple[frozenset[int], ...]] = ((), ())


def pool(stories: Stories, language: str) -> set[str]:
    """Names: capitalised inside sentences twice or more, never in lower case. German capitalises all
    nouns; there they are the words that English texts have as names too."""
    counts: Counter[str] = Counter()
    lower: set[str] = set()
    for rows in stories.values():
        for row in rows[1:]:
            counts.update(_found(row[language], language))
        for row in rows:
            lower.update(re.findall(r"\b[^\W\d_]+\b", row[language]))
    lower = {w for w in lower if w == w.lower()}
    names = {
        w
        for w, c in counts.items()
        if (c > 1 or language == "zho") and w.lower() not in lower and w not in ENGLISH_CALENDAR
    }
    return names & pool(stories, "eng") if language == "deu" else names


def _midst(text: str, language: str) -> list[re.Match[str]]:
    """Words inside a sentence that look like names."""
    if language in _MIDST:
        return list(_MIDST[language].finditer(text))
    return [
        m for m in _OTHER_MIDST.finditer(text) if m.group().istitle() and not text[m.start() - 2].isupper()
    ]


def _found(text: str, language: str) -> list[str]:
    return [m.group() for m in _midst(text, language)]


def plant(
    stories: Stories,
    name: str,
    languages: tuple[str, str],
    kind: str,
    seed: int,
    pools: dict[str, set[str]],
) -> tuple[Side, Side, str, str, int] | None:
    """The documents, what was planted, what stood there before and the row; None where the story has
    no name to exchange."""
    rng = random.Random(f"{name}/{languages}/{kind}/{seed}")
    texts: list[list[str]] = [[row[language] for row in stories[name]] for language in languages]
    planted = before = ""
    row = -1
    if kind != "faithful":
        which = int(kind[-1])
        language = languages[which]
        whole = set(re.findall(r"\w+", " ".join(texts[which])))
        own = sorted({w for t in texts[which] for w in _found(t, language) if w in pools[language]})
        others = sorted(w for w in pools[language] if w not in whole) if kind[:-1] == "foreign" else own
        order = list(range(1, len(texts[which])))
        rng.shuffle(order)
        for i in order:
            text = texts[which][i]
            hits = [m for m in _midst(text, language) if m.group() in pools[language]]
            if not hits:
                continue
            m = rng.choice(hits)
            choice = [w for w in others if w not in text and m.group() not in w and w not in m.group()]
            if choice:
                planted, before, row = rng.choice(choice), m.group(), i
                texts[which][i] = text[: m.start()] + planted + text[m.end() :]
                break
        else:
            return None
    cut = paragraphs([(i, "") for i in range(len(texts[0]))], rng)
    filled: list[list[Rows]] = [
        [[(i, side_texts[i]) for i, _ in p] for p in c]
        for c, side_texts in zip((cut, recut(cut, rng)), texts, strict=True)
    ]
    return side(filled[0], languages[0]), side(filled[1], languages[1]), planted, before, row


__all__ = ["ISO", "Planted", "plant", "pool"]
