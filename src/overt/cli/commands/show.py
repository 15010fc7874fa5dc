"""`overt show`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from overt.cli.as_of_option import AsOfOption, as_of_date
from overt.cli.common_options import HERE, JsonOption, ReleaseOption, WorkspaceOption
from overt.cli.json_output import print_json
from overt.cli.known_option import KnownOption, chosen_release
from overt.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from overt.cli.records.property_and_value_labels import PropertyAndValueLabels
    from overt.cli.records.record_data import Records
    from overt.model.workspace import Workspace
    from overt.queries.database import Reader


def show(
    record: Annotated[
        str,
        typer.Argument(
            help="A published id (ovt-…), a source's record id, a country's code, a region's id, or a name that only one "
            "record has.",
            metavar="ID",
        ),
    ],
    full: Annotated[bool, typer.Option("--full", help="Print all of it, however long.")] = False,
    prov: Annotated[bool, typer.Option("--prov", help="Print where a record comes from, as PROV-O in JSON-LD.")] = False,
    as_of: AsOfOption = None,
    known: KnownOption = None,
    json: JsonOption = False,
    release: ReleaseOption = None,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Print a record and its claims; or a country or a region.

    Each claim is printed with the places in the archive that state it. The records that name this one follow: money, roles,
    places, relations. For a country, it prints projects, money and the organisations that take part in the most projects.
    """
    from overt.model.workspace import Workspace

    if not record.strip():
        raise UsageError("the id is empty; write an id or a name, as in `overt show KE`")
    with chosen_release(Workspace.open(workspace), release, known) as chosen:
        atlas, folder, computed = chosen
        if prov:
            data = _provenance(atlas, folder, record)
        else:
            data = _data(atlas, folder, record)
            if as_of is not None:
                data["as_of"] = _as_of(atlas, folder, data, as_of_date(as_of, folder))
            if computed:
                data["computed"] = computed
        lines = [] if json or prov else list(_lines(atlas, folder, data, full=full))
    if json or prov:
        print_json(data)
    for line in lines:
        print(line)


def _lines(atlas: "Workspace", folder: "Path", data: dict[str, Any], *, full: bool) -> "Iterator[str]":
    """Yield the lines that are printed for a record, country or region."""
    from overt.cli.records.as_of_data_and_text import as_of_lines
    from overt.cli.records.record_text import country_lines, record_lines
    from overt.cli.records.region_data_and_text import region_lines

    if "computed" in data:
        yield data["computed"]
    yield from as_of_lines(data.get("as_of"))
    special = {"country": country_lines, "region": region_lines}.get(str(data.get("type")))
    yield from special(data) if special else record_lines(data, _labels(atlas, folder), full=full)


def _labels(atlas: "Workspace", folder: "Path") -> "PropertyAndValueLabels":
    """Return labels for a release, read from its index or, if there is no current one, from the content."""
    from overt.cli.pipeline.current_index import open_index
    from overt.cli.records.property_and_value_labels import labels_from_content, labels_from_index

    if (connection := open_index(atlas, folder.name)) is None:
        return labels_from_content(atlas.content)
    from overt.queries.database import Reader

    reader = Reader(connection)
    try:
        return labels_from_index(reader)
    finally:
        reader.close()


def _data(atlas: "Workspace", folder: "Path", name: str) -> dict[str, Any]:
    """Return a record, country or region of a release.

    It is read from the release's index, or from the tables if there is no current index. A record with a retracted claim is
    read from the tables, too, because the index lacks the reasons for retractions.
    """
    from overt.cli.pipeline.current_index import open_index

    if (connection := open_index(atlas, folder.name)) is not None:
        from overt.queries.database import Reader
        from overt.queries.full_details.full_records import IndexRecords

        reader = Reader(connection)
        try:
            records = IndexRecords(reader, folder.name)
            if reader.first("regions.find", [name.strip()]):  # This is faster than loading the content for its regions.
                return _region(reader, folder.name, name.strip())
            area = records.area(name.strip())
            data = _country(records, area) if area else _record_or_country(atlas, folder, records, name)
        finally:
            reader.close()
        if not any(claim["standing"] == "retracted" for claim in data.get("claims", ())):
            return data
    from overt.cli.records.records_from_release_tables import TableRecords
    from overt.release.release_reader import Release

    with Release(folder) as release:
        tables = TableRecords(release, atlas.content.schema)
        area = _area(atlas, name, codes_only=True)
        data = _country(tables, area) if area else _record_or_country(atlas, folder, tables, name)
        _add_retractions(data, atlas, tables.retractions())
    return data


def _as_of(atlas: "Workspace", folder: "Path", data: dict[str, Any], as_of: str) -> dict[str, Any]:
    """Return the state of a record or a country at a date. Raises the errors of `record_as_of`."""
    from overt.cli.pipeline.current_index import open_reader
    from overt.cli.records.as_of_data_and_text import country_as_of, record_as_of

    reader = open_reader(atlas, folder.name)
    try:
        if data.get("type") == "country":
            return country_as_of(reader, str(data["id"]), as_of)
        return record_as_of(reader, data, as_of)
    finally:
        reader.close()


def _record_or_country(atlas: "Workspace", folder: "Path", records: "Records", name: str) -> dict[str, Any]:
    """Return the record with this id or name. If there is none, return the country or else the region that has it.

    Raises UsageError if there is no region either, if the name is ambiguous, and for a withheld record.
    """
    from overt.cli.records.record_data import record_data

    try:
        return record_data(atlas, records, name)
    except UsageError:
        if area := _area(atlas, name, codes_only=False):
            return _country(records, area)
        if region := _region_by_name(atlas, folder, name):
            return region
        from overt.cli.records.withheld_notice import withheld_notice

        if notice := withheld_notice(atlas, folder, name):
            raise UsageError(notice) from None
        if len(atlas.content.areas.names.candidates(name)) > 1:
            raise UsageError(_refusal(atlas, name)) from None
        raise


def _refusal(atlas: "Workspace", name: str) -> str:
    """Return why a name that could mean several countries is not accepted."""
    from overt.model.errors import ValueProblem

    try:
        atlas.content.areas.find(name)
    except ValueProblem as problem:
        return str(problem)
    raise AssertionError(name)


def _region_by_name(atlas: "Workspace", folder: "Path", name: str) -> dict[str, Any] | None:
    """Return the region with this id or name, read from the release's index; None if no region has it."""
    from overt.model.errors import ValueProblem

    try:
        identity = atlas.content.regions.find(name)
    except ValueProblem:
        return None
    from overt.cli.pipeline.current_index import open_reader

    reader = open_reader(atlas, folder.name)
    try:
        return _region(reader, folder.name, identity)
    finally:
        reader.close()


def _region(reader: "Reader", release: str, identity: str) -> dict[str, Any]:
    from overt.cli.records.region_data_and_text import region_data

    return region_data(reader, release, identity)


def _country(records: "Records", area: dict[str, Any]) -> dict[str, Any]:
    from overt.cli.records.record_data import country_data

    return country_data(records, area)


def _area(atlas: "Workspace", name: str, *, codes_only: bool) -> dict[str, Any] | None:
    """Return the code and labels of the area with this code or name; None if there is none.

    With `codes_only`, names are ignored, because a record can have the same name.
    """
    from overt.model.errors import ValueProblem

    areas = atlas.content.areas
    try:
        area = areas.areas[areas.find(name)]
    except ValueProblem:
        return None
    if codes_only and name.strip() not in (area.code, area.alpha3):
        return None
    return {"code": area.code, "label": area.label, "label_zh": area.label_zh}


def _add_retractions(data: dict[str, Any], atlas: "Workspace", retractions: dict[str, dict[str, Any]]) -> None:
    """Add to each retracted claim who retracted it, and why. The names of editors are only in the ledger, not in the release."""
    from overt.ledger import open_ledger

    if not retractions:
        return
    editors = {entry.sequence: entry.who for entry in open_ledger(atlas).entries() if entry.kind in ("retraction", "correction")}
    for claim in data.get("claims", ()):
        if claim["standing"] == "retracted":
            retraction = retractions.get(claim["claim_id"]) or retractions.get(claim["record"])
            claim["retraction"] = retraction and {**retraction, "who": editors.get(retraction["sequence"])}


def _provenance(atlas: "Workspace", folder: "Path", name: str) -> dict[str, Any]:
    from overt.cli.records.record_data import record_data
    from overt.cli.records.record_provenance import provenance_data
    from overt.cli.records.records_from_release_tables import TableRecords
    from overt.release.release_reader import Release

    with Release(folder) as release:
        records = TableRecords(release, atlas.content.schema)
        if not _area(atlas, name, codes_only=True):
            try:
                return provenance_data(atlas, release, record_data(atlas, records, name))
            except UsageError:
                if not _area(atlas, name, codes_only=False):
                    raise
    raise UsageError(f"{name}: a country has no provenance of its own; name a record in it")
