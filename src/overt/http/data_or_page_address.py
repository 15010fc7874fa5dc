"""Distinguishes addresses of data, which programs and other websites request, from those of pages and their assets."""

from overt.language.language import language_of_path

_PREFIXES = ("/api", "/ogc", "/reconcile", "/tiles")
_ENDINGS = (".csv", ".json", ".jsonld", ".geojson", ".bib", ".parquet", ".atom", ".sig", ".svg", ".png", ".gz")
_EXCLUDED = ("/static/", "/desk/")


def is_data(path: str) -> bool:
    """Return whether an address, in any language, is an address of data.

    Addresses that also have a page (`/ogc`) count as data.
    """
    inner = path.removeprefix(language_of_path(path).base)
    if inner.startswith(_EXCLUDED):
        return False
    return inner in _PREFIXES or inner.startswith(tuple(f"{prefix}/" for prefix in _PREFIXES)) or inner.endswith(_ENDINGS)
