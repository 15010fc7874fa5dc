"""The sentence that says for how many suppliers it isn't recorded which part of a project they supplied."""

from types import SimpleNamespace

import pytest

from overt.language.language import ENGLISH
from overt.site.search.suppliers.supplier_and_country_totals import _unsure_parts


@pytest.mark.parametrize(
    ("organizations", "unsure", "begin"),
    [(3, 2, "For 2 of them, "), (1, 1, "It isn’t recorded"), (2, 2, "For both, "), (3, 3, "For all of them, ")],
)
def test_how_many_of_the_suppliers(organizations: int, unsure: int, begin: str) -> None:
    scope = SimpleNamespace(language=ENGLISH)
    assert _unsure_parts(scope, organizations, unsure).startswith(begin)  # type: ignore[arg-type]
