"""What is true of text whatever its language and use.

`clean` gives a text the form that is compared, with the way back; `strip_inline` takes out inline Markdown;
`normal_form` leaves what two printings of a line share; `only_prose` blanks
addresses, code and the like. `tokens` cuts a text into words, numbers and signs,
and `fold` gives a word the form that is compared. `spell`, `alike` and `substance` are of names by their
sound; `term_keys`, `text_keys` and `dictionary_forms` tell of which words a word is a form. `safe_line`
makes somebody else's words fit for a line of a terminal.
"""

from __future__ import annotations

from mlcheck.text.clean import Clean, clean, normal_form
from mlcheck.text.forms import Key as FormKey
from mlcheck.text.forms import dictionary_forms, has_endings, term_keys, text_keys
from mlcheck.text.inline import inline_comments, inline_marks, strip_inline
from mlcheck.text.invisible import BLANK, INVISIBLE, JOINERS, UNSEEN
from mlcheck.text.prose import GAP, only_prose
from mlcheck.text.safe import safe_json, safe_line
from mlcheck.text.sound import MOST_LETTERS, alike, spell, substance
from mlcheck.text.tokens import Token, tokens

__all__ = [
    "BLANK",
    "GAP",
    "INVISIBLE",
    "JOINERS",
    "MOST_LETTERS",
    "UNSEEN",
    "Clean",
    "FormKey",
    "Token",
    "alike",
    "clean",
    "dictionary_forms",
    "has_endings",
    "inline_comments",
    "inline_marks",
    "normal_form",
    "only_prose",
    "safe_json",
    "safe_line",
    "spell",
    "strip_inline",
    "substance",
    "term_keys",
    "text_keys",
    "tokens",
]
