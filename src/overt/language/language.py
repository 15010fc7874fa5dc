"""The languages of the reading site. English messages stand in templates and code, Chinese ones in `messages/zh.po`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from gettext import NullTranslations
from importlib.resources import files
from io import BytesIO
from typing import Any

from babel import Locale
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import Translations
from markupsafe import Markup, escape

MESSAGES = files("overt") / "language" / "messages"
_DATA = (".csv", ".json", ".jsonld", ".geojson", ".bib", ".parquet", ".atom", ".sig", ".txt", ".xml")
_NAMED = re.compile(r"%\((\w+)\)s")
_WITHOUT = ("/api/", "/tiles", "/static/", "/desk/", "/healthz")


def N_(message: str) -> str:
    """Marks a message that is translated later, where the language is known."""
    return message


def NN_(one: str, many: str) -> tuple[str, str]:
    """Marks a message about one and about many things."""
    return one, many


@dataclass(frozen=True)
class Language:
    """One language: its words, how it writes numbers, and below which address its pages are."""

    code: str
    """The name of its catalogue."""
    tag: str
    """BCP 47, as `lang` and `hreflang` have it."""
    name: str
    """What it calls itself."""
    short: str
    """The same, in the header of every page."""
    invitation: str
    """Tells, in itself, that the site is there in it."""
    base: str
    """What its addresses begin with; empty for English."""
    locale: Locale
    """Whose numbers, dates and names of currencies (CLDR) it has."""
    translations: NullTranslations = field(default_factory=NullTranslations, repr=False)
    content: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Texts of content (questions, definitions, notes) in this language, by the English text that each is the same as."""

    phrases: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Set words of sources in this language, names among them."""

    def gettext(self, message: str, /, **values: Any) -> str:
        """A message in this language with its `%(name)s` filled in; a whole number called `n` as the language writes it."""
        return self.translations.gettext(message) % self.written(values)

    def ngettext(self, one: str, many: str, n: int, /, **values: Any) -> str:
        """A message about `n` things; `%(n)s` in it is their number."""
        return self.translations.ngettext(one, many, n) % self.written({"n": n, **values})

    def markup(self, message: str, /, **values: Any) -> Markup:
        """A message that may hold our own markup, for a page: what fills it in is escaped."""
        return _filled(self.translations.gettext(message), self.written(values))

    def nmarkup(self, one: str, many: str, n: int, /, **values: Any) -> Markup:
        """The same of a message about `n` things."""
        return _filled(self.translations.ngettext(one, many, n), self.written({"n": n, **values}))

    def attribute(self, lang: str | None) -> Markup:
        """` lang="…"` for words that may be in another language than the page's; empty on an English page when nobody knows."""
        return _attribute(lang or "", self.code)

    def written(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """The values of a message, with `n` as the language writes numbers."""
        n = values.get("n")
        return {**values, "n": _whole(n, self.locale)} if isinstance(n, int) else values

    def of(self, row: Mapping[str, Any], name: str) -> Any:
        """What a row has under a name: in this language, `label_zh`, where it has that."""
        return row.get(f"{name}_{self.code}") or self.phrase(row[name]) or row[name]

    def phrase(self, text: str | None) -> str | None:
        """Set words of a source in this language; none where nobody put them into it."""
        return self.phrases.get(text or "")

    def translated(self, text: str | None) -> str:
        """A text of content in this language; as it is where content has it in English only."""
        return self.content.get((text or "").strip(), text or "")

    def marked(self, text: str | None) -> str:
        """The same for a page: what is left in English says so to screen readers."""
        if not text or text.strip() in self.content or self.code == "en":
            return self.translated(text)
        return Markup('<span lang="en">{}</span>').format(text)

    def listed(self, words: list[str], style: Any = "standard") -> str:
        """Words in a row: `a, b and c`, with style `or`: `a, b or c`."""
        return format_list(words, style=style, locale=self.locale)

    @cached_property
    def comma(self) -> str:
        """What stands between words of an open list: `, `."""
        return self.gettext(", ")

    @property
    def gap(self) -> str:
        """What stands between two sentences."""
        return "" if self.code == "zh" else " "

    def url(self, path: str) -> str:
        """The address in this language of a page of this site; data and files have one address for all languages."""
        if not self.base or not self.has(path) or path == self.base or path.startswith((f"{self.base}/", f"{self.base}?")):
            return path
        return self.base + path

    @staticmethod
    def has(path: str) -> bool:
        """Whether what is at an address differs by language: pages do, data does not."""
        return path.startswith("/") and not path.startswith(_WITHOUT) and not path.partition("?")[0].endswith(_DATA)


def _filled(message: str, values: Mapping[str, Any]) -> Markup:
    """`Markup(message) % values`, for messages with nothing but `%(name)s` in them four times as fast."""
    pieces = _pieces(message)
    if not pieces:
        return Markup(message) % values  # noqa: S704
    return Markup("".join(escape(values[piece]) if at % 2 else piece for at, piece in enumerate(pieces)))  # noqa: S704


@lru_cache(8_192)
def _pieces(message: str) -> tuple[str, ...]:
    """A message taken apart at the names of what fills it in, which are every second piece; none where it holds another `%`."""
    pieces = tuple(_NAMED.split(message))
    return () if any("%" in piece for piece in pieces[::2]) else pieces


@lru_cache(8_192)
def _whole(number: int, locale: Locale) -> str:
    return format_decimal(number, locale=locale)


@lru_cache(1_024)
def _attribute(lang: str, page: str) -> Markup:
    if lang.partition("-")[0] == page or (not lang and page == "en"):
        return Markup()
    return Markup(' lang="{}"').format(lang)


ENGLISH = Language("en", "en", "English", "EN", "This site is also in English", "", Locale("en", "GB"))
CHINESE = Language("zh", "zh-Hans", "中文", "中文", "本站有中文版", "/zh", Locale("zh", "CN", script="Hans"))
LANGUAGES = (ENGLISH, CHINESE)


@cache
def load_translations(code: str) -> NullTranslations:
    """The messages of a catalogue of the package, read as they are: there is nothing to compile. Read once a process."""
    with (MESSAGES / f"{code}.po").open("rb") as file:
        catalogue = read_po(file, locale=code, abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


def of_path(path: str) -> Language:
    """The language of an address."""
    return next((one for one in LANGUAGES if one.base and f"{path}/".startswith(f"{one.base}/")), ENGLISH)
