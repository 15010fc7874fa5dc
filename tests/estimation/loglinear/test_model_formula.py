"""Model formulas, written with the names or positions of lists, and formulas that are refused."""

import pytest

import overt
from overt.estimation.loglinear.model_formula import parse_model
from overt.model.errors import UsageError
from tests.estimation.tables_folder import TABLES
from tests.support.command_runs import overt as command


@pytest.mark.parametrize(
    ("text", "terms"),
    [("[12,3]", [0b011, 0b100]), ("A·B, C", [0b011, 0b100]), ("A:B", [0b011]), ("A * C", [0b101]), ("[1-3]", [0b101])],
)
def test_positions_and_names(text, terms):
    assert parse_model(text, ["A", "B", "C"]) == terms


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "names no list; that of independent lists is"),
        (" ", "names no list"),
        ("[]", "names no list"),
        ("[ , ]", "names no list"),
        ("[11]", "'11' names one list twice"),
        ("A·A", "names one list twice"),
        ("[12,12]", "'12' is there twice"),
        ("[12,21]", "'21' is there twice"),
        ("[--]", "nor the position of a list"),
        ("[1 2]", "nor the position of a list"),
        ("A·", "is neither the name nor the position of a list"),
    ],
)
def test_invalid_formulas_raise(text, message):
    with pytest.raises(UsageError, match=message):
        parse_model(text, ["A", "B", "C"])


def test_a_list_name_can_have_a_joiner():
    assert parse_model("A·B·C", ["A·B", "C", "D"]) == [0b011]
    assert parse_model("A·B", ["A·B", "A", "B", "C"]) == [0b0001]
    with pytest.raises(UsageError, match="can be read in several ways"):
        parse_model("A·B·C", ["A·B", "A", "B", "C"])


def test_a_model_of_one_list_is_noted():
    report = overt.estimate(TABLES / "Artificial_3.csv", "fixed", model="[1]")
    assert report["fixed"].model == "[1,2,3]"
    assert any("has no term of two lists: it is that of independent lists" in note for note in report.notes)
    pair = overt.estimate(TABLES / "Kosovo.csv", "fixed", model="[12]")
    assert not any("has no term of two lists" in note for note in pair.notes)


def test_an_empty_model_is_refused_in_a_line():
    outcome = command("estimate", TABLES / "Kosovo.csv", "--model", "")
    assert (outcome.code, outcome.err.count("\n")) == (2, 1)
