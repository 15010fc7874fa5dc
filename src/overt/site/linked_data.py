"""Records, figures and releases as JSON-LD (schema.org). Addresses are relative if the atlas has no public address."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from overt.http.page_addresses import record_url
from overt.index.drawn_geometry import drawn
from overt.language.citations import Citation, apa_reference
from overt.language.number_and_money_formats import web_address
from overt.queries.figures import Figure
from overt.queries.rows.records import Record
from overt.queries.sources import Source
from overt.site.figure_texts import rounded
from overt.site.site import Site

Node = dict[str, Any]


def describe_record(
    site: Site, cited: Citation, record: Record, sources: Sequence[Source], parts: Sequence[Record], places: Sequence[Record]
) -> Node:
    """Describe a record. `parts`: roles and commitments that refer to it. `places`: its places."""
    properties = {prop.name: prop for prop in site.schema.types[record.type].properties.values()}
    values = [
        _value(
            site, properties[name].label, fact.label or fact.value, fact.unit, name, contested=fact.contested, is_shown=fact.shown
        )
        for name, facts in record.facts.items()
        if name in properties
        for fact in facts
    ]
    where = [_country(site, fact.value) for fact in record.shown("country")]
    where += [node for place in places if (node := _place(place))]
    about: Node = {
        "@type": "Thing",
        "name": record.label or site.document_names.get(record.id, record.id),
        "identifier": record.id,
    }
    if record.label_zh:
        about["alternateName"] = record.label_zh
    return {
        **_head(site, cited, sources),
        "about": about,
        **_some("spatialCoverage", [node for at, node in enumerate(where) if node not in where[:at]]),
        **_some("contributor", _contributors(site, parts)),
        "variableMeasured": values,
    }


def describe_figure(site: Site, cited: Citation, figure: Figure, sources: Sequence[Source]) -> Node:
    """Describe a figure with its value and the file with its rows."""
    value, unit = rounded(figure.value, figure.unit), figure.unit
    measured = None if value is None else _value(site, figure.question or "", value, unit, figure.name)
    rows = _file(site, f"/figure/{figure.name}.csv", "text/csv")
    return {
        **_head(site, cited, sources),
        "description": figure.question,
        **_some("variableMeasured", [measured] if measured else []),
        "distribution": [rows],
    }


def describe_release(
    site: Site, cited: Citation, sources: Sequence[Source], tables: Iterable[tuple[str, Mapping[str, Any]]]
) -> Node:
    """Describe a release with the files of its tables."""
    files = []
    for name, table in tables:
        path = f"{cited.path}/tables/{name}.parquet"
        files.append(
            {
                **_file(site, path, "application/vnd.apache.parquet"),
                "name": name,
                **({"contentSize": str(table["bytes"])} if "bytes" in table else {}),
                **({"sha256": table["sha256"]} if "sha256" in table else {}),
            }
        )
    return {**_head(site, cited, sources), **_some("distribution", files)}


def _head(site: Site, cited: Citation, sources: Sequence[Source]) -> Node:
    item = site.csl(cited)
    release = f"/release/{site.prepared.release}"
    head: Node = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": f"{site.address_of_site}{cited.path}",
        "name": item["title"],
        "identifier": cited.name,
        "version": item["version"],
        "url": f"{site.address_of_site}{cited.path}",
        "creator": {"@type": "Organization", "name": item["author"][0]["literal"]},
        "citation": str(apa_reference(item).striptags()),
        "isAccessibleForFree": True,
        "isBasedOn": [_source(row) for row in sources],
    }
    if "issued" in item:
        head["dateModified"] = site.words.meta["manifest"]["date"]
    if "abstract" in item:
        head["abstract"] = item["abstract"]
    if cited.path != release:
        head["isPartOf"] = {"@type": "Dataset", "@id": f"{site.address_of_site}{release}", "version": item["version"]}
    return head


def _source(row: Source) -> Node:
    licence = web_address(row.licence_url) or row.licence
    address = web_address(row.address)
    return {
        "@type": "Dataset",
        "name": row.title,
        "publisher": {"@type": "Organization", "name": row.publisher},
        "license": licence,
        "creditText": row.attribution,
        **({"url": address} if address else {}),
    }


def _value(
    site: Site, name: str, value: str | float, unit: str | None, identity: str, *, contested: bool = False, is_shown: bool = True
) -> Node:  # fmt: skip
    node: Node = {"@type": "PropertyValue", "propertyID": identity, "name": name, "value": value}
    if unit:
        node["unitText"] = site.formats.unit_words(unit)
    if contested:
        node["description"] = (
            "Sources disagree; this value is shown." if is_shown else "Sources disagree; another value is shown."
        )
    return node


def _country(site: Site, code: str) -> Node:
    return {"@type": "Country", "name": site.words.area(code), "identifier": code}


def _place(place: Record) -> Node | None:
    """Return a place with its name and, unless it is only the centre of a country, its point; None if it has neither."""
    name, precision = place.value("name"), place.value("precision") or "unlocated"
    node: Node = {"@type": "Place", **({"name": name} if name else {})}
    shape = drawn(place.value("geometry"), precision)
    if shape and shape.longitude is not None:
        node["geo"] = {"@type": "GeoCoordinates", "longitude": shape.longitude, "latitude": shape.latitude}
        node["description"] = f"Known to: {precision}"
    return node if len(node) > 1 else None


def _contributors(site: Site, parts: Sequence[Record]) -> list[Node]:
    nodes: dict[tuple[str, str], Node] = {}
    for record in parts:
        role = record.value("role") or "financier"
        for fact in (*record.shown("organization"), *record.shown("financier")):
            path = f"{site.address_of_site}{record_url('organization', fact.value)}"
            organization = {"@type": "Organization", "@id": path, "name": fact.label or fact.value}
            nodes[role, fact.value] = {"@type": "Role", "roleName": site.words.term("roles", role), "contributor": organization}
    return list(nodes.values())


def _file(site: Site, path: str, kind: str) -> Node:
    return {"@type": "DataDownload", "contentUrl": f"{site.address_of_site}{path}", "encodingFormat": kind}


def _some(name: str, nodes: list[Any]) -> Node:
    return {name: nodes} if nodes else {}
