"""Which file of a static edition holds what the server has at an address.

A page lies in a folder of its own (`project/ID/index.html`), so that a plain host answers also at the server's address, which is
the one that citations name; links in pages name the file, so that they lead there from a disk, too.
"""

from collections.abc import Sequence
from urllib.parse import parse_qsl, unquote

Pairs = Sequence[tuple[str, str]]
INDEX = "index.html"
_ONE_ADDRESS = ("/projects.csv", "/projects.geojson", "/projects.parquet")
_OWNERS = {"country": "country", "company": "organization"}
"""Filters by which rows are kept beside the page of a thing, and what its address begins with."""
_DATA = (".csv", ".json", ".jsonld", ".geojson", ".bib", ".parquet", ".atom", ".sig", ".svg", ".png", ".txt", ".xml", ".gz")
_API = {
    "/api/v1/map/places": ".geojson",
    "/api/v1/map/routes": ".geojson",
    "/api/openapi.json": "",
}
_SHOWN_APART = ("page", "lacking", "sort", "order", "shade", "of")
"""Parameters of which some values have files of their own."""


def parted(address: str) -> tuple[str, list[tuple[str, str]], str]:
    """Path, parameters and fragment of an address of the site."""
    rest, _, fragment = address.partition("#")
    path, _, query = rest.partition("?")
    return path, parse_qsl(query, keep_blank_values=True), fragment


def file_of(path: str, pairs: Pairs = ()) -> str | None:
    """The file for a path and its parameters, from the edition's own folder on; None where parameters need a server."""
    given = dict(pairs)
    if path.startswith("/static/"):
        return path[1:]
    if path in _ONE_ADDRESS and len(given) == 1 and (filtered := next(iter(given))) in _OWNERS:
        return f"{_OWNERS[filtered]}/{_name(given[filtered])}{path}"
    if path.startswith("/api/"):
        lang, shade = given.get("lang", "en"), given.get("shade", "")
        name = path[1:] + ("" if not shade else f"/{_name(shade)}") + ("" if lang == "en" else f".{lang}")
        return name + _API.get(path, ".json")
    if any(name not in _SHOWN_APART for name in given):
        return None
    folder, _, last = _name(path.strip("/")).rpartition("/")
    shown = "-".join(f"{name}-{_name(given[name])}" for name in _SHOWN_APART if given.get(name))
    if last.endswith(_DATA) and not shown:
        return f"{folder}/{last}".lstrip("/")
    where = f"{folder}/{last}/".lstrip("/")
    return f"{where}{shown}.html" if shown else where + INDEX


def up(file: str) -> str:
    """What leads from a file to the edition's own folder."""
    return "../" * file.count("/")


def _name(text: str) -> str:
    # Some hosts take a plus in an address for a space; the id of a limited edition has one.
    return unquote(text).replace("+", "-").replace(":", "-").replace("\\", "-").replace("..", "-")
