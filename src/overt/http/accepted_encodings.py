"""Determines which compressions a client accepts."""

from collections.abc import Iterable
from functools import lru_cache

from starlette.datastructures import Headers

_USED = frozenset({"br", "gzip", "zstd"})


def accepted_encodings(headers: Headers) -> frozenset[str]:
    """Return which of `br`, `gzip` and `zstd` a request's `Accept-Encoding` headers accept (RFC 9110, section 12.5.3).

    An encoding that is not listed is accepted if `*` is. A weight of 0, or one that is not a number, refuses an encoding.
    """
    return _read(",".join(headers.getlist("accept-encoding")))


@lru_cache(maxsize=256)
def _read(header: str) -> frozenset[str]:
    weights = {}
    for part in header.lower().split(","):
        name, *parameters = part.split(";")
        weights[name.strip().removeprefix("x-")] = _weight(parameters)  # `x-gzip` is an old name of `gzip`.
    return frozenset(name for name in _USED if weights.get(name, weights.get("*", 0)) > 0)


def _weight(parameters: Iterable[str]) -> float:
    for key, _, value in (parameter.partition("=") for parameter in parameters):
        if key.strip() == "q":
            try:
                return float(value)
            except ValueError:
                return 0
    return 1
