"""The compressions that a client accepts."""

from functools import lru_cache


@lru_cache(maxsize=256)
def accepted_encodings(header: str) -> frozenset[str]:
    """Return the encodings of an `Accept-Encoding` header in lower case, without those that it refuses with a weight of 0.

    `*` is ignored: an uncompressed response is always acceptable to a client that sends it (RFC 9110, section 12.5.3).
    """
    accepted = set()
    for part in header.split(","):
        name, *parameters = (item.strip().lower() for item in part.split(";"))
        if name and name != "*" and not any(_is_refusal(parameter) for parameter in parameters):
            accepted.add(name)
    return frozenset(accepted)


def _is_refusal(parameter: str) -> bool:
    key, _, weight = parameter.partition("=")
    if key.strip() != "q":
        return False
    try:
        return float(weight) == 0
    except ValueError:
        return False
