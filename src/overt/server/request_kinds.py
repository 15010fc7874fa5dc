"""Classify requests by kind, so that a rush of one kind doesn't keep the other kinds waiting."""

from typing import Literal

from overt.language.language import language_of_path

RequestKind = Literal["page", "query", "search", "tile", "file", "picture", "release"]
_LOADS_NOTHING = ("/static/", "/healthz")
_PREFIXES: tuple[tuple[str, RequestKind], ...] = (
    ("/tiles", "tile"),
    ("/api/v1/explore/tiles/", "tile"),
    ("/search", "search"),
    ("/api/v1/search", "search"),
    ("/api/v1/ask", "search"),
    ("/reconcile", "search"),
    ("/api/v1/releases/", "release"),
    ("/api/v1/changes", "release"),
    ("/release/", "release"),
    ("/api/", "query"),
    ("/ogc", "query"),
)
_FILES = (".csv", ".geojson", ".parquet", ".gz", ".jsonld", ".bib", ".xml", ".atom")
_PICTURES = (".png", ".svg")


def request_kind(path: str, query: bytes) -> RequestKind | None:
    """Return the kind of a request by its address; None if it needs no work."""
    if path.startswith(_LOADS_NOTHING):
        return None
    inner = path.removeprefix(language_of_path(path).base)
    if inner.endswith(_PICTURES):
        return "picture"
    if inner.startswith("/figure/") and "@" in inner:
        return "release"  # The figures of an older release have to be computed again.
    for prefix, kind in _PREFIXES:
        if inner.startswith(prefix):
            return kind
    if inner.endswith(_FILES):
        return "file"
    return "query" if query else "page"
