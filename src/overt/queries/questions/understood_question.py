"""The result of parsing a question: its parts, markers and unknown words, and what it asks."""

from dataclasses import dataclass, field
from typing import NamedTuple

from overt.index.search_text import IS_HAN
from overt.queries.questions.question_tokens import join

PLACES = frozenset({"area", "region", "place"})
"""Types of parts that are places."""
_BEFORE_NAMES = frozenset({"in", "of", "on", "at", "the", "a"})
"""Words that mean nothing at the end of a question."""
_PARTICLES = frozenset("的了吗呢在和与及是有哪谁什么被由对给向从为把让或过着吧啊这那都也它他她我你们自己")
"""Chinese characters, such as particles, that are not part of a longer word."""
_MAX_WORD = 3
"""Maximum number of characters of a Chinese word around an unknown character. A longer sequence is several words."""
_BY = "by"
_GROUPED = frozenset({"area", "region", "seat"})
"""Types of the members of a group."""


class Part(NamedTuple):
    """An understood part of a question."""

    type: str
    """One of `model.questions.intents_part_types_and_reasons.PART_TYPES`; until the question is read, also a type of `Sense`."""
    id: str
    text: str
    """The words as they were read."""
    start: int
    """Index of the first token."""
    end: int
    """Index of the token after the part."""
    label: str = ""
    alternatives: tuple[tuple[str, str], ...] = ()
    """Ids and labels of other meanings of this name."""
    is_renamed: bool = False
    """Whether the label hides what was typed, so that readers need to see how it was read."""
    is_wider: bool = False
    """Whether the part is wider than its words: all mobile networks for “4G”, or all official lists for one that the atlas
    lacks.
    """
    countries: tuple[str, ...] = ()
    """The codes of the countries of a town, and of other towns with its name.

    For an `origin`, the countries that sources state as the seat of its organisation, beginning with the one that the release
    uses.
    """


class Reading(NamedTuple):
    """Words of a question, and the words they were read as."""

    typed: str
    read: str
    type: str = ""
    """Type of the part, or `marker`, that a short name or an approximate word became; otherwise empty."""
    id: str = ""
    """Id of that part or marker; otherwise empty."""


class Marker(NamedTuple):
    """A word that says how to answer: “not”, “most”, “how many”."""

    id: str
    """A key of `QuestionGrammar.markers`, `issuer`, or one of `record_words`: `highest`, `lowest` or `rank`."""
    text: str
    start: int
    end: int


class Threshold(NamedTuple):
    """A number that the answer must exceed or reach: “more than 5 suppliers”, “at least 3 projects”, “over $100 million”."""

    number: float
    counted: str
    """`amount`, or what is counted: `suppliers` or `projects`; empty until that is decided."""
    text: str
    is_inclusive: bool = False
    """Whether the number itself is enough: “at least”."""

    def admits(self, value: float) -> bool:
        """Return whether a value exceeds the number or, if `is_inclusive` is true, equals it."""
        return value > self.number or (self.is_inclusive and value == self.number)


@dataclass
class Question:
    """The result of parsing a question."""

    text: str
    tokens: tuple[str, ...]
    """The words, after rewording and with misspelled names corrected."""
    parts: list[Part] = field(default_factory=list)
    """All parts with a meaning, without fillers and without those in `excluded`."""
    unknown_at: set[int] = field(default_factory=set)
    """Indexes of the tokens that have no meaning in this question."""
    readings: list[Reading] = field(default_factory=list)
    """Reworded phrases, corrected misspellings, short names, and words whose meaning is only close to how they were read."""
    unweighed: list[str] = field(default_factory=list)
    """Words that narrow the question in a way the answer ignores."""
    agreement_kinds: list[str] = field(default_factory=list)
    """Kinds of agreement that the question asks for."""
    law_statuses: list[str] = field(default_factory=list)
    """Statuses to which an answer about laws and agreements is limited; empty until that is decided."""
    missing_law_statuses: list[str] = field(default_factory=list)
    """Statuses that the question asks for, but that no law or agreement in the answer has; empty until that is decided."""
    years: tuple[int | None, int | None] | None = None
    markers: list[Marker] = field(default_factory=list)
    excluded: list[Part] = field(default_factory=list)
    """Parts that the answer must leave out: “other than Huawei”."""
    threshold: Threshold | None = None
    verbs: list[tuple[int, int]] = field(default_factory=list)
    """Positions of words for what an organisation does: the index of the first token and of the token after the word."""
    is_refused: bool = False
    """Whether an answer without the unknown words would be wrong: one is in `QuestionGrammar.refused`, such as “cheapest”, or
    they name a country's organisation that isn't on record: “exim bank india”.
    """
    are_together: bool = False
    """Whether the question's two organisations must be in the same project."""
    flow_types: list[str] = field(default_factory=list)
    """Types of commitment that the question asks for: loans, grants."""
    denied_by: list[str] = field(default_factory=list)
    """Organisations whose own denials the question asks for: “what did Huawei deny”."""
    asks_for_commitments: bool = False
    """Whether the question asks for single commitments, such as loans, and not for sums."""
    asks_who_denies: bool = False
    """Whether the question asks who denies something as well as who does it: “which forces use it, and which deny it”."""
    only: tuple[str, ...] | None = None
    """Ids of the projects that match words for which there is no filter, such as “police” or “airport”. The answer is limited to
    these projects. None for no limit.
    """
    dropped: list[str] = field(default_factory=list)
    """Words of parts that no answer combines with the other parts, and unknown words about what a statement says. The answer
    leaves them out, and says so.
    """
    service_groups: list[str] = field(default_factory=list)
    """Words for groups of services, such as “messaging apps”, if the question asks what is blocked. They limit the answer."""
    names_circumstance: bool = False
    """Whether the question names a circumstance in which networks are restricted, such as elections."""
    of_group: tuple[str, ...] = ()
    """Ids of companies that count because they belong to the group of a named company that has no such project itself."""
    is_relaxed: bool = False
    """Whether conditions of the typed question were left out. The answer can then never be “yes”."""
    intent: str = ""
    """What the question asks, one of `model.questions.intents_part_types_and_reasons.INTENTS`; empty if it is not
    understood.
    """
    reason: str = ""
    """Why the question is not understood, one of `model.questions.intents_part_types_and_reasons.REASONS`; empty if it is
    understood.
    """

    @property
    def understood(self) -> bool:
        """Whether the question was understood."""
        return bool(self.intent)

    @property
    def has_verb(self) -> bool:
        """Whether a word says what an organisation does."""
        return bool(self.verbs)

    def is_grouped(self, part: Part) -> bool:
        """Return whether a part is a member of a group of countries or regions, such as the Middle East."""
        return part.type in _GROUPED and any(
            other.type in _GROUPED and (other.start, other.end) == (part.start, part.end) and other.id != part.id
            for other in (*self.parts, *self.excluded)
        )

    @property
    def unknown(self) -> list[str]:
        """The words at `unknown_at`; adjacent Chinese characters are one word.

        A single unknown Chinese character is part of a word, such as 负责人 (person in charge). It is returned with the
        characters around it that have no other meaning.
        """
        words: list[str] = []
        for at in sorted(self.unknown_at):
            token = self.tokens[at]
            if not {at - 1, at + 1} & self.unknown_at and IS_HAN.match(token):
                around = self._word_around(at)
                words.append(join(self.tokens[near] for near in around) if len(around) <= _MAX_WORD else token)
            elif at - 1 in self.unknown_at and IS_HAN.match(token) and IS_HAN.search(words[-1]):
                words[-1] += token
            else:
                words.append(token)
        return words

    def _word_around(self, at: int) -> range:
        """Return the positions of the Chinese characters around a position that are in no part and aren't particles."""
        spans = [(part.start, part.end) for part in (*self.parts, *self.excluded)]
        spans += [*((marker.start, marker.end) for marker in self.markers), *self.verbs]
        used = {position for start, end in spans for position in range(start, end)}

        def is_free(near: int) -> bool:
            is_inside = 0 <= near < len(self.tokens) and near not in used
            return is_inside and bool(IS_HAN.match(self.tokens[near])) and self.tokens[near] not in _PARTICLES

        start, end = at, at + 1
        while is_free(start - 1):
            start -= 1
        while is_free(end):
            end += 1
        return range(start, end)

    def ask_for(self, intent: str, text: str, start: int, end: int) -> None:
        """Add a part that asks for `intent`: the tokens from `start` up to `end`. Sort all parts by their first token."""
        self.parts.append(Part("intent", intent, text, start, end))
        self.parts.sort(key=lambda part: part.start)

    def has(self, marker: str) -> bool:
        """Return whether the question has a marker."""
        return any(part.id == marker for part in self.markers)

    @property
    def asks_for_first(self) -> bool:
        """Whether the question asks for the earliest or the latest of some records."""
        return self.has("earliest") or self.has("latest")

    def is_in_years(self, date: str | None) -> bool:
        """Return whether the year of an ISO date is in the question's years. If the question has no years, the result is true
        for any date and for None.
        """
        if not self.years:
            return True
        first, last = self.years
        year = (date or "")[:4]
        return year.isdigit() and (first is None or int(year) >= first) and (last is None or int(year) <= last)

    def counts(self, counted: str) -> bool:
        """Return whether the question has a threshold for `counted`, which is `suppliers`, `projects` or `amount`."""
        return self.threshold is not None and self.threshold.counted == counted

    @property
    def most_counted(self) -> str:
        """The intent to which “most” refers, such as `suppliers`; empty without “most”, or if it can refer to none.

        In English, the word for the intent follows “most”. In Chinese, it can come before or after 最多 (“most”).
        """
        most = next((marker for marker in self.markers if marker.id == "most"), None)
        if most is None:
            return ""
        intents = sorted((part for part in self.parts if part.type == "intent"), key=lambda part: part.start)
        if IS_HAN.search(most.text):
            following = self.tokens[most.end : most.end + 1] != ("的",)
            if following and (after := next((part.id for part in intents if part.start >= most.end), "")):
                return after  # “which countries (have) most Chinese suppliers”
            return next((part.id for part in reversed(intents) if part.end <= most.start), "")
        return next((part.id for part in intents if part.start >= most.end), "")

    @property
    def is_more_than_parts(self) -> bool:
        """Whether the question has words besides those of its parts: “is the gateway working”."""
        covered = {at for part in self.parts for at in range(part.start, part.end)}
        return len(covered) < len(self.tokens)

    @property
    def ranks_suppliers_by_countries(self) -> bool:
        """Whether the question ranks suppliers by their number of countries.

        Examples are “top suppliers by number of countries” and “suppliers in the most countries”.
        """
        places = [part for part in self.parts if part.type == "intent" and part.id == "places"]
        if not (self.has("most") and places and "suppliers" in self.ids("intent")):
            return False
        return self.most_counted == "places" or any(_BY in self.tokens[max(part.start - 4, 0) : part.start] for part in places)

    @property
    def counts_suppliers(self) -> bool:
        """Whether the question picks countries by their number of suppliers: “more than 5 suppliers”, “the most suppliers”."""
        if self.threshold:
            return self.threshold.counted == "suppliers"
        return not self.ranks_suppliers_by_countries and self.most_counted == "suppliers" and "places" in self.ids("intent")

    def left_out(self, kind: str) -> list[str]:
        """Return the distinct ids of the excluded parts of a type."""
        return list(dict.fromkeys(part.id for part in self.excluded if part.type == kind))

    def ids(self, kind: str) -> list[str]:
        """Return the distinct ids of the parts of a type."""
        return list(dict.fromkeys(part.id for part in self.parts if part.type == kind))

    def known(self) -> str:
        """Return the question without the words that were not understood.

        Their possessive “s” is left out, too, and so are words such as “in” and “the” that would be left at the end.
        """
        owned = {at + 1 for at in self.unknown_at if self.tokens[at + 1 : at + 2] == ("s",)}
        left = [at for at in range(len(self.tokens)) if at not in self.unknown_at | owned]
        while left and left[-1] + 1 < len(self.tokens) and self.tokens[left[-1]] in _BEFORE_NAMES:
            left.pop()
        return join(self.tokens[at] for at in left)

    def without(self, part: Part, instead: str = "") -> str:
        """Return the question without a part, or with other words in place of the part."""
        return join([*self.tokens[: part.start], *([instead] if instead else []), *self.tokens[part.end :]])
