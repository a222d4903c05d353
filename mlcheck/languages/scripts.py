"""Characters that are words, or parts of words, without a space: the question of a text whose language is
not known, or does not matter."""

from __future__ import annotations

__all__ = ["KATAKANA", "UNSPACED"]

UNSPACED = (
    "\u3005-\u3007\u3041-\u309f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
)
"""Han, Hiragana, Thai, Lao, Burmese, Khmer; for the inside of a regular expression's brackets."""
KATAKANA = "\u30a0-\u30ff"
"""Apart, because a name in it is set off by the other scripts around it."""
