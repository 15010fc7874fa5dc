"""Checks whether pictures can have Chinese text: the library that makes them has no Chinese font and uses the machine's."""

from functools import cache

from overt.charts.drawing_client import picture_process

_SAMPLES = "中国"
"""Two characters that every Chinese font has. Without a font, both are the same empty box."""


@cache
def has_chinese_font() -> bool:
    """Return whether this machine has a font with Chinese characters. The answer is cached.

    Raises DrawingFailed if no test picture can be made; the next call then tries again.
    """
    first, second = (picture_process().rasterize(_draw(sample)) for sample in _SAMPLES)
    return first != second


def _draw(character: str) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="60">'
        f'<text x="5" y="45" font-size="40" font-family="sans-serif">{character}</text></svg>'
    )
