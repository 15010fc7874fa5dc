"""OpenAPI descriptions of the files that the site, rather than the API, serves."""

from typing import Any

_FIGURE = "Rows of a figure: those that it counts and those that were examined but not counted (`counted`)"
_ROWS = "Projects that match the filters, sorted by name"
_MEDIA = {
    "csv": "text/csv",
    "json": "application/json",
    "geojson": "application/geo+json",
    "parquet": "application/vnd.apache.parquet",
    "svg": "image/svg+xml",
    "png": "image/png",
    "gz": "application/gzip",
}
_FILES = {
    "/projects.csv": f"{_ROWS}: one line per project; UTF-8 that begins with a byte-order mark.",
    "/projects.geojson": f"{_ROWS}: one feature per place, or one without a geometry for a project without a place.",
    "/projects.parquet": f"{_ROWS}: one row per project.",
    "/map.svg": "The map of the projects that match the filters, with its title, legend and citation.",
    "/map.png": "The same map as PNG. It is drawn on request; if too many pictures are waiting to be drawn, the answer is 503.",
    "/figure/{name}.csv": f"{_FIGURE}; UTF-8 that begins with a byte-order mark.",
    "/figure/{name}.json": f"{_FIGURE}, with the figure's question, value, unit, sources and gaps.",
    "/figure/{name}.parquet": f"{_FIGURE}.",
    "/country/{code}/restrictions.csv": "Restrictions in a country: one line for each; UTF-8 that begins with a byte-order mark.",
    "/platform/{platform}/restrictions.csv": "Restrictions of a platform: one line for each, as for a country.",
    "/country/{code}/blocked.csv": "Days on which a country's lists of blocked domains contain platforms: one line for each "
    "domain, series and quarter; a quarter without a list has no `days_listed`.",
    "/blocked.csv.gz": "All domains on lists of blocked domains: one line for each domain, series and quarter, as CSV with gzip.",
    "/domain/{name}.csv": "On how many days lists contain a domain, which can be any: one line for each series and quarter.",
    "/release/{identity}/manifest.json": "The tables of the release, each with its rows, bytes and SHA-256.",
    "/release/{identity}/tables/{table}.parquet": "A table of the release.",
}
_MEANING = {
    "name": "A figure's name, or a domain.",
    "platform": "A platform's name, as in its page's address.",
    "code": "A country’s code (ISO 3166-1 alpha-2).",
    "identity": "The release that is served.",
    "table": "A table's name, as in the manifest.",
}


def add_downloads(described: dict[str, Any]) -> dict[str, Any]:
    """Add the files to an OpenAPI description in place, and return it.

    Files of projects and pictures of the map take the map's parameters except the language, which is part of a picture's
    address and doesn't affect files of projects. Links from the map contain the parameter of the shading, so files of projects
    accept it, but ignore it.
    """
    parameters = described["paths"]["/api/v1/map/countries"]["get"]["parameters"]
    filters = [parameter for parameter in parameters if parameter["name"] != "lang"]
    for path, description in _FILES.items():
        filtered = path.startswith(("/projects", "/map"))
        responses: dict[str, Any] = {"200": {"description": "The file.", "content": {_MEDIA[path.rpartition(".")[2]]: {}}}}
        if filtered:
            responses["400"] = {"description": "A parameter with an unknown value."}
        else:
            responses["404"] = {"description": "There is nothing with this name."}
        if path == "/map.png":
            responses["503"] = {"description": "The picture can't be drawn now; `Retry-After` says when to try again."}
        named = [part.partition("}")[0] for part in path.split("{")[1:]]
        described["paths"][path] = {
            "get": {
                "tags": ["downloads"],
                "summary": description.partition(":")[0].partition(".")[0],
                "description": description,
                "operationId": "download" + "".join(character if character.isalnum() else "_" for character in path),
                "parameters": filters if filtered else [_parameter(name) for name in named],
                "responses": responses,
            }
        }
    return described


def _parameter(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}, "description": _MEANING[name]}
