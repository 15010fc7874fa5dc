"""Determines which compressions a client accepts."""

from collections.abc import Iterable
from functools import lru_cache

_USED = frozenset({"br", "gzip", "zstd"})


@lru_cache(maxsize=256)
def accepted_encodings(header: str) -> frozenset[str]:
    """Return which of `br`, `gzip` and `zstd` an `Accept-Encoding` header accepts (RFC 9110, section 12.5.3).

    An encoding that is not listed is accepted if `*` is. A weight of 0, or one that is not a number, refuses an encoding.
    """
    weights = {}
    for part in header.lower().split(","):
        name, *parameters = part.split(";")
        weights[name.strip()] = _weight(parameters)
    return frozenset(name for name in _USED if weights.get(name, weights.get("*", 0)) > 0)


def _weight(parameters: Iterable[str]) -> float:
    for key, _, value in (parameter.partition("=") for parameter in parameters):
        if key.strip() == "q":
            try:
                return float(value)
            except ValueError:
                return 0
    return 1
