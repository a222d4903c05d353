"""Characters that nobody sees."""

from __future__ import annotations

__all__ = ["BLANK", "INVISIBLE", "JOINERS", "UNSEEN"]

JOINERS = "\u200c\u200d"
"""They have no width, and are spelling in Persian and in Indic scripts."""

INVISIBLE = (
    "\u00ad\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064"
    "\u2066\u2067\u2068\u2069\ufeff"
)
"""What says nothing in any language: soft hyphens, zero-width spaces, directional marks, mathematics' silent
signs, a BOM. Text that is pasted from web pages is full of them."""

UNSEEN = INVISIBLE + JOINERS
"""All that has no width. To be left out where a text is read, and kept where it is compared word by word."""

BLANK = (
    "\t\n\v\f\r\x1a\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
    "\u2009\u200a\u2028\u2029\u202f\u205f\u3000"  # white space, and Ctrl-Z, the end of a DOS file
) + UNSEEN
"""Characters that leave a line blank and are no part of a block's edge."""
