"""Which pairs have a file that changed: since a revision, or for the next commit. git is asked.

git's answers are taken with `-z`, byte by byte, so that no name of a file is quoted or cut; what a user
names as a revision is made a commit's hash first, and git never sees it again, so that it cannot be read
as an option.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from mlcheck.batch.item import Item
from mlcheck.batch.selection import Selection
from mlcheck.data import OneSided
from mlcheck.errors import UsageError
from mlcheck.files import named

__all__ = ["STAGED", "ChangedPair", "changed_pairs", "commit_of", "git", "only_changed", "top_of"]

STAGED: Final = None
"""In place of a revision: what is staged for the next commit. Not an empty string, which is what a variable
that nobody set gives."""

_HASH = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedPair:
    """A pair of which the source, the target or both changed."""

    item: Item
    source: bool
    target: bool
    since: str
    """How to say since when, as in `since main`."""

    @property
    def one_sided(self) -> OneSided | None:
        """That only one side changed; None where both did, or there is only one."""
        if (self.source and self.target) or self.item.lacks is not None or self.item.others:
            return None
        one, other = (self.item.source, self.item.target)[:: 1 if self.source else -1]
        return OneSided(
            side="source" if self.source else "target",
            message=f"only {one} changed {self.since}; {other} did not",
        )


def only_changed(selection: Selection, revision: str | None, folder: Path) -> Selection:
    """Those pairs of a selection that changed; they say where one side alone did. See `changed_pairs`."""
    pairs = changed_pairs(selection.items, revision, folder)
    return replace(selection, items=[replace(pair.item, one_sided=pair.one_sided) for pair in pairs])


def changed_pairs(items: Iterable[Item], revision: str | None, folder: Path) -> list[ChangedPair]:
    """The items of which either file changed, in their order.

    `revision` is anything that git can make a commit of; `REV...` is the commit where HEAD parted from REV;
    `STAGED` is the next commit. What counts is what stands in `folder`'s working tree now, files that git
    does not know yet included, or for `STAGED` in its index. A renamed file has changed. A file that git is
    told to ignore never changes, and one in a submodule does when the submodule does.

    Raises `UsageError` without git, outside a repository or in a bare one, for a revision that is not there,
    and for a file outside the repository, of which git could not tell.
    """
    top = top_of(folder)
    names = _staged(top) if revision is STAGED else _since(commit_of(top, revision), top)
    files = {os.path.join(top, os.fsdecode(name)).rstrip(os.sep) for name in names}  # noqa: PTH118
    since = "for this commit" if revision is STAGED else f"since {revision}"
    pairs = []
    for item in items:
        source, *others = (_is_among(path, files, top, folder) for path in item.paths)
        target = any(others)
        if source or target:
            pairs.append(ChangedPair(item=item, source=source, target=target, since=since))
    return pairs


def top_of(folder: Path) -> str:
    """The folder of the repository that a folder is in."""
    done = git(folder, "rev-parse", "--show-toplevel")
    top = os.fsdecode(done.stdout).removesuffix("\n")
    if done.returncode or not top:
        raise UsageError(
            f"--changed: git has no files to compare in {folder} ({_first_line(done.stderr)}); "
            "run it inside a repository that has a working tree"
        )
    return os.path.realpath(top)


def commit_of(top: str, revision: str) -> str:
    """The hash of a commit that somebody has named, as in `changed_pairs`."""
    name = revision.removesuffix("...")
    commit = _resolved(top, name)
    if commit is None:
        raise UsageError(f"--changed: no revision {revision!r} here; fetch it, or name one of git log")
    if name == revision:
        return commit
    done = git(top, "merge-base", commit, "HEAD")
    found = _hash(done)
    if found is None:
        raise UsageError(
            f"--changed: HEAD and {name} have no commit in common here; "
            "fetch more history (git fetch --unshallow)"
        )
    return found


def _resolved(top: str, name: str) -> str | None:
    # No name of a revision starts with a hyphen, and git would take this one for an option.
    if not name or name.startswith("-"):
        return None
    return _hash(git(top, "rev-parse", "--verify", "--quiet", name + "^{commit}"))


def _hash(done: subprocess.CompletedProcess[bytes]) -> str | None:
    text = done.stdout.decode("ascii", "replace").strip()
    return text if done.returncode == 0 and _HASH.fullmatch(text) else None


_NAMES = ("--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-relative")


def _since(commit: str, top: str) -> list[bytes]:
    known = _listed(top, "diff", *_NAMES, commit, "--")
    return known + _listed(top, "ls-files", "--others", "--exclude-standard", "-z")


def _staged(top: str) -> list[bytes]:
    # Without a revision: there is none before the first commit, and git then compares with nothing.
    return _listed(top, "diff", "--cached", *_NAMES, "--")


def _listed(top: str, *arguments: str) -> list[bytes]:
    done = git(top, *arguments)
    if done.returncode:
        raise UsageError(
            f"--changed: git {arguments[0]} failed ({_first_line(done.stderr)}); see what git status says"
        )
    return [name for name in done.stdout.split(b"\0") if name]


def git(folder: str | Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """What git answers; raises `UsageError` where it cannot be run."""
    # Without locks: somebody may be committing.
    command = ["git", "--no-optional-locks", *arguments]
    try:
        return subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the revision
        reason = getattr(error, "strerror", None) or error
        raise UsageError(
            f"--changed: git cannot be run ({reason}); install it, or name the files to check"
        ) from None


def _first_line(message: bytes) -> str:
    lines = message.decode("utf-8", "replace").split("\n")
    return next((line for line in lines if line.strip()), "it says nothing").removeprefix("fatal: ")


def _is_among(path: Path, files: set[str], top: str, folder: Path) -> bool:
    """Is the file, or what it links to, or a folder that it stands in (a submodule) among those?"""
    given = folder.absolute() / named(path).file
    # The name itself may be a link that the repository holds; its folders are followed.
    shapes = {os.path.join(os.path.realpath(given.parent), given.name), os.path.realpath(given)}  # noqa: PTH118
    inside = [shape for shape in shapes if shape.startswith(top.rstrip(os.sep) + os.sep)]
    if not inside:
        raise UsageError(f"--changed: {path} is outside the repository {Path(top).name}; check it by itself")
    return any(shape in files or any(str(up) in files for up in Path(shape).parents) for shape in inside)
