"""Guesses the encoding and the delimiter of a text file, for a proposed source.yml, or for advice if a source.yml is wrong."""

import codecs
import re

SAMPLE_BYTES = 65_536
DELIMITERS = (";", "\t", "|", ",")

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SINGLE_BYTE = re.compile(r"(cp125|cp437|cp85|iso8859|latin|mac|koi8)")
_QUOTED = re.compile(r'"[^"]*"')


def guess_encoding(sample: bytes) -> str | None:
    """Return the encoding that a text file seems to have, from its first bytes; None if nothing fits.

    The guess is good enough for a proposal or advice, but not for an import: Windows-1251 and -1252 differ only in which letters
    occur side by side, and traditional Chinese in Big5 isn't recognised.
    """
    for mark, encoding in _MARKS:
        if sample.startswith(mark):
            return encoding
    if zeros := sample.count(0):
        odd = sample[1::2].count(0)
        return "utf-16-le" if odd > zeros * 0.9 else "utf-16-be" if odd < zeros * 0.1 else None
    if _decodes(sample, "utf-8"):
        return "utf-8"
    high = [byte >= 0x80 for byte in sample]
    letters = sum(high)
    leads = [byte for byte in _lead_bytes(sample) if 0x81 <= byte <= 0xFE]
    if _decodes(sample, "gb18030") and sum(0xB0 <= byte <= 0xD7 for byte in leads) > len(leads) * 0.7:
        return "gb18030"  # Frequent characters begin with these bytes. Cyrillic text would mostly become rare characters.
    together = sum(
        here and (before or after) for before, here, after in zip([False, *high], high, [*high[1:], False], strict=False)
    )
    if together > letters * 0.6 and _decodes(sample, "cp1251"):
        return "cp1251"
    return next((encoding for encoding in ("cp1252", "cp1251") if _decodes(sample, encoding)), None)


def encoding_advice(sample: bytes, declared: str) -> str:
    """Return what to do about a file that is not in its declared encoding."""
    encoding = guess_encoding(sample)
    if encoding is None or codecs.lookup(encoding) == codecs.lookup(declared):
        return f"save it as {declared}"
    return f"it seems to be {encoding.upper()}: write `encoding: {encoding}` in source.yml, or save it as {declared}"


def is_mistaken_utf8(sample: bytes, declared: str) -> bool:
    """Return whether a file declared as a single-byte encoding is UTF-8. Reading it would not fail, but give wrong letters."""
    return bool(_SINGLE_BYTE.match(codecs.lookup(declared).name)) and not sample.isascii() and _decodes(sample, "utf-8")


def guess_delimiter(line: str) -> str | None:
    """Return the most frequent delimiter of a line, outside quotes; None if there is none."""
    bare = _QUOTED.sub("", line)
    best = max(DELIMITERS, key=bare.count)
    return best if best in bare else None


def quote_delimiter(delimiter: str) -> str:
    """Return the line of source.yml that declares a delimiter."""
    return '`delimiter: "\\t"`' if delimiter == "\t" else f'`delimiter: "{delimiter}"`'


def _decodes(sample: bytes, encoding: str) -> bool:
    """Return whether the bytes are text in this encoding; the last character may be cut off."""
    try:
        codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return False
    return True


def _lead_bytes(sample: bytes) -> list[int]:
    """Return the first byte of each pair of bytes in GB 18030 text."""
    leads, position = [], 0
    while position < len(sample):
        if sample[position] >= 0x80:
            leads.append(sample[position])
            position += 1
        position += 1
    return leads
