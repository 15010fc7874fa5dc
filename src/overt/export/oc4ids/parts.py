"""Who takes part in a project, where it is, what money was promised and which documents tell of it, in the words of OC4IDS."""

import re
from dataclasses import dataclass
from typing import Any

import shapely

from overt.export.loss_report import Account
from overt.export.public_release import Holdings

ROLES = {"supplier": "supplier", "implementer": "supplier", "financier": "funder"}
"""The standard's code of each role that has one; for the others its list is open, and takes our word."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_KNOWN = {"exact": "the site itself", "locality": "the town or place, not the site in it"}
_SOFT = {
    "admin2": "known to the district", "admin1": "known to the province", "country": "known to the country alone",
    "unlocated": "not located",
}  # fmt: skip
Json = dict[str, Any]


@dataclass(frozen=True)
class Looked:
    """What the parts of projects refer to."""

    organizations: dict[str, Json]
    documents: dict[str, Json]
    labels: dict[str, str]
    areas: dict[str, str]
    kinds: dict[str, str]

    @classmethod
    def of(cls, holdings: Holdings) -> "Looked":
        """The organisations, documents, areas and kinds of an edition."""
        return cls(
            {row["id"]: row for row in holdings.rows("SELECT id, name, country, identifier FROM organizations")},
            {row["id"]: row for row in holdings.rows("SELECT id, url, title, publisher, published, lang FROM documents")},
            {
                row["id"]: row["label"]
                for row in holdings.rows("SELECT id, coalesce(label, id) AS label FROM records WHERE type = 'organization'")
            },
            {row["code"]: row["label"] for row in holdings.rows("SELECT code, label FROM areas")},
            {row["id"]: row["label"] for row in holdings.rows("SELECT id, label FROM terms WHERE vocabulary = 'project-kinds'")},
        )


def day(text: str | None) -> str | None:
    """A day as the standard wants dates, at its beginning; None for a year or a month, which are no day."""
    return f"{text}T00:00:00Z" if text and _DAY.fullmatch(text) else None


def parties_of(row: Json, looked: Looked, account: Account) -> list[Json]:
    """Each organisation once, with all that it did."""
    found: dict[str, Json] = {}
    for part in row["roles"] or ():
        account.write("role", part["id"], "project", "organization", "role")
        party = found.setdefault(part["organization"], _party(part["organization"], looked, account))
        code = ROLES.get(part["role"], part["role"])
        if code not in party["roles"]:
            party["roles"].append(code)
    for commitment in row["commitments"] or ():
        for financier in commitment["financier"] or ():
            party = found.setdefault(financier, _party(financier, looked, account))
            if "funder" not in party["roles"]:
                party["roles"].append("funder")
    return list(found.values())


def _party(identity: str, looked: Looked, account: Account) -> Json:
    held = looked.organizations[identity]
    party: Json = {"id": identity, "name": looked.labels[identity], "roles": []}
    told = ["name"] if held["name"] else []
    lei = next((text.removeprefix("lei:") for text in held["identifier"] or () if text.startswith("lei:")), None)
    if lei:
        party["identifier"] = {"scheme": "XI-LEI", "id": lei}
        told.append("identifier")
    if held["country"]:
        party["address"] = {"countryName": looked.areas[held["country"]]}
        told.append("country")
    account.write("organization", identity, *told)
    return party


def locations_of(row: Json, looked: Looked, account: Account) -> list[Json]:
    """The places of a project, each saying how exactly it is known; and the countries that none of them lies in."""
    locations = []
    for place in row["places"] or ():
        if place["kind"] == "route":
            continue
        known = _KNOWN.get(place["precision"])
        words = [place["name"], known or _SOFT.get(place["precision"] or "unlocated")]
        location: Json = {"id": place["id"], "description": ": ".join(word for word in words if word)}
        told = ["precision", *(["name"] if place["name"] else [])]
        shape = shapely.from_wkt(place["geometry"]) if place["geometry"] and known else None
        if shape is not None and shape.geom_type == "Point":
            location["geometry"] = {"type": "Point", "coordinates": [shape.x, shape.y]}
            told.append("geometry")
        if place["country"]:
            location["address"] = {"countryName": looked.areas[place["country"]]}
            told.append("country")
        account.write("place", place["id"], *told)
        account.carry("place", "project")
        locations.append(location)
    at = {place["country"] for place in row["places"] or () if place["kind"] != "route"}
    for code in row["country"] or ():
        account.carry("project", "country")
        if code not in at:
            said = {"countryName": looked.areas[code]}
            locations.append({"id": f"country-{code}", "description": _SOFT["country"], "address": said})
    return locations


def budget_of(row: Json, looked: Looked, account: Account) -> Json:
    """What was promised, a line a commitment; without a source party where several promised it together. Never a total: what was
    promised is not what the project costs.
    """
    lines = []
    for commitment in row["commitments"] or ():
        line: Json = {"id": commitment["id"]}
        words = [commitment["flow"], commitment["status"], *([commitment["agreed"]] if commitment["agreed"] else [])]
        told = ["project", *(name for name in ("flow-type", "status", "agreed") if commitment[name.split("-")[0]])]
        if commitment["amount"] is not None:
            told.append("amount")
            if len(commitment["unit"]) == 3:
                line["amount"] = {"amount": float(commitment["amount"]), "currency": commitment["unit"]}
            else:  # a currency of the standard has no price year: dollars of 2021 are not dollars
                words.append(f"{commitment['amount'].normalize():f} {commitment['unit']}")
        financiers: list[str] = commitment["financier"] or []
        told += ["financier"] * len(financiers)
        if len(financiers) == 1:
            line["sourceParty"] = {"id": financiers[0], "name": looked.labels[financiers[0]]}
        elif financiers:
            words.append("by " + "; ".join(looked.labels[one] for one in financiers))
        line["description"] = ", ".join(word for word in words if word)
        account.write("commitment", commitment["id"], *told)
        lines.append({name: value for name, value in line.items() if value != ""})
    if not lines:
        return {}
    return {
        "budgetBreakdowns": [{"id": "commitments", "description": "Money promised, as sources tell it", "budgetBreakdown": lines}]
    }


def documents_of(row: Json, looked: Looked, account: Account) -> list[Json]:
    """What the claims about a project cite."""
    documents = []
    for identity in row["documents"] or ():
        held = looked.documents[identity]
        document: Json = {"id": identity}
        told = []
        for field, name in (("title", "title"), ("url", "url"), ("author", "publisher"), ("language", "lang")):
            if held[name]:
                document[field] = held[name]
                told.append(name)
        if published := day(held["published"]):
            document["datePublished"] = published
            told.append("published")
        account.write("document", identity, *told)
        documents.append(document)
    return documents
