"""What Overt took from a document: the values of a record that are based on it, in the order in which the page lists them."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from overt.language.first_letter_case import lower_first
from overt.queries import records
from overt.queries.database import Reader
from overt.queries.rows.records import Claim, Record
from overt.site.site import Site

_UNLISTED = frozenset({
    "role.project", "role.role", "role.known-from", "commitment.project", "commitment.flow-type", "place.project",
    "place.country", "place.geometry", "place.kind", "place.placed-by", "place.precision", "place.radius", "statement.about",
    "statement.by", "statement.date", "statement.kind", "statement.concerns", "provision.agreement", "project.name",
    "project.country", "project.known-from", "programme.name", "programme.known-from", "restriction.known-from",
    "agreement.known-from",
})  # fmt: skip
"""Properties without a line in the list.

They link a record to another or add details to it, are Overt's own name for it, or are part of another line.
"""
_PLACE_IN_DOCUMENT = "place-in-document"
_FIRST, _LAST = ("role",), ("description", "note")
"""Types of records that come first in the list, and properties that come last, because their values are whole sentences."""


_OF_A_ROLE = ("role", "project")
_OF_A_SUM = ("amount", "agreed")
"""Properties of promised money whose labels also say what kind of money it is, such as a loan or a grant."""
_WHAT_IS_STATED = (("place", "note"), ("statement", "note"), ("provision", "note"))
"""Notes that give the content of a record, such as what a statement says, by type and property. Other notes are comments."""
_SEPARATE_LINES = ("statement.note", "provision.note")
"""Properties with a separate line for each record. Other values share a line if they have the same label."""


class TakenValue(NamedTuple):
    """A line of the list: a property of the record, and those of its values that are based on the document."""

    label: str
    claims: list[Claim]
    """One claim for each value."""
    claimed: bool
    """Whether the first of these values is the one that the page is about. Others of the same property follow it."""
    by: Claim | None = None
    """The claim that names who made a statement, if the line is what the statement says."""

    @property
    def is_note(self) -> bool:
        """Whether the line is a note of the register on the record as a whole. It may also be based on other documents."""
        return is_register_note(self.claims[0])


def taken_values(site: Site, reader: Reader, claim: Claim, owner: str, documents: Iterable[str]) -> dict[str, list[TakenValue]]:
    """Return the values that the source of a claim took from each document, the claimed value first.

    Only values of the record `owner` and its parts are returned. `documents`: ids of documents, which are the keys of the
    result. Documents from which nothing was taken are left out.
    """
    cited = records.claims_citing(reader, owner, claim.source, documents)
    return {document: _lines(site, claim, claims) for document, claims in cited.items()}


def value_labels(site: Site, claims: Sequence[Claim]) -> list[str]:
    """Return the labels of the lines in which the list would show the given claims, without lines that are whole sentences."""
    of_record: dict[str, dict[str, Claim]] = {}
    for each in claims:
        of_record.setdefault(each.id, {}).setdefault(each.property, each)
    listed = (each for each in claims if _is_listed(each) and each.property not in _LAST)
    return list(dict.fromkeys(_label(site, each, of_record[each.id]) for each in listed))


def owner_of(claim: Claim, record: Record | None) -> str:
    """Return the id of the record to which a claim's record belongs, such as the project of a role.

    If it belongs to no other record, return its own id.
    """
    for name in ("project", "agreement", "about"):
        if record and (target := record.fact(name)) and target.kind:
            return target.value
    return claim.id


def _lines(site: Site, claim: Claim, claims: Sequence[Claim]) -> list[TakenValue]:
    of_record: dict[str, dict[str, Claim]] = {}
    for each in claims:
        of_record.setdefault(each.id, {}).setdefault(each.property, each)
    lines: dict[tuple[str, str], TakenValue] = {}
    for each in claims:
        about_this = each.id == claim.id and (each.property == "note" if each.type == "statement" else _is_claimed(each, claim))
        if _is_listed(each) or (each.claim_id == claim.claim_id and each.type != "statement" and each.property not in _OF_A_ROLE):
            beside = of_record[each.id]
            own = each.id if f"{each.type}.{each.property}" in _SEPARATE_LINES else ""
            label = _label(site, each, beside)
            by = beside.get("by") if each.type == "statement" and not about_this else None
            line = lines.setdefault((label, own), TakenValue(label, [], about_this, by))
            if about_this:
                lines[label, own] = line = line._replace(claimed=True)
            same = next((other for other in line.claims if (other.target or other.value) == (each.target or each.value)), None)
            if same is None:
                line.claims.insert(0 if about_this else len(line.claims), each)
            elif about_this:
                line.claims.remove(same)
                line.claims.insert(0, same)
    for line in lines.values():
        line.claims[line.claimed :] = sorted(line.claims[line.claimed :], key=lambda each: names_rest(each.target_label))
    return sorted(lines.values(), key=lambda line: _rank(site, line))


def _is_claimed(each: Claim, claim: Claim) -> bool:
    """Return whether the value of `each` is the one that the page of `claim` is about.

    Both claims must be about the same record. If this is a role, the values of its other properties count, too.
    """
    if each.property == claim.property:
        return (each.target or each.value) == (claim.target or claim.value)
    return each.type == "role"


def names_rest(label: str | None) -> bool:
    """Return whether a name, such as “Other municipalities”, stands for the rest of a group. Such names come last in a list."""
    return (label or "").startswith("Other ")


def _is_listed(claim: Claim) -> bool:
    return f"{claim.type}.{claim.property}" not in _UNLISTED and claim.property != _PLACE_IN_DOCUMENT


def is_register_note(claim: Claim) -> bool:
    """Return whether a claim is a note or a description of a record as a whole, in Overt's own words."""
    return claim.property in _LAST and (claim.type, claim.property) not in _WHAT_IS_STATED


def _label(site: Site, claim: Claim, beside: dict[str, Claim]) -> str:
    """Return the label of the line for a claim. `beside`: claims about the same record, by property."""
    kind = site.schema.types[claim.type]
    if claim.type == "role" and claim.property == "organization" and "role" in beside:
        return site.words.term("roles", beside["role"].value)
    if claim.type in ("place", "statement", "provision") and claim.property in ("name", "note"):
        return kind.label
    if is_register_note(claim):
        return site.gettext("Overt’s note")
    declared = kind.properties.get(claim.property)
    label = declared.label if declared else claim.property
    if claim.type == "commitment" and claim.property in _OF_A_SUM and "flow-type" in beside:
        flow = lower_first(site.language, site.words.term("flow-types", beside["flow-type"].value))
        return site.gettext("%(label)s (%(details)s)", label=label, details=flow)
    return label


def _rank(site: Site, line: TakenValue) -> tuple[bool, bool, bool, bool, int]:
    first = line.claims[0]
    properties = list(site.schema.types[first.type].properties)
    position = properties.index(first.property) if first.property in properties else len(properties)
    own = first.type in ("statement", "provision")
    return not line.claimed, first.type not in _FIRST, own, first.property in _LAST, position
