"""Names that begin with a note that they are former ones: 原厦门市美亚柏科信息股份有限公司, formerly Acme Ltd."""

import re

_FORMERLY = re.compile(
    r"^(?:"
    r"(?:formerly(?: known as)?|previously(?: known as)?|f\.?/?k\.?/?a\.?|anciennement|antes|anteriormente|antiguamente"
    r"|früher|vormals|бывш\w*|ранее|eski adı|sebelumnya)[\s:-]+"
    r"|(?:曾用名|原名|旧称|旧名|舊稱|舊名)[:\uff1a\s]*"
    r"|原(?![子料生油创創始])(?=[\u3400-\u9fff]{6})"
    r")",
    re.IGNORECASE,
)
"""Matches a note before a name. 原 alone is one only before a long Chinese name, and not in 原子 (atom) and such words."""


def without_formerly(name: str) -> str:
    """Return the name after a note that it is a former one; empty if there is no such note."""
    rest = _FORMERLY.sub("", name.strip())
    return rest.strip() if rest != name.strip() else ""
