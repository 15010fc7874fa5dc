"""Exports of the shipped edition pass the validators of their standards, and its FtM statements can be imported again."""

from pathlib import Path

import pytest

from bench.exports import ftm_ofds_and_oc4ids
from tests.validators import PYTHON


@pytest.mark.slow
def test_the_shipped_edition_has_no_finding_and_imports_again() -> None:
    if not PYTHON.is_file():
        pytest.skip("the validators are not installed (make test)")
    result = ftm_ofds_and_oc4ids.run(Path("no such data"), quick=True)["shipped"]
    for name in ftm_ofds_and_oc4ids.FORMATS:
        assert result[name]["findings"] == [] and result[name]["counts"], name
    again = result["ftm_statements"]
    assert again["problems"] == 0 and again["rows_read"] == result["ftm"]["counts"]["statements"]
    assert again["records"]["organization"] == result["ftm"]["records_written"]["organization"]
    assert again["rows_read"] == again["imported"] + again["out_of_scope"]
