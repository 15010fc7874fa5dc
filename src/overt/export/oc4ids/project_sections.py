"""Participants, places, money and documents of a project in OC4IDS. What is written is counted in a `LossTally`."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import shapely

from overt.export.loss_tally import LossTally
from overt.export.public_release_reader import PublicRelease

ROLES = {"supplier": "supplier", "implementer": "supplier", "financier": "funder"}
"""The standard's codes for Overt's roles. The standard's list is open, so roles without a code are written in Overt's words."""
_IN_ADDRESS = ":/?#[]@!$&'()*+,;=%~"
"""Special characters that stay unchanged in an address. Others are percent-encoded, because the standard requires ASCII."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LOCATED = {"exact": "the site itself", "locality": "the town or place, not the site in it"}
_COARSE = {
    "admin2": "known to the district", "admin1": "known to the province", "country": "known to the country alone",
    "unlocated": "not located",
}  # fmt: skip
Json = dict[str, Any]


@dataclass(frozen=True)
class References:
    """The records, areas and kinds that the sections of projects refer to, by id or code."""

    organizations: dict[str, Json]
    documents: dict[str, Json]
    labels: dict[str, str]
    areas: dict[str, str]
    kinds: dict[str, str]

    @classmethod
    def load(cls, release: PublicRelease) -> "References":
        """Load the organisations, documents, areas and kinds of a release."""
        return cls(
            {row["id"]: row for row in release.rows("SELECT id, name, country, identifier FROM organizations")},
            {row["id"]: row for row in release.rows("SELECT id, url, title, publisher, published, lang FROM documents")},
            {
                row["id"]: row["label"]
                for row in release.rows("SELECT id, coalesce(label, id) AS label FROM records WHERE type = 'organization'")
            },
            {row["code"]: row["label"] for row in release.rows("SELECT code, label FROM areas")},
            {row["id"]: row["label"] for row in release.rows("SELECT id, label FROM terms WHERE vocabulary = 'project-kinds'")},
        )


def parse_day(text: str | None) -> str | None:
    """Return the start of a day as the standard writes dates; None for a date that is less exact, and for None."""
    return f"{text}T00:00:00Z" if text and _DAY.fullmatch(text) else None


def make_parties(row: Json, references: References, tally: LossTally) -> list[Json]:
    """Return each organisation that takes part in the project or finances it, once, with all of its roles."""
    parties: dict[str, Json] = {}
    for role in row["roles"] or ():
        tally.write("role", role["id"], "project", "organization", "role")
        party = parties.setdefault(role["organization"], _make_party(role["organization"], references, tally))
        code = ROLES.get(role["role"], role["role"])
        if code not in party["roles"]:
            party["roles"].append(code)
    for commitment in row["commitments"] or ():
        for financier in commitment["financier"] or ():
            party = parties.setdefault(financier, _make_party(financier, references, tally))
            if "funder" not in party["roles"]:
                party["roles"].append("funder")
    return list(parties.values())


def _make_party(identity: str, references: References, tally: LossTally) -> Json:
    organization = references.organizations[identity]
    party: Json = {"id": identity, "name": references.labels[identity], "roles": []}
    written = ["name"] if organization["name"] else []
    identifiers = organization["identifier"] or ()
    lei = next((text.removeprefix("lei:") for text in identifiers if text.startswith("lei:")), None)
    if lei:
        party["identifier"] = {"scheme": "XI-LEI", "id": lei}
        written.append("identifier")
    if organization["country"]:
        party["address"] = {"countryName": references.areas[organization["country"]]}
        written.append("country")
    tally.write("organization", identity, *written)
    return party


def make_locations(row: Json, references: References, tally: LossTally) -> list[Json]:
    """Return a location for each place except routes, with its precision, then one for each country without such a place."""
    places = [place for place in row["places"] or () if place["kind"] != "route"]
    locations = []
    for place in places:
        precision = _LOCATED.get(place["precision"])
        words = [place["name"], precision or _COARSE.get(place["precision"] or "unlocated")]
        location: Json = {"id": place["id"], "description": ": ".join(word for word in words if word)}
        written = ["precision", *(["name"] if place["name"] else [])]
        shape = shapely.from_wkt(place["geometry"]) if place["geometry"] and precision else None
        if shape is not None and shape.geom_type == "Point":
            location["geometry"] = {"type": "Point", "coordinates": [shape.x, shape.y]}
            written.append("geometry")
        if place["country"]:
            location["address"] = {"countryName": references.areas[place["country"]]}
            written.append("country")
        tally.write("place", place["id"], *written)
        tally.write_values("place", "project")
        locations.append(location)
    located = {place["country"] for place in places}
    for code in row["country"] or ():
        tally.write_values("project", "country")
        if code not in located:
            address = {"countryName": references.areas[code]}
            locations.append({"id": f"country-{code}", "description": _COARSE["country"], "address": address})
    return locations


def make_budget(row: Json, references: References, tally: LossTally) -> Json:
    """Return the promised money, with one line per commitment; empty if there is none.

    Several financiers, or an amount in constant prices, appear only in a line's description. There is no total, because the
    promised amount is not the cost of the project.
    """
    lines = [_make_budget_line(commitment, references, tally) for commitment in row["commitments"] or ()]
    if not lines:
        return {}
    return {
        "budgetBreakdowns": [
            {"id": "commitments", "description": "Money promised, according to sources", "budgetBreakdown": lines}
        ]
    }


def _make_budget_line(commitment: Json, references: References, tally: LossTally) -> Json:
    line: Json = {"id": commitment["id"]}
    words = [commitment["flow"], commitment["status"], *([commitment["agreed"]] if commitment["agreed"] else [])]
    written = ["project", *(name for name in ("flow-type", "status", "agreed") if commitment[name.split("-")[0]])]
    if commitment["amount"] is not None:
        written.append("amount")
        if len(commitment["unit"]) == 3:
            line["amount"] = {"amount": float(commitment["amount"]), "currency": commitment["unit"]}
        else:  # The standard's currencies have no price year, and dollars in prices of 2021 are not the same as current dollars.
            words.append(f"{commitment['amount'].normalize():f} {commitment['unit']}")
    financiers: list[str] = commitment["financier"] or []
    written += ["financier"] * len(financiers)
    if len(financiers) == 1:
        line["sourceParty"] = {"id": financiers[0], "name": references.labels[financiers[0]]}
    elif financiers:
        words.append("by " + "; ".join(references.labels[financier] for financier in financiers))
    line["description"] = ", ".join(word for word in words if word)
    tally.write("commitment", commitment["id"], *written)
    return {name: value for name, value in line.items() if value != ""}


def make_documents(row: Json, references: References, tally: LossTally) -> list[Json]:
    """Return the documents that the project's claims cite."""
    documents = []
    for identity in row["documents"] or ():
        source = references.documents[identity]
        document: Json = {"id": identity}
        written = []
        for field, name in (("title", "title"), ("url", "url"), ("author", "publisher"), ("language", "lang")):
            if source[name]:
                document[field] = quote(source[name], safe=_IN_ADDRESS) if field == "url" else source[name]
                written.append(name)
        if published := parse_day(source["published"]):
            document["datePublished"] = published
            written.append("published")
        tally.write("document", identity, *written)
        documents.append(document)
    return documents
