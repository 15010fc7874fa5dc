"""Which schema and property of FollowTheMoney says what a property of ours says. docs/decisions/0030 argues each choice."""

from collections.abc import Iterator
from typing import NamedTuple

from overt.export.ftm import values as to
from overt.export.ftm.values import NotCarriedError
from overt.model.record_ids import canonical_id

SCHEMAS = {
    "company": "Company", "state-owned-company": "Company", "bank": "Company", "policy-bank": "Company", "insurer": "Company",
    "state-body": "PublicBody",
}  # fmt: skip
"""The schema of each kind of organisation; of all others, and where no source says what it is, Organization."""
TOPICS = {
    "state-owned-company": "gov.soe", "bank": "fin.bank", "policy-bank": "fin.bank", "fund": "fin.fund", "state-body": "gov",
    "intergovernmental": "gov.igo",
}  # fmt: skip
LOANS = ("loan", "interest-free-loan", "concessional-loan", "export-credit")
AUTHORITIES = {"us-dod-1260h": "United States Department of Defense", "us-fcc-covered": "Federal Communications Commission"}
"""Who keeps a list."""
_ENDS = {
    "parent": ("asset", "owner"), "joint-venture": ("asset", "owner"),
    "subsidiary": ("owner", "asset"), "share-held": ("owner", "asset"),
    "predecessor": ("successor", "predecessor"),
}  # fmt: skip
"""What `from` and `to` of a relation are in Ownership and Succession."""
_PLAIN = {
    "organization": {"name": "name", "alias": "alias", "sector": "sector"},
    "project": {"name": "name", "kind": "keywords", "status": "status", "sector": "keywords"},
    "relation": {"kind": "role"},
    "role": {"role": "role"},
    "commitment": {"flow-type": "role", "status": "status"},
    "listing": {"note": "description"},
    "place": {"name": "full", "kind": "keywords"},
    "document": {"title": "title", "publisher": "publisher", "citation": "summary"},
    "agreement": {"name": "name", "kind": "keywords", "subject": "description"},
}
_TEXTS = {"project": {"description": "description"}}
_AREAS = {"organization": "country", "project": "country", "place": "country", "agreement": "country"}
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
}  # fmt: skip
_LINKS = {
    "role": {"project": "project", "organization": "participant"},
    "listing": {"organization": "entity"},
    "agreement": {"party": "involved"},
}
_NOTES = {
    "project": {"operational", "length", "capacity", "umbrella", "website"},
    "relation": {"share"},
    "commitment": {"amount", "recommended-for-aggregates", "flow-type", "status"},
    "place": {"precision", "radius"},
    "agreement": {"forum", "status"},
}
"""Said in words, since no property says it."""
_POINTS = ("exact", "locality")


class Said(NamedTuple):
    """A claim, as sql/ftm_said.sql gives it."""

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
    label: str | None
    first_seen: str | None
    last_seen: str | None
    places: list[dict[str, str | None]] | None

    def own_id(self) -> str:
        """The id that the record would bear alone."""
        return canonical_id(self.record)


class Value(NamedTuple):
    """A value of a property of FollowTheMoney. `original`: what it stands for, where it says less."""

    prop: str
    value: str
    original: str | None = None
    of_language: bool = False


def values_of(said: Said) -> Iterator[Value]:
    """What a claim says in FollowTheMoney. Raises NotCarriedError where it says nothing there."""
    kind, name, text = said.type, said.property, said.value or ""
    if said.target is not None or name.startswith("@"):
        yield Value(_link(said), _target(said))
    elif kind == "commitment" and said.schema == "Debt" and name == "amount":
        yield Value("amount", text)
        yield Value("currency", said.unit or "")
    elif kind == "relation" and said.schema == "Ownership" and name == "share":
        yield Value("percentage", text)
    elif name in _DATES.get(kind, {}):
        yield from _dates(said, text)
    elif name in _NOTES.get(kind, ()) and not (kind == "commitment" and said.schema != "Debt" and name in _PLAIN[kind]):
        yield _note(said, text)
    elif name in _PLAIN[kind]:
        yield from _plain(said, text)
    elif name in _TEXTS.get(kind, {}):
        yield Value(_TEXTS[kind][name], to.short(text, "text"), said.original, of_language=True)
    elif name == "country" or name == "party-country":
        yield Value(_AREAS[kind], to.area(text), said.original)
    else:
        yield from _others(said, text)


def _others(said: Said, text: str) -> Iterator[Value]:
    match said.type, said.property:
        case "organization", "kind":
            yield Value("classification", text)
            if text in TOPICS:
                yield Value("topics", TOPICS[text])
        case "organization", "identifier":
            yield Value(*to.identifier(text, said.schema))
        case "organization", "website":
            yield Value("website", to.address(text))
        case "document", "url":
            yield Value("sourceUrl", to.address(text))
            if said.about == "url":
                yield Value("fileName", to.short(text, "string"))
        case "document", "lang":
            if (code := to.language(text)) is None:
                raise NotCarriedError("FollowTheMoney has no code for the language")
            yield Value("language", code, text)
        case "listing", "list":
            yield Value("summary", text)
            if text in AUTHORITIES:
                yield Value("authority", AUTHORITIES[text])
        case "place", "geometry":
            yield from _point(said, text)
        case _:
            raise NotCarriedError("no property says it")


def _plain(said: Said, text: str) -> Iterator[Value]:
    prop = _PLAIN[said.type][said.property]
    if prop == "full" and not to.is_address(text):
        prop = "name"
    text = to.short(text, "name" if prop in ("name", "alias") else "string")
    words = said.property not in ("kind", "role", "status", "flow-type")
    yield Value(prop, text, said.original, of_language=words)
    if said.about == said.property in ("title", "citation"):
        yield Value("fileName", text)  # which FollowTheMoney requires: what the document is called


def _dates(said: Said, text: str) -> Iterator[Value]:
    day = to.date(text)
    yield Value(_DATES[said.type][said.property], day, text if text != day else said.original)
    if said.type == "listing" and said.property == "start":
        yield Value("listingDate", day, text if text != day else said.original)


def _note(said: Said, text: str) -> Value:
    prop = {"relation": "summary", "commitment": "summary", "place": "remarks"}.get(said.type, "notes")
    words = f"{said.property}: {text}{f' {said.unit}' if said.unit else ''}"
    return Value(prop, to.short(words, "string" if prop == "remarks" else "text"))


def _point(said: Said, text: str) -> Iterator[Value]:
    if said.about not in _POINTS:
        raise NotCarriedError("a point that stands for a whole area is no address")
    if (found := to.point(text)) is None:
        raise NotCarriedError("an address has a point and no other geometry")
    yield Value("longitude", found[0])
    yield Value("latitude", found[1])


def _link(said: Said) -> str:
    match said.type, said.property:
        case _, "@proof":
            return "proof"
        case _, "@address":
            return "addressEntity"
        case _, "@debtor":
            return "debtor"
        case "relation", "from" | "to" as end:
            ends = ("subject", "object") if said.schema == "UnknownLink" else _ENDS[said.about or ""]
            return ends[end == "to"]
        case "commitment", "financier":
            return "creditor" if said.schema == "Debt" else "participant"
        case "commitment", "project":
            return "summary" if said.schema == "Debt" else "project"
        case "place", "project":
            return ""  # the project says it
        case kind, name:
            return _LINKS[kind][name]


def _target(said: Said) -> str:
    if said.target is None:
        raise NotCarriedError("what it names is not in the edition")
    if _link(said) == "summary":
        return f"project: {said.target}"
    return said.target
