"""Progress messages while estimates are computed."""

import orjson
import pytest

from overt.estimation import time_limit
from overt.estimation.estimates_by_several_methods import estimate
from tests.estimation.test_time_limit import THREE
from tests.support.command_runs import overt as command


def test_progress_names_every_method(tmp_path):
    table = tmp_path / "table.csv"
    table.write_text("A,B,count\n1,0,50\n0,1,40\n1,1,10\n")
    outcome = command("estimate", table, "--json")
    assert {f"estimating: {name} …" for name in ("models", "bic", "lcmcr")} <= set(outcome.err.splitlines())
    assert orjson.loads(outcome.out)["verdict"] == "refused"
    assert command("estimate", table, "--method", "bic").err == ""


def test_progress_names_each_left_out_list_of_a_large_table(tmp_path):
    table = tmp_path / "table.csv"
    pairs = ["".join("1," if at in (row, row - 4) else "0," for at in range(5)) for row in range(9)]
    table.write_text("A,B,C,D,E,count\n" + "".join(f"{pair}{40 - at}\n" for at, pair in enumerate(dict.fromkeys(pairs))))
    lines = command("estimate", table, "--method", "chao").err.splitlines()
    assert lines == [f"estimating: {what} …" for what in ("models", *(f"models without {name}" for name in "ABCDE"), "chao")]


@pytest.mark.parametrize(
    ("method", "options", "expected"),
    [
        ("stepwise-p", {"replicates": 4_000}, "stepwise-p, 3,571 of 4,008 draws"),
        ("bic", {"interval": "bca", "replicates": 4_000}, "bic, 3,571 of 4,008 draws"),
    ],
)
def test_long_methods_report_how_far_they_are(monkeypatch, method, options, expected):
    monkeypatch.setattr(time_limit, "_PROGRESS_SECONDS", 0.0)
    messages = []
    estimate(THREE, method, progress=messages.append, **options)
    assert expected in messages


def test_chains_report_how_far_they_are(monkeypatch):
    monkeypatch.setattr(time_limit, "_PROGRESS_SECONDS", 0.0)
    messages = []

    class Stop(Exception):
        pass

    def progress(message):
        messages.append(message)
        if message == "lcmcr, 150 of at most 120,000 iterations":
            raise Stop

    with pytest.raises(Stop):
        estimate(THREE, "lcmcr", progress=progress)
    assert "lcmcr, 100 of at most 120,000 iterations" in messages
