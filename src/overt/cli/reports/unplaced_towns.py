"""The output of `overt places`: towns that sources name and the gazetteer could not place."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from overt.archive import Archive
from overt.cli.atlas_access import reading
from overt.cli.json_output import print_json
from overt.gazetteer import Ambiguous, Province, Town, locate
from overt.gazetteer.placement_rule_descriptions import RULES
from overt.importing.claim_store import ClaimStore
from overt.importing.editing.yaml_scalars import yaml_scalar
from overt.importing.places.geocoding import gazetteer_country
from overt.importing.snapshot_and_source_selection import Choices, newest_last
from overt.language.single_line import single_line
from overt.ledger import Ledger
from overt.model.errors import OvertError, format_count
from overt.model.workspace import Workspace

Row = dict[str, Any]
_COLUMNS = ("record", "property", "value", "original", "rule")
_MAX_CANDIDATES = 5
_TODO = (
    "To choose, copy a line below `towns:` of vocab/towns.yml in the atlas, say why, and run `overt build`. In a source of your"
    " own, `lookups: towns:` of its source.yml does the same."
)


def print_places(workspace: Path, *, json: bool) -> None:
    """Print how many places the gazetteer placed, and each name that it could not place."""
    atlas, archive, ledger = reading(workspace)
    counts, unplaced = placed_and_unplaced(atlas, archive, ledger)
    if json:
        print_json({"sources": counts, "unplaced": unplaced})
        return
    for row in counts:
        named = format_count(row["named"], "place")
        print(f"{row['source']}: {named} known only by the name of a town or province; {row['placed']:,} placed by the gazetteer")
    if not counts:
        print("no imported source has a place known only by the name of a town")
    for row in unplaced:
        print("\n".join(_lines(row)))
    if unplaced:
        print(_TODO)


def placed_and_unplaced(atlas: Workspace, archive: Archive, ledger: Ledger) -> tuple[list[Row], list[Row]]:
    """Return counts of placed towns, and the names that could not be placed.

    The first list has the sources with places that are known only by the name of a town or province: how many these are, and
    how many of them the gazetteer placed. The second list has each name that isn't placed, by source and country, with its
    number of places and at most `_MAX_CANDIDATES` candidates.
    """
    counts, unplaced = [], []
    for source, places in _named_places(atlas, archive, ledger.source_choices()).items():
        placed = sum(place["precision"] != "unlocated" for place in places)
        counts.append({"source": source, "named": len(places), "placed": placed})
        names = Counter((place["original"], place.get("country", "")) for place in places if place["precision"] == "unlocated")
        for (name, country), number in sorted(names.items()):
            meant = locate(name, gazetteer_country(atlas.content.areas, country))
            candidates = (
                meant.candidates if isinstance(meant, Ambiguous) else (meant,) if isinstance(meant, Town | Province) else ()
            )
            entries = [_candidate(entry) for entry in candidates[:_MAX_CANDIDATES]]
            unplaced.append({"source": source, "name": name, "country": country, "places": number, "candidates": entries})
    return counts, unplaced


def _named_places(atlas: Workspace, archive: Archive, choices: Choices) -> dict[str, list[Row]]:
    """Return the places that are known only by the name of a town or province, by source."""
    store, places = ClaimStore(atlas.claims), {}
    for snapshot in newest_last(archive.snapshots(), choices):
        spec = atlas.content.sources.get(snapshot.source)
        if spec is None or spec.key_template("place") is None:
            continue
        try:
            path = store.intact_snapshot(snapshot.source, snapshot.id).claims
        except OvertError:  # The source is not imported, which `overt status` reports.
            continue
        rows = pq.read_table(path, columns=list(_COLUMNS), filters=[("type", "=", "place")]).to_pylist()
        records: dict[str, Row] = {
            row["record"]: {"precision": row["value"], "original": row["original"]}
            for row in rows
            if row["rule"] in RULES and row["property"] == "precision"
        }
        for row in rows:
            if row["property"] == "country" and row["record"] in records:
                records[row["record"]]["country"] = row["value"]
        if records:
            places[snapshot.source] = list(records.values())
    return dict(sorted(places.items()))


def _candidate(entry: Town | Province) -> Row:
    return {
        "geonames": entry.id, "label": entry.label, "precision": entry.precision, "population": entry.population,
        "latitude": entry.latitude, "longitude": entry.longitude,
    }  # fmt: skip


def _lines(row: Row) -> Iterator[str]:
    """Yield the lines for a name: the towns that it could mean, as lines of vocab/towns.yml."""
    what = "could mean" if row["candidates"] else "the gazetteer has no such town"
    yield f"{single_line(row['name'])} ({row['country']}), {row['source']}, {format_count(row['places'], 'place')}: {what}"
    for entry in row["candidates"]:
        point = f"{entry['latitude']:.2f}, {entry['longitude']:.2f}"
        yield f"  # {entry['label']}; {format_count(entry['population'], 'resident')}; at {point}"
        choice = (
            f"name: {yaml_scalar(row['name'])}, country: {row['country']}, geonames: {entry['geonames']}, source: {row['source']}"
        )
        yield f"  - {{{choice}, why: }}"
