"""Which addresses have data: what programs and pages elsewhere ask for. All others are pages, or what pages are made with."""

from overt.language.language import language_of_path

_BELOW = ("/api", "/ogc", "/reconcile", "/tiles")
_ENDINGS = (".csv", ".json", ".jsonld", ".geojson", ".bib", ".parquet", ".atom", ".sig", ".svg", ".png", ".gz")
_NEVER = ("/static/", "/desk/")


def is_data(path: str) -> bool:
    """Whether an address, in any language, has data; those that have a page as well (`/ogc`) count as data."""
    inner = path.removeprefix(language_of_path(path).base)
    if inner.startswith(_NEVER):
        return False
    return inner in _BELOW or inner.startswith(tuple(f"{place}/" for place in _BELOW)) or inner.endswith(_ENDINGS)
