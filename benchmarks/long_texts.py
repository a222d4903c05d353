"""What long and hostile texts cost: processor time and memory of a whole check, each in a process of its own.

    python benchmarks/long_texts.py [CASE ...] [--judge none] [--encoder words|bundled] [--size N] [--limit S]

Prints a line a case: exit, processor seconds, the most memory held, what was said. `words` is an encoder that
costs next to nothing and gives as many and as large vectors as the bundled one, so that what is measured is
all the rest. `--size` is for cases whose name ends in a number, in its place.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "tests"))

from fake_encoder import LEXICON  # noqa: E402

Texts = tuple[str, str, str]
"""Source, target, and the suffix of both files."""

_CONSONANTS, _VOWELS = "bdfgklmnprstvz", "aeiou"


def word(number: int, german: bool = False) -> str:
    """A made-up word, and its German counterpart: the same with a `w` after it."""
    made = ""
    while not made or number:
        number, rest = divmod(number, 70)
        made += _CONSONANTS[rest // 5] + _VOWELS[rest % 5]
    return made + ("nd" if len(made) < 4 else "n") + "w" * german


_PAIRS = list(LEXICON.items())
_SMALL = {False: ("the", "of", "in", "and", "was"), True: ("die", "von", "in", "und", "war")}


def sentences(count: int, german: bool) -> Iterator[str]:
    """So many sentences of eight to twenty words, some with a figure or a name; both say the same."""
    chance = random.Random(1)
    for number in range(count):
        words = []
        for _ in range(chance.randint(4, 10)):
            words += [_SMALL[german][chance.randrange(5)], _PAIRS[chance.randrange(len(_PAIRS))][german]]
        if number % 5 == 0:
            words[3] = str(chance.randint(20, 90_000))
        if number % 7 == 0:
            words[5] = word(chance.randrange(400)).capitalize()
        yield f"{words[0].capitalize()} {' '.join(words[1:])}."


def _paragraphs(count: int, german: bool) -> str:
    all_ = list(sentences(count, german))
    return "\n\n".join(" ".join(all_[k : k + 5]) for k in range(0, count, 5)) + "\n"


def _both(unit: str, size: int = 1_000_000) -> Texts:
    text = "The ferries cross the bay again on Sunday.\n\n" + unit * (size // len(unit)) + "\n"
    return (
        text,
        text.replace("The ferries cross the bay again", "Die Fähren überqueren wieder die Bucht"),
        "txt",
    )


def _words(count: int) -> Texts:
    one, two = ("\n\n".join(word(k, german) for k in range(count)) for german in (False, True))
    return one, two, "txt"


def _table(rows: int) -> Texts:
    def table(german: bool) -> str:
        lines = [f"| {word(k, german)} | {k} |" for k in range(rows)]
        return "\n".join(["# " + word(7, german).capitalize(), "", "| A | B |", "|---|---|", *lines]) + "\n"

    return table(False), table(True), "md"


def _names(count: int) -> Texts:
    names = ", ".join(word(5_000 + k).capitalize() for k in range(count))
    return f"The mayor thanked {names}.\n", f"Der Bürgermeister dankte {names}.\n", "txt"


def _link(spaces: int) -> Texts:
    texts = (
        f"{opening} [a]({' ' * spaces}b) and [{' ' * spaces}](b.\n" for opening in ("The bay", "Die Bucht")
    )
    return (*texts, "md")


CASES: dict[str, Callable[[int], Texts]] = {
    "words-50000": _words,
    "words-16000": _words,
    "equal-50000": lambda n: ("\n\n".join(["Ferries"] * n), "\n\n".join(["Fähren"] * n), "txt"),
    "equal-sentences-50000": lambda n: (
        "\n\n".join(["The ferries cross the bay again."] * n),
        "\n\n".join(["Die Fähren überqueren wieder die Bucht."] * n),
        "txt",
    ),
    "digits": lambda _: _both("1 "),
    "large": lambda _: _both("1,234 "),
    "ranges": lambda _: _both("5-7 "),
    "years": lambda _: _both("2019 "),
    "spans": lambda _: _both("2019-20 "),
    "link-200000": _link,
    "table-10000": _table,
    "word": lambda _: _both("a"),
    "number": lambda _: _both("7"),
    "names-5000": _names,
    "sentences-20000": lambda n: (_paragraphs(n, False), _paragraphs(n, True), "txt"),
    "sentences-100000": lambda n: (_paragraphs(n, False), _paragraphs(n, True), "txt"),
}


def child(arguments: list[str]) -> None:
    """The command line with the cheap encoder."""
    from mlcheck import cli, pipeline

    real = pipeline.Checker

    def checker(*own: object, **named: object) -> pipeline.Checker:
        return real(*own, **{**named, "encoder": Words()})  # type: ignore[arg-type]

    pipeline.Checker = checker  # type: ignore[assignment, misc]
    sys.argv = ["mlcheck", *arguments]
    cli.main()


class Words:
    """A vector a word, the same for both languages; a sentence is their mean."""

    reproducible = True
    languages = None

    def __init__(self) -> None:
        from mlcheck.data import EncoderId

        self.id = EncoderId(name="words", revision="1", sha256="0" * 64)

    def encode(self, texts):
        return self.encode_with_words(texts)[0]

    def encode_with_words(self, texts):
        import numpy as np

        from mlcheck.encode import WordVectors

        vectors, words = np.empty((len(texts), 384), np.float32), []
        for number, text in enumerate(texts):
            spans = [found.span() for found in re.finditer(r"\w+", text)] or [(0, len(text))]
            own = np.stack([_vector(_meaning(text[start:end].casefold())) for start, end in spans])
            mean = own.mean(axis=0)
            vectors[number] = mean / np.linalg.norm(mean)
            words.append(WordVectors(spans=np.array(spans, np.int64), vectors=own))
        return vectors, words


_GERMAN = {german: english for english, german in _PAIRS} | dict(
    zip(_SMALL[True], _SMALL[False], strict=True)
)


def _meaning(found: str) -> str:
    return _GERMAN.get(found, found).rstrip("w")


@lru_cache(maxsize=100_000)
def _vector(text: str):
    import numpy as np

    seed = int.from_bytes(hashlib.sha256(text[:100].encode("utf-8", "replace")).digest()[:8], "big")
    # As in real encoders, most of what differs lies along few dimensions.
    made = np.random.default_rng(seed).normal(size=384) / np.arange(8, 392)
    return (made / np.linalg.norm(made)).astype(np.float32)


def measure(name: str, options: argparse.Namespace) -> str:
    """The line of a case."""
    size = options.size or int((re.search(r"\d+$", name) or ["0"])[0])
    source, target, suffix = CASES[name](size)
    with tempfile.TemporaryDirectory() as folder:
        paths = [str(Path(folder, f"{side}.{suffix}")) for side in ("a", "b")]
        for path, text in zip(paths, (source, target), strict=True):
            Path(path).write_text(text, encoding="utf-8")
        arguments = ["check", *paths, "--lang", "en", "--lang", "de", "--format", "jsonl", "--no-cache"]
        arguments += ["--judge", options.judge] if options.judge else []
        arguments += ["--output", str(Path(folder, "r.jsonl")), "--max-size", "100000000"]
        start = [str(Path(__file__)), "--child"] if options.encoder == "words" else ["-m", "mlcheck"]
        with Path(folder, "said").open("w+") as said:
            process = subprocess.Popen(
                [
                    "timeout",
                    "-s",
                    "ABRT",
                    str(options.limit),
                    sys.executable,
                    "-X",
                    "faulthandler",
                    *start,
                    *arguments,
                ],
                cwd=folder,
                env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
                stderr=said,
                stdout=said,
            )
            _, status, used = os.wait4(process.pid, 0)
            said.seek(0)
            told = said.read().strip().splitlines()
        report = Path(folder, "r.jsonl")
        found = f"{report.stat().st_size / 1e6:.0f} MB of report" if report.exists() else ""
    text = " / ".join(told if options.all else told[-1:])
    code = os.waitstatus_to_exitcode(status)
    return (
        f"{name:24} {size or '':>7} exit {code} {used.ru_utime + used.ru_stime:7.1f} s "
        f"{used.ru_maxrss / 1e6:6.2f} GB  {found} {text}"
    )


def main() -> None:
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2:])
        return
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("case", nargs="*", metavar="CASE", help=", ".join(CASES))
    parser.add_argument("--judge")
    parser.add_argument("--encoder", choices=["words", "bundled"], default="words")
    parser.add_argument("--size", type=int)
    parser.add_argument("--limit", type=int, default=300)
    parser.add_argument("--all", action="store_true", help="print all that was said")
    options = parser.parse_args()
    for name in options.case or CASES:
        print(measure(name, options), flush=True)


if __name__ == "__main__":
    main()
