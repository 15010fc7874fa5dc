"""Numbered institutes and academies of Chinese state groups: CETC 28th Research Institute, 中电28所."""

import re
from functools import lru_cache
from typing import NamedTuple

from overt.resolve.names.folding_and_scripts import simplified

_GROUPS = {
    "cetc": ("china electronics technology", "中国电子科技集团", "中国电科", "中电科", "中电"),
    "casc": ("china aerospace science and technology", "中国航天科技集团", "航天科技"),
    "casic": ("china aerospace science and industry", "中国航天科工集团", "航天科工"),
    "avic": ("aviation industry corporation of china", "中国航空工业集团", "中航工业", "中航"),
    "aecc": ("aero engine corporation of china", "中国航空发动机集团", "中国航发"),
    "cssc": ("china state shipbuilding", "中国船舶工业集团", "中国船舶集团", "中船"),
    "csic": ("china shipbuilding industry", "中国船舶重工集团", "中船重工"),
    "cnnc": ("china national nuclear", "中国核工业集团", "中核"),
    "norinco": ("china north industries", "中国兵器工业集团", "兵器工业"),
    "caep": ("china academy of engineering physics", "中国工程物理研究院"),
    "mps": ("ministry of public security", "公安部"),
}
"""Abbreviation of a group or ministry → the beginnings of its other names."""
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_LATIN = re.compile(
    rf"(?:(?:no |number )?(?P<number>\d+)(?:st|nd|rd|th)?|(?P<ordinal>{'|'.join(_ORDINALS)}))"
    r" (?:research )?(?P<kind>institute|academy)\b"
    r"|\b(?P<before>institute|academy) (?:no )?(?P<after>\d+)\b"
)
_HAN = re.compile(r"第?(?P<number>\d+|[一二三四五六七八九十百零〇]+)(?:研究)?(?P<kind>所|院)$")
_DIGITS = {character: number for number, character in enumerate("零一二三四五六七八九")} | {"〇": 0}


class NumberedInstitute(NamedTuple):
    """A numbered institute or academy of a state group or ministry."""

    group: str
    number: int
    kind: str
    """`institute` or `academy`."""


@lru_cache(maxsize=1 << 14)
def read_institute(key: str) -> NumberedInstitute | None:
    """Return the institute with this folded name. None if the name isn't that of an institute, or its group is unknown."""
    if key[-1:] in ("所", "院"):
        text = simplified(key.replace(" ", ""))
        match = _HAN.search(text)
        group = _group(text)
        if not match or not group:
            return None
        return NumberedInstitute(group, _han_number(match["number"]), "institute" if match["kind"] == "所" else "academy")
    match = _LATIN.search(key) if "institute" in key or "academy" in key else None
    group = _group(key) if match else ""
    if not match or not group:
        return None
    ordinal = match["ordinal"]
    number = _ORDINALS.index(ordinal) + 1 if ordinal else int(match["number"] or match["after"])
    return NumberedInstitute(group, number, match["kind"] or match["before"])


def _group(name: str) -> str:
    """Return the group that a Chinese name begins with or an English name contains; an empty string if there is none.

    If names of several groups match, the longest name counts.
    """
    padded = f" {name} "
    spelled = [
        (len(spelling), group)
        for group, of in _GROUPS.items()
        for spelling in (group, *of)
        if (f" {spelling} " in padded if spelling.isascii() else name.startswith(spelling))
    ]
    return max(spelled, default=(0, ""))[1]


def _han_number(text: str) -> int:
    """Convert digits or Chinese numerals to a number: 二十八 is 28, and 六三一 is 631."""
    if text.isdigit() and text.isascii():
        return int(text)
    if not re.search("[十百]", text):
        return int("".join(str(_DIGITS[character]) for character in text))
    total, digit = 0, 0
    for character in text:
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit
