"""A project's sources: their number, and a table with one row per property and one column per source."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from overt.model.errors import ValueProblem
from overt.model.schema import Property
from overt.model.values.dates import date_bounds
from overt.queries.rows.records import Claim, Fact, Member, Record
from overt.site.site import Site

_LEFT_OUT = ("description", "place-in-document", "umbrella")
"""Properties that are left out: long texts, and properties that don't describe the project itself."""


@dataclass(frozen=True)
class Word:
    """A value from one source, with the address of its claim."""

    value: str
    unit: str | None
    lang: str | None
    label: str | None
    kind: str | None
    basis: str
    href: str
    label_lang: str | None = None
    label_zh: str | None = None
    differs: bool = False
    """Whether the value is marked, because it contradicts the shown value or, in a list, because a source leaves it out."""


@dataclass
class Line:
    """A property with each source's values."""

    label: str
    prop: Property
    cells: dict[str, list[Word]] = field(default_factory=dict)

    @property
    def differs(self) -> bool:
        """Whether any value is marked as differing. Prose and amounts of money never are."""
        return any(word.differs for words in self.cells.values() for word in words)

    @property
    def is_left_open(self) -> bool:
        """Whether sources have different prose or amounts of money, which need not contradict each other."""
        if not (self.prop.prose or self.prop.type == "money"):
            return False
        return len({frozenset((word.value, word.unit) for word in words) for words in self.cells.values()}) > 1


@dataclass(frozen=True)
class SideBySide:
    """The table of the comparison."""

    sources: list[tuple[str, int]]
    """Each source with its number of records in the project: first those with claims about the project itself."""
    lines: list[Line]

    @property
    def differing(self) -> int:
        """Number of lines with a value that is marked as differing."""
        return sum(line.differs for line in self.lines)

    @property
    def left_open(self) -> list[str]:
        """Labels of the lines with different prose or amounts of money."""
        return [line.label for line in self.lines if line.is_left_open]


def side_by_side(
    site: Site,
    role_names: dict[str, str],
    record: Record,
    claims: Sequence[Claim],
    members: Sequence[Member],
    roles: Iterable[Record],
    commitments: Iterable[Record],
) -> SideBySide | None:
    """Return the comparison of a project's sources; None if only one source has claims about the project itself.

    `role_names`: labels by role id, in the order of their lines in the table.
    """
    schema = site.schema
    standing = [claim for claim in claims if claim.standing == "current"]
    sources = list(dict.fromkeys(claim.source for claim in standing))
    if len(sources) < 2:
        return None
    lines = []
    for name, prop in schema.types["project"].properties.items():
        of_property = [claim for claim in standing if claim.property == name]
        if of_property and name not in _LEFT_OUT:
            shown_values = {fact.value for fact in record.shown(name)}
            lines.append(_mark_differences(Line(prop.label, prop, _by_source(of_property)), shown_values))
    lines += _role_lines(site, role_names, list(roles))
    if money := [fact for prop in commitments if (fact := prop.fact("amount"))]:
        lines.append(Line(site.gettext("Money promised"), schema.types["commitment"].properties["amount"], _facts(site, money)))
    counts = Counter(member.source for member in members if member.current)
    telling_sources = {source for line in lines for source in line.cells}
    return SideBySide([(source, counts[source]) for source in (*sources, *sorted(telling_sources - set(sources)))], lines)


def _by_source(claims: Iterable[Claim]) -> dict[str, list[Word]]:
    """Return each source's distinct values, by the source's slug."""
    cells: dict[str, dict[str, Word]] = {}
    for claim in claims:
        value = claim.target or claim.value
        target = (claim.target_label, claim.target_type)
        names = (claim.target_lang, claim.target_zh)
        word = Word(value, claim.unit, claim.lang, *target, claim.basis, f"#claim-{claim.claim_id}", *names)
        cells.setdefault(claim.source, {}).setdefault(value, word)
    return {source: list(words.values()) for source, words in cells.items()}


def _facts(site: Site, facts: Iterable[Fact]) -> dict[str, list[Word]]:
    cells: dict[str, list[Word]] = {}
    for fact in facts:
        word = Word(
            fact.value,
            fact.unit,
            fact.lang,
            fact.label,
            fact.kind,
            fact.basis,
            site.url(f"/claim/{fact.claim_id}"),
            fact.label_lang,
            fact.label_zh,
        )
        words = cells.setdefault(fact.source or "", [])
        if all(other.value != word.value or fact.property == "amount" for other in words):
            words.append(word)
    return cells


def _role_lines(site: Site, role_names: dict[str, str], roles: list[Record]) -> list[Line]:
    prop = site.schema.types["role"].properties["organization"]
    lines = []
    for name, label in role_names.items():
        facts = [fact for role in roles if role.value("role") == name for fact in role.shown("organization")]
        if facts:
            lines.append(_mark_differences(Line(label, prop, _facts(site, facts)), set(), many=True))
    return lines


def _mark_differences(line: Line, shown_values: set[str], *, many: bool = False) -> Line:
    """Mark where sources differ.

    For a property with a single value, values that contradict the shown value are marked. For other properties, or if `many` is
    true, values that some sources don't list are marked. Prose is never marked, because texts can complement each other. Nor
    are amounts of money, because they can be for different parts or from different days.
    """
    if len(line.cells) < 2 or line.prop.prose or line.prop.type == "money":
        return line
    if many or line.prop.many:
        common = set.intersection(*({word.value for word in words} for words in line.cells.values()))
        differing = {word.value for words in line.cells.values() for word in words} - common
    else:
        differing = {
            word.value for words in line.cells.values() for word in words if _contradicts(line.prop, word.value, shown_values)
        }
    line.cells = {
        source: [Word(**{**vars(word), "differs": word.value in differing}) for word in words]
        for source, words in line.cells.items()
    }
    return line


def _contradicts(prop: Property, value: str, shown_values: set[str]) -> bool:
    """Return whether a value contradicts the shown values. Case is ignored. Dates agree if they may be the same day."""
    if value in shown_values:
        return False
    if prop.type == "date":
        return not any(_may_coincide(value, other) for other in shown_values)
    return value.casefold() not in {other.casefold() for other in shown_values}


def _may_coincide(value: str, other: str) -> bool:
    bounds: list[tuple[date, date]] = []
    for text in (value, other):
        try:
            bounds.append(date_bounds(text))
        except ValueProblem:
            return False
    (low, high), (other_low, other_high) = bounds
    return low <= other_high and other_low <= high


def source_words(site: Site, record: Record) -> str:
    """Return a sentence with the number of datasets that record the project, and of separate sources behind them."""
    datasets = site.ngettext("%(n)s dataset records it", "%(n)s datasets record it", record.sources)
    independent = record.independent_sources
    if independent is None or (independent == record.sources == 1):
        return site.gettext("%(datasets)s.", datasets=datasets)
    if independent > record.sources:
        return site.ngettext("%(n)s separate source documents it.", "%(n)s separate sources document it.", independent)
    if independent < record.sources:
        source_count = site.ngettext("%(n)s of them is a separate source", "%(n)s of them are separate sources", independent)
        return site.gettext(
            "%(datasets)s, but only %(source_count)s; the rest repeat one another.", datasets=datasets, source_count=source_count
        )
    return site.gettext("%(datasets)s, without copying one another.", datasets=datasets)
