"""What is known of a language: the record, and its sections, one a table of `CODE.toml`.

A field is a key of the file, and its type says what stands there; `load.py` holds files to it. Every key
may be missing: the default is what holds for a language of which nothing is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from mlcheck.languages.cldr import Calendar, calendar, decimal_sign, group_sign

__all__ = [
    "Attribution",
    "Background",
    "Detection",
    "Endings",
    "Language",
    "Names",
    "Negation",
    "Notices",
    "Numbers",
    "Opposites",
    "Page",
    "Prose",
    "Quotes",
    "Sentences",
    "Times",
    "Writing",
]

Words = Annotated[tuple[str, ...], "words"]
"""In the notation of `notation.py`; the record has all forms."""
Each = Annotated[tuple[tuple[str, ...], ...], "each"]
"""The same, the forms of each entry by themselves: its place in the list is what it means."""
Groups = Annotated[tuple[tuple[str, ...], ...], "groups"]
"""Lists of such entries: a list a month, or a weekday."""
Pairs = Annotated[tuple[tuple[tuple[str, ...], tuple[str, ...]], ...], "pairs"]
Poles = Annotated[Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]], "poles"]
"""From a concept to the forms of a word and those of its opposite."""
Table = Annotated[Mapping[str, tuple[str, ...]], "table"]
"""From what is meant to the words that say it."""
Values = Annotated[Mapping[str, int], "values"]
"""From a word to its value."""
Zones = Annotated[Mapping[str, tuple[int, ...]], "zones"]
Letters = Annotated[Mapping[str, str], "letters"]
Texts = Annotated[tuple[str, ...], "texts"]
"""As they stand: regular expressions, sentences."""


@dataclass(frozen=True, slots=True)
class Writing:
    """How the language is written."""

    script: str = ""
    """ISO 15924; CLDR's likeliest where the file has none."""
    dotless_i: bool = False
    """Has it two letters i, so that `I` is the capital of ı, and İ that of i?"""
    noun_capitals: bool = False
    """Has every noun a capital?"""
    clitics: bool = False
    """Are articles and prepositions written together with the word after them?"""
    elisions: bool = False
    """Is a shortened article joined to the word after it by an apostrophe?"""
    accents_optional: bool = False
    """Are accents left out, by some or on capitals, so that they do not tell words apart?"""
    sentences_spaced: bool = True
    """Is there a space between two sentences? Thai has none between words, and one there."""


@dataclass(frozen=True, slots=True)
class Quotes:
    """Quotation marks that open here and close elsewhere. The others mean the same everywhere."""

    inward: bool = False
    """»so« is written too."""
    same: bool = False
    """”so” is written too."""


@dataclass(frozen=True, slots=True)
class Sentences:
    """Where sentences begin and end."""

    openers: Words = ()
    """Words that open sentences, for texts too short to show which of theirs are common."""
    capitals: Words = ()
    """Words that have a capital wherever they stand, as English `I`: no sentence is known to begin by it."""
    abbreviations: Words = ()
    """Before a full stop that ends no sentence, without it. Those of every language hold in all: titles
    and names stand in foreign texts too."""
    ordinal_dot: bool = False
    """Is `3.` an ordinal?"""
    in_order: bool = False
    """Are things told as they happened, "A before B" as "after A, B"?"""


@dataclass(frozen=True, slots=True)
class Detection:
    """What tells that a text is in the language, where the library has no profile or is often wrong."""

    scripts: Texts = ()
    """First words of the Unicode names of letters that only this language has."""
    letters: str = ""
    share: float = 0.0
    """Letters that tell, and the least share of all letters that they must have."""
    stand_in: str = ""
    """The nearest language that has a profile: enough to tell it from a third."""
    turn: int = 0
    """Letters are looked for in this order: Kazakh has those of Tatar and Kyrgyz too, and comes first."""


@dataclass(frozen=True, slots=True)
class Prose:
    """What running prose of the language has, and lists of names, addresses and code have not."""

    words: Words = ()
    """Short words that hold sentences together: articles, prepositions, conjunctions, pronouns, auxiliaries.
    Where words are not set apart, the signs that do so."""


@dataclass(frozen=True, slots=True)
class Page:
    """Generic words of page furniture; no site's own phrases. A form has to go with each
    (`segment/forms.py`): a word by itself marks nothing."""

    photo: Words = ()
    """Before a name: who took the picture."""
    advertisement: Words = ()
    """On a line of their own: where an advertisement stood."""
    read_also: Words = ()
    """Before a colon or in brackets: the headline of another item follows. Not what belongs to a text
    (`See also`)."""
    follow: Words = ()
    """Beside the name of a network: a call to follow the publisher there. Imperatives only: a headline
    may say who follows whom."""
    agency: Words = ()
    """A name with such a word, on a short line above a text, is whose text it is."""
    notes: Words = ()
    """What stands in a remark that the law of a country has its papers add, and no other version has."""


@dataclass(frozen=True, slots=True)
class Notices:
    """What a desk says about an item in its text, for the editors who get it and the readers who had an
    earlier version."""

    correction: Words = ()
    """Before a colon, in brackets or on a line of its own: something was corrected or made clear."""
    corrected: Words = ()
    """The same in a sentence, at the head of a text or at its end."""
    kill: Words = ()
    """As `correction`: the item must not be used any more."""
    withdrawn: Words = ()
    """As `corrected`, of that."""
    embargo: Words = ()
    """Before the time from which the item may be published."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """Words and signs of numbers."""

    unsure: bool = False
    """Are these words those of a script, so that short ones may be others too? They are weak then."""
    checked: bool = False
    """Has somebody looked at CLDR's words, and are none of them others but `doubtful_words`?"""
    doubtful_words: Words = ()
    links: Words = ()
    link_after: Literal["hundreds", "tens", "ones", "any"] = "hundreds"
    joined_links: Words = ()
    fillers: Words = ()
    beginnings: Words = ()
    endings: Words = ()
    ten_adds: bool = False
    compound: bool = False
    after_pieces: Words = ()
    ranges: Words = ()
    of: Words = ()
    shares: Words = ()
    shares_apart: Words = ()
    shares_after: Words = ()
    every: Words = ()
    articles: Words = ()
    """Before a scale that is a number then: a million dollars."""
    and_half: Words = ()
    digit_endings: Words = ()
    bare: Words = ()
    never: Words = ()
    classifiers: str = ""
    words: Table = field(default_factory=dict)
    weak: Table = field(default_factory=dict)
    scales: Table = field(default_factory=dict)
    scales_before: Table = field(default_factory=dict)
    """Before digits: `milioni 3`."""
    short_scales: Table = field(default_factory=dict)
    ordinals: Table = field(default_factory=dict)
    parts: Table = field(default_factory=dict)
    parts_before: Table = field(default_factory=dict)
    pieces: Table = field(default_factory=dict)
    units: Table = field(default_factory=dict)
    durations: Table = field(default_factory=dict)
    """From a duration (`14 day`) to the words that have it in one: a fortnight."""
    before: Table = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Times:
    """Dates, times of the day and periods."""

    endings: Words = ()
    suffixes: Words = ()
    prefixes: Words = ()
    months: Groups = ()
    month_adjectives: Groups = ()
    months_short: Groups = ()
    month_words: Words = ()
    weekdays: Groups = ()
    weekday_adjectives: Groups = ()
    weekdays_weak: Groups = ()
    weekdays_short: Groups = ()
    weekdays_short_alone: bool = False
    """Are short weekdays found without a date, as weak ones?"""
    hijri_months: Groups = ()
    jalali_months: Groups = ()
    hijri_eras: Words = ()
    """After a year: هـ, AH."""
    days: Table = field(default_factory=dict)
    hours: Table = field(default_factory=dict)
    before_christ: Texts = ()
    after_christ: Texts = ()
    """Beside a year or a century, as they are written: BC, до н. э."""
    night_to: Texts = ()
    """In small letters, before the day on which a night ends: "в ночь на"."""
    doubtful: Words = ()
    doubtful_capitals: Words = ()
    not_names: Words = ()
    not_before: Words = ()
    not_after: Words = ()
    before: Words = ()
    after: Words = ()
    capital: bool = False
    compounds: bool = False
    double_months: bool = False
    """Is a month named twice, نيسان/أبريل?"""
    day_after: bool | None = None
    suffixed_day_after: bool = False
    day_dot: bool | None = None
    day_and_month_dotted: bool = False
    """Is `28.4.` a date?"""
    year_before: bool | None = None
    year_last: bool = False
    """Does the year never stand before the month?"""
    year_after_comma: bool = False
    """Has a month without a day a comma before its year?"""
    clock_dot: bool = False
    """Is `22.40` a time of the day, after a word that says so?"""
    half_before: bool = False
    """Does the half of the day come before the hour?"""
    of: Words = ()
    joiners: Words = ()
    at: Words = ()
    clock: Words = ()
    am: Words = ()
    pm: Words = ()
    night: Words = ()
    """Before midnight and after it: eleven and two at night."""
    midday: Words = ()
    """Around noon: eleven and one."""
    doubtful_halves: Words = ()
    """Those of them that also count (`2 дня` is two days): only after the hours' word, or one of `at`."""
    dial: Table = field(default_factory=dict)
    """Clock words: from minutes after the hour (`-30`, `m`, `-m`, `m-60`) to templates (`halb {h}`)."""
    hour_words: Groups = ()
    """The hours, from one, where they are not the numbers of `[numbers.words]`."""
    hour_ordinals: Groups = ()
    minute_words: Values = field(default_factory=dict)
    hour_after: Words = ()
    o_clock: Words = ()
    minute: Words = ()
    zones: Zones = field(default_factory=dict)
    year: Words = ()
    decade_before: Words = ()
    decade_after: Words = ()
    decade_suffixes: Words = ()
    decades: Values = field(default_factory=dict)
    centuries: Values = field(default_factory=dict)
    """With a capital only: `il Settecento` is the 18th century, settecento is 700."""
    century: Words = ()
    century_before: Words = ()
    ordinals: Each = ()


@dataclass(frozen=True, slots=True)
class Names:
    """Names of people, places and organisations."""

    joiners: Words = ()
    common: Words = ()
    common_ending: int = 3
    """Letters that an ending adds to one of `common`, at most."""
    shortest: int = 4
    """Letters of a name that is looked for wherever it stands, where words are not set apart."""
    acronyms: Table = field(default_factory=dict)
    peoples: Table = field(default_factory=dict)
    bodies: Table = field(default_factory=dict)
    """Well-known organisations, under the code that other languages have for the same."""
    nations: Table = field(default_factory=dict)
    """Other names of states and of who belongs to them, by ISO 3166 code; more than one code, with `/`
    between, where a name may mean any of them. Words in a dictionary's form: endings are put to them."""
    derived: Pairs = ()
    """How the word for what belongs to a state is made of its name: endings of names, and of such words."""
    short: Table = field(default_factory=dict)
    """Single signs that may stand for a state among others: 中美."""


@dataclass(frozen=True, slots=True)
class Negation:
    """Words that say no."""

    words: Words = ()
    weak: Words = ()
    exceptions: Words = ()
    only: Words = ()
    openers: Words = ()
    closers: Words = ()
    numero: Words = ()
    """Words that are none before a number: No. 10."""
    verb_endings: Texts = ()
    verb_exceptions: Texts = ()
    in_verbs: bool = False
    turns: Words = ()
    """Words that may stand where another language has a "not": without, refused, hardly, less."""
    turned: Texts = ()
    """Words with a "not" inside: unhappy, hopeless."""


@dataclass(frozen=True, slots=True)
class Opposites:
    """Words and their opposites. In a phrase of `neutral` none is meant: "A, after which B" puts A first."""

    neutral: Words = ()
    pairs: Poles = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Phrases around a source."""

    before: Words = ()
    after: Words = ()
    joiners: Words = ()
    stops: Words = ()
    patterns: Texts = ()


@dataclass(frozen=True, slots=True)
class Endings:
    """How a word of a glossary changes in a text."""

    none: bool = False
    """It is known that words have no other forms."""
    patterns: Pairs = ()
    opened: Letters = field(default_factory=dict)
    chained: bool = False
    """Do endings follow one another, with the vowels of the word?"""
    low_vowels: str = ""
    dentals: str = ""
    softened: Letters = field(default_factory=dict)
    prefixes: str = ""
    """A regular expression of what may be written in front of a word."""
    article: str = ""


@dataclass(frozen=True, slots=True)
class Background:
    """General text: twelve sentences, translations of those in the other languages, in their order."""

    sentences: Texts = ()


@dataclass(frozen=True, slots=True)
class Language:
    """All that is known of a language. `language(code)` makes it, of any code."""

    code: str
    """As `normalise` gives it."""
    script: str
    """ISO 15924: of the tag, else the file's, else CLDR's likeliest, else `Latn`."""
    direction: Literal["ltr", "rtl"]
    spaced: bool
    """Are words set apart by spaces?"""
    has_file: bool
    writing: Writing = Writing()
    quotes: Quotes = Quotes()
    sentences: Sentences = Sentences()
    detection: Detection = Detection()
    prose: Prose = Prose()
    page: Page = Page()
    notices: Notices = Notices()
    numbers: Numbers = Numbers()
    times: Times = Times()
    names: Names = Names()
    negation: Negation = Negation()
    opposites: Opposites = Opposites()
    attribution: Attribution = Attribution()
    endings: Endings = Endings()
    background: Background = Background()

    @property
    def apart(self) -> bool:
        """Does a word stand for itself between spaces, so that a list of words finds it whole? Korean has
        spaces, and writes particles and endings of verbs together with what is before them."""
        return self.spaced and self.script not in ("Kore", "Hang")

    @property
    def calendar(self) -> Calendar:
        """CLDR's names of months and weekdays, and its forms of dates; empty where it has none."""
        return calendar(self.code)

    @property
    def decimal(self) -> str:
        """CLDR's decimal sign; a point where it has none."""
        return decimal_sign(self.code)

    @property
    def group(self) -> str:
        """CLDR's sign between groups of digits; a comma where it has none."""
        return group_sign(self.code)
