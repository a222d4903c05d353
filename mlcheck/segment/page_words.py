"""The few words that mark page furniture where form and position do not.

Generic words only, the ones that any page in the language has; no site's own phrases. Each needs a form
to go with it (`mlcheck.segment.forms`): a word by itself marks nothing. They stand in the languages' files,
and those of all languages are looked for together, as furniture is found before the language is known. A
language that has none is still served by form and position.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from mlcheck.languages import Page, every

__all__ = ["NETWORKS", "WAYS", "page_words"]

NETWORKS = (
    "whatsapp telegram facebook instagram twitter youtube tiktok linkedin viber vkontakte вконтакте "
    "одноклассники vk wechat weibo qq空间 pinterest threads messenger bluesky mastodon google "
    "واتساب تلغرام فيسبوك 微信 微博"
)
"""Where readers share and follow."""

WAYS = "email e-mail mail rss qq x sms"
"""Beside networks, in a line of them."""


@cache
def page_words(sort: Literal["photo", "advertisement", "read_also", "follow", "agency"]) -> tuple[str, ...]:
    """The words or phrases of a sort in all languages, the longest first."""
    found = {word for page in every(Page).values() for word in getattr(page, sort)}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))
