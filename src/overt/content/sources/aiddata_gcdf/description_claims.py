"""Claims from descriptions: read by rules, or taken from the edition's table of values that the rules extracted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from overt.importing import Cell, Context, RecordDraft, Row, geocode, knows_town

from .description_reader import MAX_LENGTH, Descriptions, Fact
from .phase_and_id_extraction import linked_ids
from .programme_grouping import LinkedRecords

ROLES = ("supplier", "implementer", "customer", "operator")
LINK_RULE = "aiddata-text-link@1"
LOCATOR = "{locator};characters={start}-{end}"


@dataclass(frozen=True)
class Project:
    """A project from a row of AidData, with what the claims from its description depend on."""

    record: RecordDraft
    money: RecordDraft
    country: str
    is_infrastructure: bool
    is_training: bool
    dates: frozenset[tuple[str, str]]
    """Pairs of property and date that the columns state. A description that repeats such a pair adds no claim."""
    row: Mapping[str, str]
    """The years of its events and its recipient country, by column."""

    def date_property(self, event: str) -> str:
        """Return the property for a date in a description: the start or end of works, training or deliveries."""
        if event == "started":
            return "construction-start" if self.is_infrastructure else "started"
        return "ended" if self.is_training and not self.is_infrastructure else "completed"


def add_described(ctx: Context, rules: Descriptions, project: Project, text: Cell, linked: LinkedRecords) -> None:
    """Add the values that the rules extract from a description.

    The evidence is only the value or the words that a rule matched, because the descriptions name people.
    """
    record = project.record.id.partition(":")[2]
    for fact in (*rules.read(record, text.raw, project.row), *links_in(record, text.raw, linked)):
        locator = LOCATOR.format(locator=text.locator, start=fact.start, end=fact.end)
        words = fact.value if fact.property in (*ROLES, "place", "linked") else text.raw[fact.start : fact.end]
        add_fact(ctx, project, fact, replace(text, text=fact.value, locator=locator, raw=words))


def links_in(record: str, text: str, linked: LinkedRecords) -> Iterator[Fact]:
    """Yield facts for the records in scope that a description mentions by id, but that the record's title doesn't link to.

    Only `MAX_LENGTH` characters are read. Numbers of one or two digits are left out: `#12` in a description is a well, a lot or
    a school.
    """
    for other in linked_ids(text[:MAX_LENGTH]):
        if len(other) > 2 and other != record and other in linked and other not in linked.links(record):
            start = text.index(other)
            yield Fact("linked", other, LINK_RULE, start, start + len(other))


def add_coded(ctx: Context, project: Project, row: Row) -> None:
    """Add a value from the edition, whose table has the values that the rules extracted from the publisher's file."""
    fact = Fact(row["property"].text, row["value"].text, row["rule"].text, 0, 0)
    row["read in"]
    add_fact(ctx, project, fact, row["value"])


def add_fact(ctx: Context, project: Project, fact: Fact, at: Cell) -> None:
    """Add coded claims for a value of a description, but not for a town that the gazetteer lacks or a date that a column has."""
    if fact.property in ROLES:
        take_part(ctx, project.record, fact.property, fact.value, at, fact.rule)
    elif fact.property == "linked":
        project.record.code("linked", f"{ctx.spec.slug}:{fact.value}", at=at, rule=fact.rule)
    elif fact.property == "place":
        if knows_town(ctx.content.areas, fact.value, project.country):
            add_place(ctx, project, fact, at)
    elif fact.property == "loan-amount":
        add_money(project.money, "face-value", fact, at)
    elif fact.property == "contract-value":
        add_money(project.record, "contract-value", fact, at)
    elif fact.property == "contract-signed":
        project.record.code("contract-signed", fact.value, at=at, rule=fact.rule)
    elif fact.property == "loan-agreed":
        if ("agreed", fact.value) not in project.dates:
            project.record.code("agreed", fact.value, at=at, rule=fact.rule)
            project.money.code("agreed", fact.value, at=at, rule=fact.rule)
    else:
        name = project.date_property(fact.property)
        if (name, fact.value) not in project.dates:
            project.record.code(name, fact.value, at=at, rule=fact.rule)


def add_money(record: RecordDraft, name: str, fact: Fact, at: Cell) -> None:
    """Add an amount of money, in the currency in which the description states it."""
    amount, _, unit = fact.value.partition(" ")
    record.add(name, amount, at=at, unit=unit, basis="coded", rule=fact.rule)


def add_place(ctx: Context, project: Project, fact: Fact, at: Cell) -> None:
    """Add a town of the project's country, with the gazetteer's location."""
    place = ctx.record("place", id=project.record.id.partition(":")[2], shape=fact.value)
    place.code("project", project.record, at=at, rule=fact.rule)
    place.code("name", fact.value, at=at, rule=fact.rule, lang="en")
    place.code("country", project.country, at=at, rule=fact.rule)
    place.code("kind", "area", at=at, rule=fact.rule)
    geocode(place, at.read_as(fact.value), project.country)


def take_part(ctx: Context, project: RecordDraft, role: str, name: str, at: Cell, rule: str | None = None) -> RecordDraft:
    """Add an organisation and its role in the project, stated by a column or coded by `rule`. Return the organisation."""
    organization = ctx.record("organization", name=name)
    part = ctx.record("role", project=project, role=role, organization=name)
    part.add("project", project, at=at)
    if rule:
        organization.code("name", name, at=at, rule=rule)
        part.code("organization", organization, at=at, rule=rule)
        part.code("role", role, at=at, rule=rule)
    else:
        organization.add("name", at.read_as(name))
        part.add("organization", organization, at=at)
        part.add("role", role, at=at)
    return organization
