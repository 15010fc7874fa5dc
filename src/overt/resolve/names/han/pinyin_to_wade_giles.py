"""Wade–Giles, the older romanisation of Mandarin that is used for names in Taiwan."""

import re

_INITIALS = {
    "b": "p", "d": "t", "g": "k", "j": "ch", "q": "ch", "x": "hs", "zh": "ch", "z": "ts", "c": "ts", "r": "j",
}  # fmt: skip
_PINYIN_INITIAL = re.compile(r"(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?")
_RESTS = {"ian": "ien", "ong": "ung", "ie": "ieh", "ue": "ueh"}


def wade_giles(syllable: str) -> str:
    """Convert a pinyin syllable to its spelling in Taiwanese names: zhang to chang, hua to hwa.

    Such names use Wade–Giles without apostrophes and tones.
    """
    initial = _PINYIN_INITIAL.match(syllable)
    begin = initial[0] if initial else ""
    rest = syllable[len(begin) :].replace("v", "u")
    if begin in ("h", "k", "g") and rest.startswith("u") and len(rest) > 1:
        rest = "w" + rest[1:]
    return _INITIALS.get(begin, begin) + _RESTS.get(rest, rest)
