"""That the exports of the edition that Overt ships satisfy the validators of the communities whose standards they are in."""

from pathlib import Path

import pytest

from bench.exports import standards
from tests.validators import PYTHON


@pytest.mark.slow
def test_the_shipped_edition_has_no_finding_and_comes_back() -> None:
    if not PYTHON.is_file():
        pytest.skip("the validators are not installed (make test)")
    found = standards.run(Path("no such data"), quick=True)["shipped"]
    for name in standards.FORMATS:
        assert found[name]["findings"] == [] and found[name]["counts"], name
    again = found["ftm_statements"]
    assert again["problems"] == 0 and again["rows_read"] == found["ftm"]["counts"]["statements"]
    assert again["records"]["organization"] == found["ftm"]["records_written"]["organization"]
    assert again["rows_read"] == again["imported"] + again["out_of_scope"]
