"""File names of a static edition, by the address that the server uses.

Each page has its own folder (`project/ID/index.html`), so that a plain web host also serves it at the server's address, which
citations use. Links in pages name the file, so that they also work from a disk.
"""

from collections.abc import Sequence
from urllib.parse import parse_qsl, unquote

Pairs = Sequence[tuple[str, str]]
INDEX = "index.html"
_PROJECT_FILES = ("/projects.csv", "/projects.geojson", "/projects.parquet")
_OWNERS = {"country": "country", "company": "organization"}
"""Filter → folder of its values' pages: `/projects.csv?company=ID` is stored as `organization/ID/projects.csv`."""
_DATA = (".csv", ".json", ".jsonld", ".geojson", ".bib", ".parquet", ".atom", ".sig", ".svg", ".png", ".txt", ".xml", ".gz")
_API = {
    "/api/v1/map/places": ".geojson",
    "/api/v1/map/routes": ".geojson",
    "/api/openapi.json": "",
}
_PAGE_PARAMETERS = ("group", "page", "lacking", "sort", "order", "shade", "of")
"""Parameters of pages for whose values an edition can have separate files."""


def split_address(address: str) -> tuple[str, list[tuple[str, str]], str]:
    """Split an address of the site into path, parameters and fragment."""
    rest, _, fragment = address.partition("#")
    path, _, query = rest.partition("?")
    return path, parse_qsl(query, keep_blank_values=True), fragment


def file_of(path: str, pairs: Pairs = ()) -> str | None:
    """Return the file for a path and its parameters, relative to the edition's folder; None if the page needs a server."""
    parameters = dict(pairs)
    if path.startswith("/static/"):
        return path[1:]
    if path in _PROJECT_FILES and len(parameters) == 1 and (filtered := next(iter(parameters))) in _OWNERS:
        return f"{_OWNERS[filtered]}/{_safe_name(parameters[filtered])}{path}"
    if path.startswith("/api/"):
        lang, shade = parameters.get("lang", "en"), parameters.get("shade", "")
        name = path[1:] + ("" if not shade else f"/{_safe_name(shade)}") + ("" if lang == "en" else f".{lang}")
        return name + _API.get(path, ".json")
    if any(name not in _PAGE_PARAMETERS for name in parameters):
        return None
    folder, _, last = _safe_name(path.strip("/")).rpartition("/")
    variant = "-".join(f"{name}-{_safe_name(parameters[name])}" for name in _PAGE_PARAMETERS if parameters.get(name))
    if last.endswith(_DATA) and not variant:
        return f"{folder}/{last}".lstrip("/")
    where = f"{folder}/{last}/".lstrip("/")
    return f"{where}{variant}.html" if variant else where + INDEX


def path_to_root(file: str) -> str:
    """Return the relative path from a file to the edition's folder."""
    return "../" * file.count("/")


def _safe_name(text: str) -> str:
    # Some hosts read a plus in an address as a space; the id of a limited edition contains one.
    return unquote(text).replace("+", "-").replace(":", "-").replace("\\", "-").replace("..", "-")
