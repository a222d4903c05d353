"""The judge room: pairs of passages in, judgements out. Nothing heavy is imported before one is loaded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from mlcheck.encode import Encoder, Memory
from mlcheck.errors import ModelError
from mlcheck.judge.combine import coefficients
from mlcheck.judge.features import bounded
from mlcheck.judge.links import judge_links
from mlcheck.judge.protocol import Judge, LoadedJudge
from mlcheck.models import JUDGE_FOLDER, NONE, ModelEntry, find_entry, is_bundled

__all__ = ["Judge", "LoadedJudge", "bounded", "coefficients", "judge_links", "load_judge"]


def load_judge(
    name: str | None,
    *,
    models: Sequence[ModelEntry],
    encoder: Encoder,
    memory: Memory | None = None,
    folder: Path | None = None,
    cache_dir: Path | None = None,
    offline: bool = False,
    progress: Callable[[str], None] | None = None,
) -> LoadedJudge:
    """The judge called `name`, or the first of `models` where `name` is None; `none` is no judge.

    `encoder` encodes the texts anyway, and `memory` keeps what it gave; the bundled judge reads that.
    Unless it is named, it is left out where there is none in this copy of mlcheck, or where the encoder
    is another than its own, which the note says. A name is obeyed: an entry of `models`, a folder, or a
    hub's id, of a `CrossEncoder`. `folder` holds the bundled judge's files, if not mlcheck's own. Raises
    `ModelError` where a judge cannot be loaded.
    """
    if name == NONE:
        return LoadedJudge(judge=None)
    if name is None:
        entries = [entry for entry in models if entry.role == "judge"]
        if not entries:
            return LoadedJudge(judge=None)
        entry = entries[0]
    else:
        entry = find_entry(name, models, "judge")
    if entry.kind != "bundled":
        from mlcheck.judge.cross_encoder import load_cross_encoder

        judge = load_cross_encoder(entry, offline=offline, progress=progress)
        return LoadedJudge(judge=judge, entry=entry)

    from mlcheck.judge.bundled import load_bundled, reads

    folder = folder or JUDGE_FOLDER
    if not is_bundled(folder):
        if name is None:
            return LoadedJudge(judge=None)
        raise ModelError(f"{entry.name}: this copy of mlcheck comes without it; check with --judge none")
    if not reads(encoder):
        if name is None:
            note = "the judge reads the vectors of e5-small, so with {} it is not used"
            return LoadedJudge(judge=None, note=note.format(encoder.id.name), encoder=encoder)
        raise ModelError(
            f"{entry.name} reads the vectors of e5-small, and the model is {encoder.id.name}; check with "
            "--model e5-small, or with --judge none"
        )
    ready, damaged = load_bundled(entry, encoder=encoder, memory=memory, folder=folder, cache_dir=cache_dir)
    return LoadedJudge(judge=ready, note=damaged, entry=entry, encoder=encoder)
