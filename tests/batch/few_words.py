"""The command line with the encoder of a few words, in a process of its own and in those that it starts,
which read this file anew. What a target is called says what else happens to its pair:

- `sleeps…`: it is never done, and holds the interpreter, as native code does;
- `dies…`: its process ends, each time;
- `falters…`: its process ends, the first time.
"""

from __future__ import annotations

import os
import re
import signal
import sys
from pathlib import Path
from typing import Any

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS.parent), str(TESTS)]

from fake_encoder import FakeEncoder  # noqa: E402

from mlcheck import pipeline  # noqa: E402
from mlcheck.cli import main  # noqa: E402
from mlcheck.data import Report  # noqa: E402

_ENDLESS = re.compile(r"(a|a)*b")


class FewWords(pipeline.Checker):
    def __init__(self, model: str | None = None, **options: Any) -> None:
        super().__init__(model, **{**options, "encoder": FakeEncoder(), "cache": False})

    def check(self, source: Any, target: Any, **options: Any) -> Report:
        name = Path(str(target)).name
        if name.startswith("sleeps"):
            _ENDLESS.fullmatch("a" * 60)
        if name.startswith("dies") or (name.startswith("falters") and not Path(f"{target}.began").exists()):
            Path(f"{target}.began").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return super().check(source, target, **options)


pipeline.Checker = FewWords  # type: ignore[misc]

if __name__ == "__main__":
    main()
