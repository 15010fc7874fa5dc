"""Comparison of a release's quotations with the archive."""

import pytest

from overt.release.release_integrity import _is_quoted

PART = "row=1;col=text;characters=0-26"


@pytest.mark.parametrize(
    ("locator", "excerpt", "expected"),
    [
        ("row=1;col=text", "purchase of Acme equipment", True),
        ("row=1;col=text", "Acme", False),
        (PART, "Acme", True),
        (PART, "Acme Technologies", True),
        (PART, "Bluestem", False),
        (PART, "Bluestem equipment", False),
        (PART, "Acm", False),
        (PART, "—", False),
    ],
)
def test_a_part_of_a_cell_can_be_quoted_by_the_name_read_there(locator: str, excerpt: str, expected: bool) -> None:
    assert _is_quoted({excerpt}, "purchase of Acme equipment ", locator) is expected
