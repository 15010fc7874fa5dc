"""Names that a source marks as former ones before the name itself: 原厦门市美亚柏科信息股份有限公司, formerly Acme Ltd."""

import re

_FORMERLY = re.compile(
    r"^(?:(?:formerly(?: known as)?|previously(?: known as)?|f\.?/?k\.?/?a\.?|anciennement|ex|antes|anteriormente|antigua(?:mente)?|früher|"
    r"vormals|бывш\w*|ранее|eski adı|sebelumnya)[\s:-]+|(?:曾用名|原名|旧称|旧名|舊稱|舊名)[::\s]*|(?:原|旧|舊)(?=[\u3400-\u9fff]{6}))",
    re.IGNORECASE,
)
"""Matches a note before a name. 原 and 旧 alone are one only before a long Chinese name, because names begin with them, too."""


def without_formerly(name: str) -> str:
    """Return the name after a note that it is a former one; empty if there is no such note."""
    rest = _FORMERLY.sub("", name.strip())
    return rest.strip() if rest != name.strip() else ""
