"""The languages of the site. English messages are in templates and code, Chinese ones in `messages/zh.po`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from gettext import NullTranslations
from importlib.resources import files
from typing import Any

from babel import Locale
from babel.lists import format_list
from babel.numbers import format_decimal
from markupsafe import Markup, escape

MESSAGES = files("overt") / "language" / "messages"
_DATA_ENDINGS = (".csv", ".json", ".jsonld", ".geojson", ".bib", ".parquet", ".atom", ".sig", ".txt", ".xml")
_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
_TRANSLATED_FILES = ("/changes.atom", "/changes.json")
"""Files that contain sentences and therefore exist in each language."""
_STOP = re.compile(r"\.(?=\s|<|$)")
"""Matches the full stop of a sentence. `_without_second_stops` looks for it right after a placeholder's value."""
_STOPPED = re.compile(r"\.(?:</\w+>)*$")
"""Matches the full stop at the end of a value such as `Ltd.`, with the end tags of its markup."""
_SECOND_STOP = re.compile(r"\.((?:</(?:a|b|bdi|span|strong)>)+)\.(?=[\s<])")
"""Matches the full stop at the end of a name in a page, and the one after its end tags."""
_UNTRANSLATED_PATHS = ("/api/", "/tiles", "/static/", "/desk/", "/healthz")


def N_(message: str) -> str:
    """Mark a message for translation in code that doesn't know the language yet."""
    return message


def NN_(singular: str, plural: str) -> tuple[str, str]:
    """Mark a message that contains a number for translation, in code that doesn't know the language yet."""
    return singular, plural


_UNTITLED = N_("Overt atlas")
"""The default title of an atlas: `UNTITLED` of `overt.model.workspace`, as a literal so that it is extracted for translation."""


@dataclass(frozen=True)
class Language:
    """A language: its messages, its number formats, and the first part of its paths."""

    code: str
    """Code of the language: `en` or `zh`."""
    tag: str
    """BCP 47 tag, for `lang` and `hreflang`."""
    name: str
    """Name of the language in the language itself."""
    short: str
    """Short name of the language, for the header of every page."""
    invitation: str
    """A sentence in this language that says that the site is available in it."""
    base: str
    """First part of the paths of pages in this language; empty for English."""
    locale: Locale
    """CLDR locale for numbers, dates and names of currencies."""
    translations: NullTranslations = field(default_factory=NullTranslations, repr=False)
    content: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Translations of content (questions, definitions, notes), by the English text."""

    phrases: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Translations of phrases that recur in sources, such as names."""

    def gettext(self, message: str, /, **values: Any) -> str:
        """Translate a message and fill in its `%(name)s`. An integer called `n` is formatted for the language."""
        return _fill_text(self.translations.gettext(message), self._format_n(values))

    def pgettext(self, context: str, message: str, /, **values: Any) -> str:
        """Translate a message by its context. For example, Chinese counts systems and state programmes differently."""
        return _fill_text(self.translations.pgettext(context, message), self._format_n(values))

    def ngettext(self, singular: str, plural: str, n: int, /, **values: Any) -> str:
        """Translate a message about `n` items. `%(n)s` in it is the number."""
        return _fill_text(self.translations.ngettext(singular, plural, n), self._format_n({"n": n, **values}))

    def markup(self, message: str, /, **values: Any) -> Markup:
        """Translate a message that may contain our own markup. The values are escaped."""
        return _fill(self.translations.gettext(message), self._format_n(values))

    def nmarkup(self, singular: str, plural: str, n: int, /, **values: Any) -> Markup:
        """Translate a message with markup about `n` items."""
        return _fill(self.translations.ngettext(singular, plural, n), self._format_n({"n": n, **values}))

    def lang_attribute(self, lang: str | None) -> Markup:
        """Return ` lang="…"` for words in a language other than the page's; empty for words in the page's language.

        Words in an unknown language count as English on English pages, and get ` lang=""` on other pages.
        """
        return _lang_attribute(lang or "", self.code)

    def _format_n(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        n = values.get("n")
        return {**values, "n": _format_whole_number(n, self.locale)} if isinstance(n, int) else values

    def localized(self, row: Mapping[str, Any] | object, column: str) -> Any:
        """Return a row's column in this language (`label_zh`), or else the column's text, translated if it is a known phrase."""
        if isinstance(row, Mapping):
            own, text = row.get(f"{column}_{self.code}"), row[column]
        else:
            own, text = getattr(row, f"{column}_{self.code}", None), getattr(row, column)
        return own or self.phrase(text) or text

    def phrase(self, text: str | None) -> str | None:
        """Return the translation of a phrase that recurs in sources; None if there is none."""
        return self.phrases.get(text or "")

    def translated(self, text: str | None) -> str:
        """Return content in this language, or in English if it has no translation; empty for None."""
        return self.content.get((text or "").strip(), text or "")

    def translated_markup(self, text: str | None) -> str:
        """Return content in this language.

        If it has no translation, return the English text, marked as English for screen readers.
        """
        if not text or text.strip() in self.content or self.code == "en":
            return self.translated(text)
        return Markup('<span lang="en">{}</span>').format(text)

    def atlas_title(self, title: str | None) -> str:
        """Return an atlas's title as it is, or translated if it is the default title; `Overt` if it has none."""
        return self.gettext(_UNTITLED) if title == _UNTITLED else title or "Overt"

    def join(self, words: list[str], style: Any = "standard") -> str:
        """Join words: `a, b and c`, or with style `or`: `a, b or c`."""
        return format_list(words, style=style, locale=self.locale)

    def join_markup(self, parts: list[Markup]) -> Markup:
        """Join pieces of markup into a list, as in `a, b and c`. Plain strings are escaped."""
        return Markup(self.join([str(escape(part)) for part in parts]))  # noqa: S704 (the parts are escaped)

    @cached_property
    def comma(self) -> str:
        """The separator in a list without "and": `, `."""
        return self.gettext(", ")

    @property
    def gap(self) -> str:
        """What separates two sentences: a space, or nothing in Chinese."""
        return "" if self.code == "zh" else " "

    def typeset(self, html: str) -> str:
        """Return a page with the punctuation of this language.

        Chinese pages lose the spaces after full-width colons and full stops, which are as wide as a character and have space of
        their own. On other pages, a sentence loses its full stop after a name that ends with a full stop.
        """
        if self.code == "zh":
            return html.replace("： ", "：").replace("。 ", "。")
        return _SECOND_STOP.sub(r".\1", html)

    def url(self, path: str) -> str:
        """Return the address of a page in this language.

        An address that is in this language already, or has no translations (see `has_page`), is left unchanged.
        """
        if not self.base or not self.has_page(path) or path == self.base or path.startswith((f"{self.base}/", f"{self.base}?")):
            return path
        return self.base + path

    @staticmethod
    def has_page(path: str) -> bool:
        """Return whether an address exists in each language, as it does for pages and for files that contain sentences."""
        file = path.partition("?")[0]
        return (
            path.startswith("/")
            and not path.startswith(_UNTRANSLATED_PATHS)
            and (file.endswith(_TRANSLATED_FILES) or not file.endswith(_DATA_ENDINGS))
        )


def _fill(message: str, values: Mapping[str, Any]) -> Markup:
    """Return `Markup(message) % values`, four times as fast for messages in which `%` only occurs in `%(name)s`.

    After a value that ends with a full stop, such as the name of a company, the sentence has no second one.
    """
    pieces = _split_at_placeholders(message)
    if not pieces:
        return Markup(message) % values  # noqa: S704
    return Markup(_without_second_stops([escape(values[piece]) if at % 2 else piece for at, piece in enumerate(pieces)]))  # noqa: S704


def _fill_text(message: str, values: Mapping[str, Any]) -> str:
    """Return `message % values`, without a second full stop, as `_fill` does."""
    if ")s." not in message or not (pieces := _split_at_placeholders(message)):
        return message % values
    return _without_second_stops([str(values[piece]) if at % 2 else piece for at, piece in enumerate(pieces)])


def _without_second_stops(parts: list[str]) -> str:
    """Join the parts of a message; every second part is a value. Omit a full stop after a value that ends with one."""
    for at in range(1, len(parts), 2):
        if parts[at + 1].startswith(".") and _STOP.match(parts[at + 1]) and _STOPPED.search(parts[at]):
            parts[at + 1] = parts[at + 1][1:]
    return "".join(parts)


@lru_cache(8_192)
def _split_at_placeholders(message: str) -> tuple[str, ...]:
    """Split a message at its placeholders; every second piece is a placeholder's name.

    A message with any other `%` gives no pieces.
    """
    pieces = tuple(_PLACEHOLDER.split(message))
    return () if any("%" in piece for piece in pieces[::2]) else pieces


@lru_cache(8_192)
def _format_whole_number(number: int, locale: Locale) -> str:
    return format_decimal(number, locale=locale)


@lru_cache(1_024)
def _lang_attribute(lang: str, page: str) -> Markup:
    if lang.partition("-")[0] == page or (not lang and page == "en"):
        return Markup()
    return Markup(' lang="{}"').format(lang)


ENGLISH = Language("en", "en", "English", "EN", "This site is also in English", "", Locale("en", "GB"))
CHINESE = Language("zh", "zh-Hans", "中文", "中文", "本站有中文版", "/zh", Locale("zh", "CN", script="Hans"))
LANGUAGES = (ENGLISH, CHINESE)


@cache
def load_translations(code: str) -> NullTranslations:
    """Load a catalogue of the package from its .po file, so that the package needs no compiled one. Cached for the process."""
    from io import BytesIO

    from babel.messages.mofile import write_mo  # Imported here, like the next two, because English needs no catalogue.
    from babel.messages.pofile import read_po
    from babel.support import Translations

    with (MESSAGES / f"{code}.po").open("rb") as file:
        catalogue = read_po(file, locale=code, abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


def language_of_path(path: str) -> Language:
    """Return the language of a page, by the prefix of its path; English if it has none."""
    return next((language for language in LANGUAGES if language.base and f"{path}/".startswith(f"{language.base}/")), ENGLISH)
