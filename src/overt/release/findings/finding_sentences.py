"""Sentences of findings: templates filled with values, in English and Chinese."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from overt.language.language import ENGLISH, Language, load_translations
from overt.language.number_and_money_formats import Formats
from overt.model.content_catalogue import Catalogue
from overt.model.errors import ContentError
from overt.release.findings.finding_definition import PLACEHOLDER, Finding

_LONG_POWERS = {" bn": " billion", " m": " million"}


class SentenceWriter:
    """Fills the templates of findings in one language, in which it also writes numbers, dates and names."""

    def __init__(self, language: Language, content: Catalogue) -> None:
        if language.code != ENGLISH.code:
            language = replace(language, translations=load_translations(language.code))
        self._language = language
        self._formats = Formats(language)
        self._content = content

    def write(self, finding: Finding, sentence: str, values: Mapping[str, Any]) -> str:
        """Return a sentence of a finding (`headline`, `text` …) with its values.

        Raises ContentError for an unknown format in `written_as`.
        """
        template = getattr(finding, sentence if self._language.code == "en" else f"{sentence}_zh")
        return PLACEHOLDER.sub(lambda match: self._written(finding, match[1], values[match[1]]), template)

    def _written(self, finding: Finding, name: str, value: Any) -> str:
        manner, _, detail = finding.written_as.get(name, "").partition(" ")
        match manner:
            case "":
                return self._formats.number(value)
            case "money":
                return self._money(value, detail)
            case "share":
                return self._formats.percent(float(value))
            case "year":
                return str(value)
            case "date":
                return self._formats.date(str(value))
            case "areas":
                return self._listed(value, lambda code: self._area(str(code)))
            case "terms":
                return self._listed(value, lambda term: self._term(detail, str(term)))
            case "names":
                return self._listed(value, self._name)
        raise ContentError(f"findings/{finding.name}: written_as: {name}: unknown manner {manner!r}")

    def _listed(self, value: Any, name: Any) -> str:
        items = value if isinstance(value, list) else [value]
        return self._formats.join([name(item) for item in items]) if items else self._language.gettext("none")

    def _money(self, value: object, unit: str) -> str:
        text = self._formats.money_short(value, unit)
        if self._language.code != "en":
            return text
        return next((text.removesuffix(short) + long for short, long in _LONG_POWERS.items() if text.endswith(short)), text)

    def _area(self, code: str) -> str:
        area = self._content.areas.areas[code]
        return area.label if self._language.code == "en" else area.label_zh or area.label

    def _term(self, vocabulary: str, term: str) -> str:
        entry = next((entry for entry in self._content.vocabularies[vocabulary].terms if entry.id == term), None)
        if entry is None:
            return term
        return entry.label if self._language.code == "en" else entry.label_zh or entry.label

    def _name(self, value: Any) -> str:
        if not isinstance(value, Mapping):
            return str(value)
        return str(value["en"] if self._language.code == "en" else value["zh"] or value["en"])
