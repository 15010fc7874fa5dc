"""`overt search`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from overt.cli.as_of_option import AsOfOption, as_of_date
from overt.cli.common_options import HERE, JsonOption, ReleaseOption, WorkspaceOption
from overt.cli.json_output import print_json
from overt.cli.known_option import KnownOption, chosen_release
from overt.cli.messages_and_progress import messages
from overt.model.errors import UsageError, format_count

if TYPE_CHECKING:
    from collections.abc import Collection

    from overt.queries.database import Reader
    from overt.queries.name_search.name_lookup import Match

_MAX_CHARACTERS = 100
"""Maximum number of characters of a name that are printed."""
_MAX_RESULTS = 1_000
"""Maximum of --limit, equal to `overt.queries.name_search.name_lookup.MAX_RESULTS`."""
_HINTS = {
    "figure": "`overt figures {}`",
    "source": "`overt sources`",
    "kind": "/explorer?kind={} of the site",
    "layer": "/explorer?layer={} of the site",
}
"""Where to see an entry, by its type: a command or a page. Types without a hint are shown by `overt show`."""


def find(
    words: Annotated[list[str], typer.Argument(help="Part of a name, in any script.", metavar="WORDS…")],
    region: Annotated[
        str | None,
        typer.Option(
            "--region",
            help="Only results in a region, by its id or name; organisations are in it if based there or with a project there.",
            show_default=False,
        ),
    ] = None,
    as_of: AsOfOption = None,
    known: KnownOption = None,
    limit: Annotated[int, typer.Option("--limit", help="Maximum number of results to print.", min=1, max=_MAX_RESULTS)] = 20,
    json: JsonOption = False,
    release: ReleaseOption = None,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Find records by name, in any script, as the site does.

    Prints ids, types, countries and sources; also finds countries, layers, kinds, figures and sources. For words such
    as “kenya shutdown”, it also prints the page about this subject in the country. With --as-of, it finds only records that
    begin and end, such as projects, and that were in place then.
    """
    from overt.cli.pipeline.current_index import open_reader
    from overt.model.workspace import Workspace
    from overt.queries.agreements import law_kinds
    from overt.queries.labels import load_words
    from overt.queries.name_search import name_lookup

    typed = " ".join(words).strip()
    if not typed:
        raise UsageError("the name is empty; write part of one, as in `overt search huawei`")
    with chosen_release(Workspace.open(workspace), release, known) as (atlas, folder, computed):
        name = folder.name
        reader = open_reader(atlas, name)
        try:
            if region is None and as_of is None:
                total, matches = name_lookup.find(reader, typed, size=limit)
            else:
                selected = name_lookup.find(reader, typed, size=_MAX_RESULTS)[1]
                selected = selected if region is None else _in_region(reader, selected, region)
                selected = selected if as_of is None else _in_place(reader, selected, as_of_date(as_of, folder))
                total, matches = len(selected), selected[:limit]
            results = [_result(reader, match) for match in matches]
            laws = law_kinds(load_words(reader))
            in_country = _in_country(reader, typed) if region is None and as_of is None else None
        finally:
            reader.close()
    if json:
        more = {"computed": computed} if computed else {}
        print_json({"release": name, "query": typed, "in_country": in_country, "total": total, "found": results, **more})
        return
    if computed:
        print(computed)
    if in_country:
        print(_country_line(in_country))
    for result in results:
        print(_line(result, laws))
    if not results and not in_country:
        messages.print(f"nothing in release {name} has a name like that")
    elif total > len(results):
        messages.print(f"… and {format_count(total - len(results), 'more result')}; --limit prints more")


def _in_country(reader: "Reader", typed: str) -> dict[str, Any] | None:
    """Return the subject and the country that the words name, and the site's page about this subject in this country.

    `projects` is the number of the subject's projects in the country; None if projects can't be filtered by the subject.
    Returns None unless the words name both.
    """
    from urllib.parse import urlencode

    from overt.queries.name_search.subject_in_country import match_in_country

    match = match_in_country(reader, typed)
    if match is None:
        return None
    page = f"/explorer?{urlencode(match.filter.items())}" if match.filter else f"/country/{match.country.id}/{match.section}"
    return {
        "subject": match.subject.label or match.subject.id,
        "country": match.country.id,
        "country_name": match.country.label,
        "projects": None if match.filter is None else match.projects,
        "page": page,
    }


def _country_line(match: dict[str, Any]) -> str:
    """Return a subject in a country as one line: its page on the site and, if `projects` isn't None, the number of projects."""
    projects = "" if match["projects"] is None else f"; {format_count(match['projects'], 'project')}"
    return f"{match['country']:<16}  {match['subject']} in {match['country_name']}  ({match['page']} of the site{projects})"


def _in_region(reader: "Reader", matches: "list[Match]", name: str) -> "list[Match]":
    """Return the matches that are countries of a region, records of one of these countries, or organisations active in one.

    Raises UsageError for an unknown region.
    """
    from overt.model.errors import UsageError
    from overt.queries import regions
    from overt.queries.labels import load_words

    identity = load_words(reader).find_region(name)
    if identity is None:
        raise UsageError(f"--region {name}: is not a region; `overt search {name}` finds similar names")
    members = set(regions.members(reader, identity))
    active = regions.active_organizations(reader, identity)
    return [match for match in matches if match.entry.id in active or members.intersection(_countries(match))]


def _in_place(reader: "Reader", matches: "list[Match]", as_of: str) -> "list[Match]":
    """Return the matches that are records in place at a date, certainly or possibly."""
    from overt.queries.as_of import spans_and_records_in_period

    spans = spans_and_records_in_period.spans(reader, (match.entry.id for match in matches))
    return [match for match in matches if (span := spans.get(match.entry.id)) is not None and span.in_place(as_of).value != "not"]


def _countries(match: "Match") -> list[str]:
    import orjson

    codes: list[str] = orjson.loads(match.entry.countries or "[]")
    return [match.entry.id] if match.entry.type == "country" else codes


def _result(reader: "Reader", match: "Match") -> dict[str, Any]:
    import orjson

    from overt.queries import records

    entry = match.entry
    members = records.members(reader, entry.id) if entry.id.startswith("ovt-") else []
    return {
        "id": entry.id,
        "type": entry.type,
        "label": entry.label,
        "label_zh": entry.label_zh,
        "name": "".join(match.name),
        "kind": entry.kind,
        "countries": orjson.loads(entry.countries) if entry.countries else [],
        "year": entry.year,
        "projects": entry.projects,
        "sources": sorted({row.source for row in members}),
    }


def _line(result: dict[str, Any], laws: "Collection[str]") -> str:
    """Return a result as one line: id, name, and details in brackets. An agreement of a kind in `laws` is a “law or rule”."""
    from overt.cli.text_truncation_and_sizes import cut

    law = result["type"] == "agreement" and result["kind"] in laws
    kind = "law or rule" if law else result["type"]
    details = [kind, result["kind"], ", ".join(result["countries"]), result["year"] and str(result["year"])]
    if result["projects"]:
        details.append(format_count(result["projects"], "project"))
    if result["sources"]:
        details.append(f"from {', '.join(result['sources'])}")
    details.append(_HINTS.get(result["type"], "").format(result["id"]))
    other = f", “{cut(result['name'], _MAX_CHARACTERS)}”" if result["name"] != result["label"] else ""
    label = cut(result["label"] or result["name"], _MAX_CHARACTERS)
    return f"{result['id']:<16}  {label}{other}  ({'; '.join(filter(None, details))})"
