"""The words that questions can contain. Most names of organisations, towns and projects are in the search index instead."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from overt.index.search_text import IS_HAN, written
from overt.model.questions.question_vocabulary import QuestionGrammar
from overt.queries.database import Reader
from overt.queries.labels import Words
from overt.queries.questions.lenders_donors_and_owners import CreditorPhrases
from overt.queries.questions.names.bracketed_names_in_labels import is_long_name, names_in_label, without_brackets
from overt.queries.questions.question_tokens import GAP, halves, inflected, join, tokens

_MIN_AREA_LENGTH = 2
_AND = "and"
"""No country's name begins or ends with this word, so “and China” in “China Eximbank and China Development Bank” is no name."""
_STEM = 4
"""Number of initial letters that a region's adjective shares with its name."""
_MIN_TYPO_LENGTH = 5
"""Minimum length of a name whose misspellings are corrected."""
_MAX_ORGANIZATIONS = 50_000
_MAX_CACHED = 20_000
"""Maximum number of phrases whose meanings are cached."""
_INFLECTED = frozenset(
    {"adjective", "filler", "intent", "kind", "name", "restriction", "service", "subject", "unweighed", "marker"}
)
"""Types whose phrases are understood in both plural and singular."""
_SPELLED = frozenset({"adjective", "name", "region"})
"""Types whose misspellings are corrected. Long words for kinds are corrected, too."""
_LONG_WORD = 8
_MAX_TRANSLATION = 40
"""Maximum length of a Chinese name. Longer translations are sentences."""
ADDED_MARKERS = frozenset({"abroad", "buyers", "operators", "state", "event", "links", "kinds"})
"""Markers of words that keep their other meaning: “exports” is a verb of suppliers, too."""
_NOT_OFFERED = frozenset({"filler", "verb", "years", "unweighed", "refused", "marker"})
"""Types whose words are never suggested in a reply."""


class Sense(NamedTuple):
    """A meaning of a word or phrase."""

    type: str
    """intent, status, area, region, area_group, region_group, adjective, kind, service, restriction, subject, seat, name,
    project_name, years, verb, filler, unweighed, marker or refused; in the index, organization or place.
    """
    id: str


class Lexicon:
    """Meanings by phrase. A phrase is a tuple of tokens."""

    def __init__(self, grammar: QuestionGrammar, words: Words, chinese: Mapping[str, str] | None = None) -> None:
        """Collect the words. `chinese`: Chinese translations of phrases in sources, such as names, by the phrase."""
        self._senses: dict[tuple[str, ...], list[Sense]] = defaultdict(list)
        self.words = words
        self.areas = words.areas
        self.exporters, self.lenders = frozenset(grammar.exporters), frozenset(grammar.lenders)
        self.endings = [tokens(ending) for ending in grammar.name_endings]
        self._legal_forms = sorted({tokens(form) for form in grammar.legal_forms}, key=len, reverse=True)
        self.creditors = CreditorPhrases.from_grammar(grammar.creditors)
        self._contracts, self._no_areas = frozenset(map(tokens, grammar.contracts)), frozenset(map(tokens, grammar.no_areas))
        self._costs = self._contracts | set(map(tokens, grammar.costs))
        self.people = {name: frozenset(map(tokens, phrases)) for name, phrases in grammar.people}
        self.list_issuers, self.figures = frozenset(grammar.list_issuers), grammar.figures
        self._adjectives = grammar.adjectives
        self._other_regions = {tokens(phrase): region for region, phrases in grammar.regions.items() for phrase in phrases}
        self._region_names = {row.id: [written(row.label), written(row.other)] for row in words.regions.values()}
        self._organization_names: list[str] | None = None
        self.chinese = chinese or {}
        self._name_words = [tuple(map(tokens, words)) for words in grammar.name_words]
        self.present_words = frozenset(grammar.present_words)
        self.answer_words, self.causes = grammar.answer_words, grammar.causes
        self.circumstances = frozenset(grammar.answer_words.circumstances)
        self.limits = frozenset(map(tokens, grammar.limits))
        self.narrow_kinds = frozenset(map(tokens, grammar.narrow_kinds))
        self.approximate = frozenset(map(tokens, grammar.approximate))
        self.generic_kinds = frozenset(map(tokens, grammar.generic_kinds))
        self.group_names = {tokens(name): label for name, label in grammar.group_labels.items()}
        self.province_places, self.province_countries = grammar.province_places, grammar.province_countries
        self._flow_types = {tokens(phrase): flow for flow, phrases in grammar.flow_types.items() for phrase in phrases}
        self._official_lists = {tokens(phrase): name for name, phrases in grammar.official_lists.items() for phrase in phrases}
        self.rewordings = {tokens(typed): tokens(meant) for typed, meant in grammar.rewordings.items() if GAP not in typed}
        self.split_rewordings = [(halves(typed), halves(meant)) for typed, meant in grammar.rewordings.items() if GAP in typed]
        """Phrases with a gap, such as “keep … out of”, and their replacements, each split into the words before and after the
        gap.
        """
        self.wider_subjects, self.uncounted = grammar.wider_subjects, frozenset(map(tokens, grammar.uncounted))
        self.grammar, self.series_names, self.record_names = grammar, grammar.series_names, grammar.record_names
        self.record_words = {tokens(word): meant for meant, listed in grammar.record_words.items() for word in listed}
        self.derived: dict[str, Any] = {}
        """Data that other modules compute once per release, by keys of their own, such as titles of records and words in texts.
        """
        self._senses_cache: dict[tuple[str, ...], list[Sense]] = {}
        self.text_words, self.unsearched = grammar.text_words, frozenset(map(tokens, grammar.unsearched))
        self.denied_things = [tokens(phrase) for phrase in grammar.denied_things]
        self.saying, self.purchases = frozenset(map(tokens, grammar.saying)), frozenset(map(tokens, grammar.purchases))
        self.pacts, self.companies = frozenset(map(tokens, grammar.pacts)), frozenset(map(tokens, grammar.companies))
        self.capitals = {tokens(name): country for country, names in grammar.capitals.items() for name in names}
        years = {name: getattr(grammar.years, name) for name in type(grammar.years).model_fields}
        in_lists = [phrase for phrases in grammar.official_lists.values() for phrase in phrases]
        intents = {**grammar.intents, "lists": [*grammar.intents.get("lists", []), *in_lists]}
        by_type: dict[str, Mapping[Any, list[str]]] = {
            "intent": intents, "kind": grammar.kinds, "restriction": grammar.restrictions, "seat": grammar.seats,
            "adjective": grammar.adjectives, "region": grammar.regions, "service": grammar.services, "name": grammar.names,
            "project_name": grammar.project_names, "years": years, "subject": grammar.subjects,
            "marker": grammar.markers, "status": grammar.statuses,
        }  # fmt: skip
        for kind, by_id in by_type.items():
            for identity, phrases in by_id.items():
                if not (kind == "marker" and identity in ADDED_MARKERS):
                    self._add(kind, identity, [identity, *phrases] if kind == "name" else phrases)
        for name, codes in grammar.country_groups.items():
            for code in codes:
                self._add("region_group" if code in words.regions else "area_group", code, [name])
        self.other_names = frozenset(map(tokens, grammar.other_names))
        self.deliveries = frozenset(map(tokens, grammar.deliveries))
        for kind, phrases in (("verb", grammar.verbs), ("unweighed", grammar.unweighed), ("refused", grammar.refused)):
            self._add(kind, "", phrases)
        added = [phrase for marker, phrases in grammar.markers.items() if marker in ADDED_MARKERS for phrase in phrases]
        events = [phrase for phrases in grammar.date_events.values() for phrase in phrases]
        self._add("filler", "", (*grammar.fillers, *grammar.purchases, *added, *events))
        self.short_services: dict[tuple[str, ...], str] = {}
        """Services with short names, such as `X`, which are read only in questions about blocking."""
        for row in words.regions.values():
            labels = (row.label, row.label_zh or "", row.other, *row.names)
            self._add("region", row.id, [form for label in labels for form in (label, without_brackets(label))])
        for vocabulary, kind in (("project-kinds", "kind"), ("platforms", "service"), ("services", "service")):
            for term in words.terms.get(vocabulary, {}).values():
                names = [name for label in (term.label, term.other, term.label_zh or "") for name in names_in_label(label)]
                self._add(kind, term.id, names if kind == "kind" else filter(is_long_name, names))
                if kind == "service":
                    self.short_services |= {tokens(name): term.id for name in names if not is_long_name(name)}
        self._agreement_kinds = {tokens(phrase): kind for kind, phrases in grammar.agreement_kinds.items() for phrase in phrases}
        self._subject_words, self._kind_words = grammar.subjects, grammar.kinds
        self.near_kinds, self.debated_members = grammar.near_kinds, grammar.debated_members
        by_marker: dict[str, list[str]] = {marker: [] for marker in sorted(ADDED_MARKERS)}
        by_marker |= {marker: phrases for marker, phrases in grammar.markers.items() if marker in ADDED_MARKERS}
        by_marker["buyers"] = [*by_marker["buyers"], *grammar.purchases]
        by_marker["event"] = [*by_marker["event"], *(phrase for phrases in grammar.date_events.values() for phrase in phrases)]
        self._date_events = {tokens(phrase): event for event, phrases in grammar.date_events.items() for phrase in phrases}
        self._added_markers = {marker: frozenset(map(tokens, phrases)) for marker, phrases in by_marker.items()}
        self.longest = max(map(len, self._senses), default=1)

    def senses(self, phrase: tuple[str, ...]) -> list[Sense]:
        """Return the meanings of a phrase, countries first. A phrase that the grammar refuses doesn't mean a country.

        If only the plural or singular of a phrase is known, return those of its meanings whose types are in `_INFLECTED`.
        """
        if (known := self._senses_cache.get(phrase)) is None:
            if len(self._senses_cache) >= _MAX_CACHED:
                self._senses_cache.clear()
            known = self._senses_cache[phrase] = self._read_senses(phrase)
        return known

    def phrases(self) -> Iterable[tuple[tuple[str, ...], Sequence[Sense]]]:
        """Return all phrases of the grammar and vocabularies with their meanings, without names of countries."""
        return self._senses.items()

    def _read_senses(self, phrase: tuple[str, ...]) -> list[Sense]:
        own = self._senses.get(phrase, [])
        if any(sense.type == "refused" for sense in own):
            return own
        if senses := [*self._areas(phrase), *own]:
            return senses
        return [sense for other in inflected(phrase) for sense in self._senses.get(other, ()) if sense.type in _INFLECTED]

    def agreement_kind(self, phrase: tuple[str, ...]) -> str | None:
        """Return the kind of agreement that a phrase asks for; None if it asks for none."""
        return self._agreement_kinds.get(phrase)

    def legal_form_length(self, words: Sequence[str], start: int) -> int:
        """Return the number of words of the legal form, such as “Co., Ltd.” or 有限公司, that begins at a position, or 0."""
        return next((len(form) for form in self._legal_forms if tuple(words[start : start + len(form)]) == form), 0)

    def markers_of(self, phrase: tuple[str, ...]) -> list[str]:
        """Return the markers that a phrase adds to its meaning, such as `abroad` for “exports”."""
        return [marker for marker, phrases in self._added_markers.items() if phrase in phrases]

    def is_about_contracts(self, text: str, *, or_costs: bool = False) -> bool:
        """Return whether a phrase contains a word for contracts or, with `or_costs`, for costs: “contract value”."""
        phrase = tokens(text)
        return any(
            phrase[at : at + len(words)] == words
            for words in (self._costs if or_costs else self._contracts)
            for at in range(len(phrase))
        )

    def law_statuses_in(self, words: Iterable[str]) -> list[str]:
        """Return the statuses of laws that some words name, in the order of `QuestionGrammar.law_statuses`."""
        named = frozenset(words)
        return [status for status, phrases in self.grammar.law_statuses.items() if not named.isdisjoint(phrases)]

    def date_event(self, text: str) -> str | None:
        """Return the property of projects whose dates a word asks for, such as `completed`; None if it asks for none."""
        return self._date_events.get(tokens(text))

    def flow_type(self, phrase: tuple[str, ...]) -> str | None:
        """Return the type of commitment that a phrase asks for; None if it asks for none."""
        return self._flow_types.get(phrase)

    def official_list(self, text: str) -> str | None:
        """Return the official list that words mean, or None if they mean all lists."""
        return self._official_lists.get(tokens(text))

    @cached_property
    def chinese_names(self) -> dict[tuple[str, ...], str]:
        """Short phrases in sources, such as names, by their Chinese translations.

        A translation that ends in brackets is also a key without the brackets.
        """
        names: dict[tuple[str, ...], str] = {}
        for name, chinese in self.chinese.items():
            if len(chinese) <= _MAX_TRANSLATION:
                own = without_brackets(chinese) if chinese.endswith("）") else chinese
                for form in (chinese, own):
                    if IS_HAN.search(form):
                        names.setdefault(tokens(form), name)
        return names

    def forms(self, word: str) -> list[str]:
        """Return the words that mean the same as a word according to `name_words`, in the grammar's order, and then the word
        itself.

        The word's plural, or its singular if it is a plural, comes last.
        """
        phrase = tokens(word)
        forms = dict.fromkeys([phrase, *inflected(phrase)])
        listed = next((words for words in self._name_words if not forms.keys().isdisjoint(words)), ())
        return [*map(join, dict.fromkeys([*listed, *forms]))]

    def words_like(self, phrase: tuple[str, ...]) -> list[str]:
        """Return all words for the subjects and kinds that a phrase means, for searching the texts of agreements."""
        words = {"subject": self._subject_words, "kind": self._kind_words}
        return [word for sense in self.senses(phrase) for word in words.get(sense.type, {}).get(sense.id, ())]

    def latin_names(self, phrase: tuple[str, ...]) -> list[str]:
        """Return the grammar’s names in Latin letters for the same organisations as a phrase: Predator for 捕食者."""
        meant = {sense.id for sense in self._senses.get(phrase, ()) if sense.type == "name"}
        return [
            join(name)
            for name, senses in self._senses.items()
            if meant and join(name).isascii() and {sense.id for sense in senses if sense.type == "name"} == meant
        ]

    def is_other_region(self, phrase: tuple[str, ...]) -> bool:
        """Return whether a phrase of the grammar means a region whose own name differs: “Balkans” for the Western Balkans."""
        region = self._other_regions.get(phrase)
        names = self._region_names.get(region or "", [])
        return region is not None and not any(name[:_STEM] == join(phrase)[:_STEM] for name in names)

    def adjective(self, country: str) -> str:
        """Return the first adjective of a country; its code if it has none."""
        return next(iter(self._adjectives.get(country, ())), country)

    def organization_names(self, reader: Reader) -> list[str]:
        """Return the ASCII names of organisations, folded, that are long enough to be corrected.

        If there are more than `_MAX_ORGANIZATIONS`, only names of the most important ones are included.
        """
        if self._organization_names is None:
            rows = reader.rows("question_organizations.names", {"most": _MAX_ORGANIZATIONS})
            lines = (line.partition("\t")[0] for row in rows for line in str(row["names"]).split("\n"))
            names = {written(line) for line in lines if line.isascii() and ":" not in line}
            self._organization_names = sorted(name for name in names if len(name) >= _MIN_TYPO_LENGTH)
        return self._organization_names

    @cached_property
    def spellings(self) -> list[str]:
        """Names of countries and other phrases whose misspellings are corrected."""
        names = self.words.country_names
        phrases = [join(phrase) for phrase, senses in self._senses.items() if _is_spelled(phrase, senses)]
        return [*phrases, *(names.spellings if names else ())]

    @cached_property
    def offered(self) -> list[str]:
        """All phrases that a reply can suggest, as strings."""
        return [join(phrase) for phrase, senses in self._senses.items() if senses[0].type not in _NOT_OFFERED]

    def labels(self, vocabulary: str, identity: str) -> list[str]:
        """Return the labels of a term, first in the lexicon's language; empty if the vocabulary lacks it."""
        term = self.words.terms.get(vocabulary, {}).get(identity)
        return [label for label in (term.label, term.other, term.label_zh) if label] if term else []

    def _areas(self, phrase: tuple[str, ...]) -> list[Sense]:
        text, names = join(phrase), self.words.country_names
        if names is None or len(text) < _MIN_AREA_LENGTH or phrase in self._no_areas or _AND in (phrase[0], phrase[-1]):
            return []
        return [Sense("area", code) for code in names.candidates(text) if code in self.words.areas]

    def _add(self, kind: str, identity: str, phrases: Iterable[str]) -> None:
        for phrase in phrases:
            if (key := tokens(phrase)) and (sense := Sense(kind, identity)) not in self._senses[key]:
                self._senses[key].append(sense)


def _is_spelled(phrase: tuple[str, ...], senses: Iterable[Sense]) -> bool:
    types = {sense.type for sense in senses}
    return bool(types & _SPELLED) or ("kind" in types and len(phrase) == 1 and len(phrase[0]) >= _LONG_WORD)
