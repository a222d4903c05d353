"""What a pair is worked on with: an encoder, a judge, and what is known of its languages beforehand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mlcheck.align import Background
from mlcheck.data import Document, Note
from mlcheck.encode import Encoder, Loaded, Memory, general_centre, general_length, general_text, load_encoder
from mlcheck.judge import Judge, LoadedJudge, load_judge
from mlcheck.languages import base
from mlcheck.models import ModelEntry

__all__ = ["Toolbox", "Tools"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """The tools of one pair, chosen once."""

    encoder: Encoder
    judge: Judge | None
    """None where none is used."""
    memory: Memory
    """What the encoder gave for texts that were asked before."""
    background: Background
    chosen: tuple[Note, ...]
    """What the reader of a report should know of the choice."""

    @property
    def notes(self) -> tuple[Note, ...]:
        """That, and what was wrong with a model's files, which shows when they are first needed."""
        said = {note.code: note.message for note in self.chosen}
        for code, tool in (("model", self.encoder), ("judge", self.judge)):
            fault = getattr(tool, "fault", None)
            if fault and fault not in said.get(code, ""):
                said[code] = "; ".join(part for part in (fault, said.get(code)) if part)
        return tuple(Note(code=code, message=said[code]) for code in ("model", "judge") if code in said)

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Vectors of one text or more, none of them blank: (texts, dimensions), rows of length 1."""
        return self.memory.recall(self.encoder, texts)[0]


class Toolbox:
    """Chooses tools for pair after pair. What was loaded for one is kept for the next."""

    def __init__(
        self,
        model: str | None,
        judge: str | None,
        *,
        models: tuple[ModelEntry, ...],
        memory: Memory,
        encoder: Encoder | None = None,
        progress: Callable[[str], None] | None = None,
    ) -> None:
        """`model` and `judge` are names, or None for the default; `encoder` is one of the caller's own, and
        no model is loaded then. `progress` is called with a line when something takes long."""
        self._model = model
        self._judge_name = judge
        self._models = models
        self._memory = memory
        self._own = None if encoder is None else Loaded(encoder=encoder)
        self._progress = progress
        self._loaded: dict[tuple[str, ...], Loaded] = {}
        self._encoders: dict[ModelEntry, Loaded] = {}
        self._judges: list[LoadedJudge] = []

    def choose(self, source: Document, target: Document) -> Tools:
        """The tools for a pair of documents, by their languages. Raises `ModelError` where no model, or not
        the judge that was named, can be used."""
        languages = tuple(sorted({base(document.language) for document in (source, target)}))
        loaded = self._encoder(languages)
        judge = self._judge(loaded.encoder)
        notes = {"model": loaded.note, "judge": judge.said(languages)}
        return Tools(
            encoder=loaded.encoder,
            judge=judge.judge,
            memory=self._memory,
            background=_background(loaded.encoder, source.language, target.language),
            chosen=tuple(Note(code=code, message=message) for code, message in notes.items() if message),
        )

    def _encoder(self, languages: tuple[str, ...]) -> Loaded:
        if self._own is not None:
            return self._own
        if languages not in self._loaded:
            self._loaded[languages] = load_encoder(
                self._model,
                models=self._models,
                languages=languages,
                progress=self._progress,
                kept=self._encoders,
            )
        return self._loaded[languages]

    def _judge(self, encoder: Encoder) -> LoadedJudge:
        if self._own is not None and self._judge_name is None:
            return LoadedJudge(judge=None)  # whoever brings an encoder asks for a judge by name
        for known in self._judges:
            if known.goes_with(encoder):
                return known
        found = load_judge(
            self._judge_name,
            models=self._models,
            encoder=encoder,
            memory=self._memory,
            progress=self._progress,
        )
        self._judges.append(found)
        return found


def _background(encoder: Encoder, source: str, target: str) -> Background:
    one, two = (general_centre(encoder, language) for language in (source, target))
    lengths = [general_length(language) for language in (source, target)]
    expansion = lengths[0] / lengths[1] if lengths[0] and lengths[1] else 1.0
    left, right = (general_text(encoder, language) for language in (source, target))
    return Background(one, two, expansion, (left, right) if left and right else None)
