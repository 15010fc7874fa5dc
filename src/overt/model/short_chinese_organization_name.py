"""The short Chinese name of an organisation: 华为 (Huawei) for 华为技术有限公司. Pages and findings both use it."""

import re
from collections.abc import Iterable

_HAN = re.compile(r"[\u3400-\u9fff]")
_MIN_LENGTH = 2


def is_chinese(name: str) -> bool:
    """Return whether a name has a Chinese character."""
    return _HAN.search(name) is not None


def chinese_short_name(full: Iterable[str], names: Iterable[str]) -> str:
    """Return the shortest Chinese name among `names` that is part of a full name; of equally short ones, the first when sorted.

    A name of one character doesn't count. Return an empty string if there is no such name. `names`: names and aliases, which may
    include the full ones.
    """
    joined = "\n".join(full)
    short = (name for name in names if is_chinese(name) and len(name) >= _MIN_LENGTH and name in joined)
    return min(short, key=lambda name: (len(name), name), default="")
