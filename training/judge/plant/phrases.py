"""What is cut off, dropped or replaced, on both sides by the alignment of their words."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field

from training.judge.plant.quads import Edit, Version, changed
from training.judge.texts import Row, Seen, align

__all__ = ["Phrasebook", "cut", "drop", "replace"]

_SPACELESS = {"zh", "ja", "th"}
_WEIGHTY = 5
"""Letters of a word without which a sentence says less."""


def cut(row: Row, languages: tuple[str, str], rng: random.Random, seen: Seen) -> tuple | None:
    """Both sides without their last, or first, part, where hardly a word link crosses the cut."""
    one, two = ((row.texts[language], language) for language in languages)
    spans, others, links = align(seen, one, two)
    if len(spans) < 10 or len(others) < 8 or len(links) < 4:
        return None
    share = rng.uniform(0.3, 0.8)
    i = max(2, min(len(spans) - 2, round(share * len(spans))))
    best = None
    for j in range(
        max(2, int(len(others) * (share - 0.2))), min(len(others) - 1, int(len(others) * (share + 0.2)) + 2)
    ):
        crossing = sum((a < i) != (b < j) for a, b, _ in links)
        cost = crossing / len(links) + 0.3 * abs(j / len(others) - share)
        if best is None or cost < best[0]:
            best = cost, j, crossing
    if best is None or best[2] > 0.13 * len(links):
        return None
    last = rng.random() < 0.75
    return (
        _part(one, spans, i, last),
        _part(two, others, best[1], last),
    )


def _part(side: tuple[str, str], spans, at: int, last: bool) -> tuple[Version, Version]:
    text, language = side
    if last:
        end = int(spans[at - 1][1])
        stop = "。" if language in ("zh", "ja") else "."
        new = text[:end].rstrip(' ,;:–-，、；«“„"(') + stop
        mark = (0, int(spans[at][0]), int(spans[-1][1]))
    else:
        start = int(spans[at][0])
        new = text[start].upper() + text[start + 1 :]
        mark = (0, int(spans[0][0]), int(spans[at - 1][1]))
    return Version((text,), (mark,)), Version((new,))


def _phrases(links, spans, others, longest: int):
    """Stretches of neighbouring words that are linked to neighbouring words only: (i, i2, j, j2)."""
    to, back = {i: j for i, j, _ in links}, {j: i for i, j, _ in links}
    for i in range(len(spans)):
        for size in range(1, longest + 1):
            own = [to.get(k) for k in range(i, i + size)]
            if any(j is None for j in own):
                break
            low, high = min(own), max(own)
            if high - low < size + 1 and all(
                back.get(j, i) in range(i, i + size) for j in range(low, high + 1)
            ):
                yield i, i + size, low, high + 1


def drop(row: Row, languages: tuple[str, str], rng: random.Random, seen: Seen) -> tuple | None:
    """Both sides without a phrase."""
    one, two = ((row.texts[language], language) for language in languages)
    spans, others, links = align(seen, one, two, 0.5)
    found = [
        p
        for p in _phrases(links, spans, others, 6)
        if p[0] > 0 and p[1] < len(spans) and _says_something(one, spans[p[0] : p[1]])
    ]
    if not found:
        return None
    size = rng.choice((1, 1, 1, 2, 2, 3, 4, 5, 6))
    fitting = [p for p in found if p[1] - p[0] == size] or found
    i, i2, j, j2 = rng.choice(fitting)
    return tuple(
        changed(text, [_removal(text, language, int(where[a][0]), int(where[b - 1][1]))])
        for (text, language), where, a, b in ((one, spans, i, i2), (two, others, j, j2))
    )


def _says_something(side: tuple[str, str], spans) -> bool:
    """Whether words are more than an article or a preposition, which a translation may lack: by their
    length, as lists of such words are not at hand in all languages."""
    _, language = side
    longest = max(int(end) - int(start) for start, end in spans)
    return longest >= (2 if language in _SPACELESS else _WEIGHTY)


def _removal(text: str, language: str, start: int, end: int) -> Edit:
    if language not in _SPACELESS and start > 0 and text[start - 1] == " ":
        start -= 1
    return start, end, ""


@dataclass(slots=True)
class Phrasebook:
    """Linked words of all sentences, by languages: the word, its counterpart, and the word's vector."""

    pairs: dict[tuple[str, str], list[tuple[str, str, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    vectors: dict[tuple[str, str], object] = field(default_factory=dict)

    def fill(self, stories: list[list[Row]], languages: list[tuple[str, str]], seen: Seen, rng) -> None:
        import numpy as np

        # Sorted: the order of a set differs from run to run, and `rng` is drawn from along the way.
        wanted, collected = sorted(set(languages)), defaultdict(list)
        for rows in stories:
            for row in rows:
                for pair in wanted:
                    if pair[0] in row.texts and pair[1] in row.texts:
                        one, two = ((row.texts[language], language) for language in pair)
                        spans, others, links = align(seen, one, two, 0.6)
                        _, x = seen.words(*one)
                        for i, j, _ in rng.sample(links, min(6, len(links))):
                            word = one[0][slice(*map(int, spans[i]))]
                            if len(word) > 2 or pair[0] in _SPACELESS:
                                self.pairs[pair].append(
                                    (word, two[0][slice(*map(int, others[j]))], row.story)
                                )
                                collected[pair].append(x[i])
        for pair, own in collected.items():
            self.vectors[pair] = np.stack(own)


def replace(
    row: Row, languages: tuple[str, str], rng: random.Random, seen: Seen, book: Phrasebook
) -> tuple | None:
    """A word and its counterpart exchanged for a like pair of another story."""
    import numpy as np

    if languages not in book.vectors:
        return None
    one, two = ((row.texts[language], language) for language in languages)
    spans, others, links = align(seen, one, two, 0.5)
    _, x = seen.words(*one)
    links = [
        link for link in links if len(one[0][slice(*map(int, spans[link[0]]))]) > 2 or one[1] in _SPACELESS
    ]
    if not links:
        return None
    i, j, _ = rng.choice(links)
    old, there = one[0][slice(*map(int, spans[i]))], two[0][slice(*map(int, others[j]))]
    likeness = book.vectors[languages] @ x[i]
    near = np.argsort(-likeness)[:300]
    fitting = [
        k
        for k in near
        if likeness[k] < 0.9
        and (pair := book.pairs[languages][k])[2] != row.story
        and pair[0][0].isupper() == old[0].isupper()
        and pair[0].lower() != old.lower()
        and pair[1].lower() != there.lower()
        and pair[0][:4].lower() != old[:4].lower()
        and (pair[1][:4].lower() != there[:4].lower() or languages[1] in _SPACELESS)
    ]
    if not fitting:
        return None
    new, new_there, _ = book.pairs[languages][rng.choice(fitting[:40])]
    return (
        changed(one[0], [(int(spans[i][0]), int(spans[i][1]), new)]),
        changed(two[0], [(int(others[j][0]), int(others[j][1]), new_there)]),
    )
