"""What can go wrong, told to a person: what, where, what to do next, on one line."""

from __future__ import annotations

__all__ = ["InputError", "ItemLost", "ItemTimeout", "MlcheckError", "ModelError", "UsageError"]


class MlcheckError(Exception):
    """Base of all errors that mlcheck raises on purpose; `code` names the kind in JSON."""

    code = "error"


class UsageError(MlcheckError):
    """The command line, a configuration, a models.txt or a manifest is not what it should be."""

    code = "usage"


class InputError(MlcheckError):
    """A document cannot be checked: missing, empty, binary, too large."""

    code = "input"


class ModelError(MlcheckError):
    """A model is unknown, not here, or not what its hash says."""

    code = "model"


class ItemTimeout(MlcheckError):
    """A pair takes longer than it may."""

    code = "timeout"


class ItemLost(MlcheckError):
    """The process that checked a pair ended, again and again."""

    code = "lost"
