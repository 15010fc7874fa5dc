"""Formats strings, lists and comments as single lines of YAML that people can read and edit."""

import re

import yaml

from overt.language.single_line import single_line

_PLAIN = re.compile(r"[^\W\d_][\w /.()&'+-]*", re.ASCII)
_RESERVED = frozenset(("true", "false", "null", "yes", "no", "on", "off", "y", "n"))


def yaml_scalar(text: str) -> str:
    """Return a string as a YAML scalar on one line, in quotes unless it consists of plain words."""
    is_plain = _PLAIN.fullmatch(text) or (text.isalpha() and not text.isascii())
    if is_plain and text == text.strip() and text.casefold() not in _RESERVED:
        return text
    return yaml.safe_dump(text, default_style='"', allow_unicode=True, width=10**9).strip()


def yaml_comment(text: str) -> str:
    """Return a string as a YAML comment on one line. Unprintable characters become spaces, because YAML refuses control
    characters even in comments.
    """
    return f"# {single_line(text)}"


def yaml_list(texts: list[str]) -> str:
    """Return strings as a YAML list on one line."""
    return f"[{', '.join(yaml_scalar(text) for text in texts)}]"
