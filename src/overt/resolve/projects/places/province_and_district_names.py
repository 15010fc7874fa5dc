"""Names of areas that aren't towns: provinces, which contain towns, and districts, which may be part of a town."""

import re

WRITE_HAN = frozenset({"CN", "HK", "JP", "MO", "TW"})
"""Countries whose places have their own names in Chinese characters. Elsewhere these are exonyms."""
_HAN_PROVINCE = r"(?:[省県縣]|地区|地區|自治区|自治區|地方)$|\S{2}[都道府州]$|^(?:贵州|貴州|首都|首府)$"
"""Matches areas larger than a town.

Names of two characters that end in 州 or 都 are towns, such as 广州 (Guangzhou), except 贵州 (Guizhou) and 首都 (the capital).
"""
_PROVINCE = re.compile(_HAN_PROVINCE)
_AREA = re.compile(
    r"\b(?:district|county|governorate|oblast|region|province|state|zone|department|emirate|rayon|raion|kecamatan|tumani|ilce|"
    r"mahallesi|arrondissement|borough|barrio|bairro|comuna|район\w*|област\w*|край|аудан\w*|облыс\w*|منطقة|محافظة|ولاية|حي|استان|"
    rf"ضلع|صوبہ)\b|{_HAN_PROVINCE}|[区區县군]$|\S{{2}}[도구]$|^[중동서남북]구$|(?:จังหวัด|เขต)$"
)


def is_province(name: str) -> bool:
    """Return whether a folded name in Chinese characters is that of a province, prefecture or other area larger than a town."""
    return bool(_PROVINCE.search(name))


def is_area(name: str) -> bool:
    """Return whether a folded name has a word for a province, a district or another area that isn't a town."""
    return bool(_AREA.search(name))
