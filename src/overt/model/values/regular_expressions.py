"""Compiles editors' regular expressions.

RE2 (https://github.com/google/re2) takes time linear in the text for any pattern, so that no cell can make an import hang. It
rejects patterns that it can't match in linear time (look-around, back references).
"""

from typing import Any


def compile_pattern(pattern: str, *, ignore_case: bool = False) -> Any:
    """Return a compiled pattern with the methods of Python's `re`. Raises ValueError for an invalid pattern."""
    import re2  # Imported here because few sources have patterns.

    options = re2.Options()
    options.log_errors = False
    options.case_sensitive = not ignore_case
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        [reason] = error.args
        raise ValueError(reason.decode(errors="replace") if isinstance(reason, bytes) else reason) from None
