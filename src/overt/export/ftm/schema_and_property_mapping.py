"""Maps Overt's types and properties to the schemas and properties of FollowTheMoney. docs/decisions/0030 explains each choice."""

from collections.abc import Iterator
from typing import NamedTuple

from overt.export.ftm.property_values import (
    NotCarriedError,
    check_length,
    is_address,
    parse_point,
    to_country,
    to_date,
    to_identifier,
    to_language,
    to_url,
)
from overt.index.drawn_geometry import LOCATED
from overt.model.record_ids import canonical_id

SCHEMAS = {
    "company": "Company", "state-owned-company": "Company", "bank": "Company", "policy-bank": "Company", "insurer": "Company",
    "state-body": "PublicBody",
}  # fmt: skip
"""Schemas of some kinds of organisation. All other kinds, and unknown kinds, become Organization."""
TOPICS = {
    "state-owned-company": "gov.soe", "bank": "fin.bank", "policy-bank": "fin.bank", "fund": "fin.fund", "state-body": "gov",
    "intergovernmental": "gov.igo",
}  # fmt: skip
LOANS = ("loan", "interest-free-loan", "concessional-loan", "export-credit")
AUTHORITIES = {
    "us-dod-1260h": "United States Department of Defense", "us-fcc-covered": "Federal Communications Commission",
    "us-ofac-sdn": "Office of Foreign Assets Control", "us-ofac-ns-cmic": "Office of Foreign Assets Control",
    "us-bis-entity-list": "Bureau of Industry and Security",
}  # fmt: skip
"""Name of the authority that publishes each official list."""
_ENDS = {
    "parent": ("asset", "owner"), "joint-venture": ("asset", "owner"),
    "subsidiary": ("owner", "asset"), "share-held": ("owner", "asset"),
    "predecessor": ("successor", "predecessor"),
}  # fmt: skip
"""Properties of Ownership or Succession for the relation's `from` and `to`, by kind of relation."""
_STRINGS = {
    "organization": {"name": "name", "alias": "alias", "sector": "sector"},
    "project": {"name": "name", "kind": "keywords", "status": "status", "sector": "keywords"},
    "relation": {"kind": "role"},
    "role": {"role": "role"},
    "commitment": {"flow-type": "role", "status": "status"},
    "listing": {"note": "description"},
    "place": {"name": "full", "kind": "keywords"},
    "document": {"title": "title", "publisher": "publisher", "citation": "summary"},
    "agreement": {"name": "name", "kind": "keywords", "subject": "description"},
    "participation": {"role": "role"},
}
_TEXTS = {"project": {"description": "description"}}
_COUNTRIES = {"organization": "country", "project": "country", "place": "country", "agreement": "country"}
_DATES = {
    "project": {
        "agreed": "date", "construction-start": "startDate", "started": "startDate", "completed": "endDate", "ended": "endDate",
    },
    "relation": {"start": "startDate", "end": "endDate"},
    "role": {"start": "startDate", "end": "endDate"},
    "commitment": {"agreed": "date"},
    "listing": {"start": "startDate", "end": "endDate", "edition": "date"},
    "document": {"published": "publishedAt"},
    "agreement": {"date": "date"},
    "participation": {"start": "startDate", "end": "endDate"},
}  # fmt: skip
_LINKS = {
    "role": {"project": "project", "organization": "participant"},
    "listing": {"organization": "entity"},
    "agreement": {"party": "involved"},
    "participation": {"organization": "member", "body": "organization"},
}
_NOTES = {
    "project": {"operational", "length", "capacity", "umbrella", "website"},
    "relation": {"share"},
    "commitment": {"amount", "recommended-for-aggregates", "flow-type", "status"},
    "place": {"placed-by", "precision", "radius"},
    "organization": {"stakeholder-group"},
    "agreement": {"forum", "status", "adopted", "amended", "in-force", "repealed"},
}
"""Properties that become a note because FollowTheMoney has no property for them, by record type.

`convert_claim` makes exceptions for some schemas of relations and commitments.
"""


class EntityClaim(NamedTuple):
    """A claim about an entity, or a link that a claim implies (its property begins with `@`): a row of the query `ftm.claims`."""

    id: str
    record: str
    source: str
    type: str
    property: str
    value: str | None
    target: str | None
    original: str | None
    unit: str | None
    lang: str | None
    basis: str | None
    rule: str | None
    claim_id: str
    schema: str
    about: str | None
    """What decides how values are converted: a relation's kind, a place's precision, or the property that names a document."""
    label: str | None
    first_seen: str | None
    last_seen: str | None
    places: list[dict[str, str | None]] | None

    def record_id(self) -> str:
        """Return the id that the entity would have if this were its only source record."""
        return canonical_id(self.record)


class Value(NamedTuple):
    """A value of a FollowTheMoney property. `prop` is empty if another entity already states the value."""

    prop: str
    value: str
    original: str | None = None
    """Overt's value if FollowTheMoney's is less precise; otherwise the source's own words, if they differ."""
    has_language: bool = False


def convert_claim(claim: EntityClaim) -> Iterator[Value]:
    """Yield the values of a claim in FollowTheMoney. Raises NotCarriedError if the format can't contain the claim."""
    kind, name, text = claim.type, claim.property, claim.value or ""
    if claim.target is not None or name.startswith("@"):
        yield Value(_link(claim), _target(claim))
    elif kind == "commitment" and claim.schema == "Debt" and name == "amount":
        yield Value("amount", text)
        yield Value("currency", claim.unit or "")
    elif kind == "relation" and claim.schema == "Ownership" and name == "share":
        yield Value("percentage", text)
    elif name in _DATES.get(kind, {}):
        yield from _date_values(claim, text)
    elif name in _NOTES.get(kind, ()) and not (kind == "commitment" and claim.schema != "Debt" and name in _STRINGS[kind]):
        yield _note(claim, text)
    elif name in _STRINGS[kind]:
        yield from _string_values(claim, text)
    elif name in _TEXTS.get(kind, {}):
        yield Value(_TEXTS[kind][name], check_length(text, "text"), claim.original, has_language=True)
    elif name in ("country", "party-country") and kind in _COUNTRIES:
        yield Value(_COUNTRIES[kind], to_country(text), claim.original)
    else:
        yield from _convert_other(claim, text)


def _convert_other(claim: EntityClaim, text: str) -> Iterator[Value]:
    match claim.type, claim.property:
        case "organization", "kind":
            yield Value("classification", text)
            if text in TOPICS:
                yield Value("topics", TOPICS[text])
        case "organization", "identifier":
            yield Value(*to_identifier(text, claim.schema))
        case "organization", "website":
            yield Value("website", to_url(text))
        case "document", "url":
            yield Value("sourceUrl", to_url(text))
            if claim.about == "url":
                yield Value("fileName", check_length(text, "string"))
        case "document", "lang":
            if (code := to_language(text)) is None:
                raise NotCarriedError("FollowTheMoney has no code for the language")
            yield Value("language", code, text)
        case "listing", "list":
            yield Value("summary", text)
            if text in AUTHORITIES:
                yield Value("authority", AUTHORITIES[text])
        case "place", "geometry":
            yield from _point_values(claim, text)
        case _:
            raise NotCarriedError("FollowTheMoney has no property for it")


def _string_values(claim: EntityClaim, text: str) -> Iterator[Value]:
    prop = _STRINGS[claim.type][claim.property]
    if prop == "full" and not is_address(text):
        prop = "name"
    text = check_length(text, "name" if prop in ("name", "alias") else "string")
    has_language = claim.property not in ("kind", "role", "status", "flow-type")
    yield Value(prop, text, claim.original, has_language=has_language)
    if claim.about == claim.property in ("title", "citation"):
        yield Value("fileName", text)  # FollowTheMoney requires a file name, so the document's title is used.


def _date_values(claim: EntityClaim, text: str) -> Iterator[Value]:
    day = to_date(text)
    yield Value(_DATES[claim.type][claim.property], day, text if text != day else claim.original)
    if claim.type == "listing" and claim.property == "start":
        yield Value("listingDate", day, text if text != day else claim.original)


def _note(claim: EntityClaim, text: str) -> Value:
    prop = {"relation": "summary", "commitment": "summary", "place": "remarks"}.get(claim.type, "notes")
    words = f"{claim.property}: {text}{f' {claim.unit}' if claim.unit else ''}"
    return Value(prop, check_length(words, "string" if prop == "remarks" else "text"))


def _point_values(claim: EntityClaim, text: str) -> Iterator[Value]:
    if claim.about not in LOCATED:
        raise NotCarriedError("a point that represents a whole area is not an address")
    if (point := parse_point(text)) is None:
        raise NotCarriedError("an address has a point and no other geometry")
    yield Value("longitude", point[0])
    yield Value("latitude", point[1])


def _link(claim: EntityClaim) -> str:
    match claim.type, claim.property:
        case _, "@proof":
            return "proof"
        case _, "@address":
            return "addressEntity"
        case _, "@debtor":
            return "debtor"
        case "relation", "from" | "to" as end:
            ends = ("subject", "object") if claim.schema == "UnknownLink" else _ENDS[claim.about or ""]
            return ends[end == "to"]
        case "commitment", "financier":
            return "creditor" if claim.schema == "Debt" else "participant"
        case "commitment", "project":
            return "summary" if claim.schema == "Debt" else "project"
        case "place", "project":
            return ""  # The project itself already states this.
        case kind, name if name in _LINKS.get(kind, {}):
            return _LINKS[kind][name]
        case _:
            raise NotCarriedError("FollowTheMoney has no property for it")


def _target(claim: EntityClaim) -> str:
    if claim.target is None:
        raise NotCarriedError("the record that it names is not in the edition")
    if _link(claim) == "summary":
        return f"project: {claim.target}"
    return claim.target
