"""News formats: an item with its headline, dateline, byline, body and captions as what they are, and what it
says of itself: version, status, embargo."""

from __future__ import annotations

from mlcheck.read.news.feed import read_feed
from mlcheck.read.news.jsonld import read_jsonld
from mlcheck.read.news.newsml import read_newsml
from mlcheck.read.news.ninjs import read_ninjs
from mlcheck.read.news.nitf import read_nitf

__all__ = ["read_feed", "read_jsonld", "read_newsml", "read_ninjs", "read_nitf"]
