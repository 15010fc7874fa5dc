"""Results that may be published for a table: a range over models, a bound, or nothing, each with the reason."""

from functools import partial

import orjson
import pytest

import overt
from overt.estimation.bayesian.graph_averaging import average_over_graphs
from overt.estimation.bayesian.latent_class import latent_class
from overt.estimation.estimate_result_and_verdicts import ESTIMATE, VERDICTS, Estimate
from overt.estimation.overlap_tables.overlap_table import OverlapTable
from overt.estimation.overlap_tables.table_and_option_notes import table_notes
from overt.estimation.publication_gate import apply_gate
from overt.estimation.sweep_over_models_and_left_out_lists import sweep_models
from overt.model.errors import UsageError
from overt.release.overlaps.estimation_lists import make_source_lists
from tests.estimation.tables_folder import TABLES
from tests.support.command_runs import overt as command

TWO = OverlapTable.from_rows("AB", [[1, 0], [0, 1], [1, 1]], [50, 40, 10])


@pytest.fixture(autouse=True)
def short_chains(monkeypatch):
    """Use short chains, which are enough here because other tests cover estimates of `lcmcr`."""
    monkeypatch.setattr(
        "overt.estimation.bayesian.latent_class.latent_class", partial(latent_class, chains=4, max_iterations=1_000)
    )


@pytest.fixture(scope="module")
def kosovo():
    return overt.estimate(TABLES / "Kosovo.csv", "bic")


def test_the_range_over_models_is_what_is_published(kosovo):
    assert kosovo.verdict == "estimate"
    estimate = kosovo["bic"]
    assert estimate.verdict == "estimate"
    assert kosovo.low <= estimate.low
    assert kosovo.high > estimate.high
    assert "3 of 113 models" in estimate.reason
    assert all(f"without {name}" in estimate.reason for name in kosovo.table.names)


def test_the_sweep_names_every_model(kosovo):
    sweep = kosovo.as_dict()["sweep"]
    assert len(sweep["models"]["list"]) == sweep["models"]["tried"] == 113
    assert (sweep["models"]["low"], sweep["models"]["high"]) == (
        pytest.approx(6_728.59, abs=0.01),
        pytest.approx(22_888.68, abs=0.01),
    )
    assert sweep["models"]["best_bic"]["model"] == "[123,14,34]"
    assert [row["without"] for row in sweep["lists"]] == ["EXH", "ABA", "OSCE", "HRW"]
    assert all(row["tried"] == 8 for row in sweep["lists"])


def test_codes_of_models_without_an_estimate():
    models = overt.estimate(TABLES / "Artificial_3.csv", "bic").as_dict()["sweep"]["models"]
    codes = {row["model"]: row["code"] for row in models["list"]}
    assert codes["[12,3]"] == 1
    assert codes["[12,13,23]"] == 2
    assert codes["[13,23]"] == 0
    assert (models["with_estimate"], models["no_estimate"], models["unidentifiable"]) == (4, 3, 1)


def test_a_badly_fitting_model_is_a_comparison():
    report = overt.estimate(TABLES / "Kosovo.csv", "independence")
    assert report["independence"].verdict == "comparison only"
    assert "[123,14,34] (BIC 186 more)" in report["independence"].reason
    assert report.verdict == "estimate"


def with_interval(low, high, **more):
    return Estimate("lcmcr", (low + high) / 2, low, high, 0.95, "some classes", 0, ESTIMATE, **more)


def test_an_interval_outside_the_range_over_models_is_a_comparison():
    table = OverlapTable.from_rows(
        "ABC", [[int(bit) for bit in f"{cell:03b}"] for cell in range(1, 8)], [84, 56, 56, 36, 36, 24, 24]
    )
    sweep = sweep_models(table, 0.95)
    inside = apply_gate(with_interval(sweep.low, sweep.high), table, sweep)
    above = apply_gate(with_interval(sweep.high + 1, sweep.high + 50), table, sweep)
    below = apply_gate(with_interval(sweep.low - 50, sweep.low - 1), table, sweep)
    assert [estimate.verdict for estimate in (inside, above, below)] == ["estimate", "comparison only", "comparison only"]
    assert f"wholly above the range over models, {sweep.low:,.0f} to {sweep.high:,.0f}" in above.reason
    assert "wholly below" in below.reason


def test_the_report_names_a_method_that_contradicts_all_models(monkeypatch):
    """Graph averaging gets a prior that is certain of 3,000 people, while the models estimate 400."""
    rows = [[int(bit) for bit in f"{cell:03b}"] for cell in range(1, 8)]
    table = OverlapTable.from_rows("ABC", rows, [84, 56, 56, 36, 36, 24, 24])
    sure = partial(average_over_graphs, prior=(3e6, 1e-3))
    monkeypatch.setattr(
        "overt.estimation.bayesian.graph_averaging.average_over_graphs", lambda *args, **options: sure(*args, **options)
    )
    report = overt.estimate(table, "dga")
    assert report["dga"].verdict == "comparison only"
    assert "; but dga lies wholly above that (" in report.reason
    assert report.verdict == "estimate"


@pytest.mark.parametrize(("shared", "verdicts"), [(9, ("refused", "comparison only")), (10, ("estimate", "estimate"))])
def test_fewer_than_ten_shared_people_are_refused(shared, verdicts):
    """The rule and the number are the same as for `overt overlaps`."""
    table = OverlapTable.from_rows(
        "ABC", [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1]], [30, 25, 20, shared - 6, 3, 3]
    )
    report = overt.estimate(table, "all" if shared == 9 else "bic")
    assert (report.verdict, report["bic"].verdict) == verdicts
    assert report["bic"].estimate is not None
    if shared == 9:
        assert report.reason.startswith("9 are on two lists or more, and from fewer than 10 one cannot tell")
        assert {estimate.verdict for estimate in report.estimates} <= {"comparison only", "refused"}
        assert (report.low, report.high) == (None, None)
    cells = {frozenset("AB"): shared - 6, frozenset("AC"): 3, frozenset("BC"): 3, frozenset("A"): 30}
    reasons = [reason["code"] for reason in make_source_lists("project", cells, {}, {}).reasons]
    assert reasons == (["few"] if shared == 9 else [])


def test_notes_name_options_that_some_methods_ignore():
    report = overt.estimate(TABLES / "Artificial_3.csv", "all", pair=["A", "B"], threshold=0.01)
    notes = [note for note in report.notes if "only; the other methods" in note]
    assert notes == [
        "pair of lists (--lists): for chapman only; the other methods don't accept it",
        "threshold: for stepwise-aic, stepwise-p only; the other methods don't accept it",
    ]
    assert notes[0] in command("estimate", TABLES / "Artificial_3.csv", "--lists", "A,B").out
    assert not any(
        "alone; the other" in note for note in overt.estimate(TABLES / "Artificial_3.csv", "chapman", pair=["A", "B"]).notes
    )
    with pytest.raises(UsageError, match="all takes no model"):
        overt.estimate(TABLES / "Artificial_3.csv", "all", model="A·B")


def test_two_lists_give_no_number_to_publish():
    report = overt.estimate(TWO, "all")
    assert (report.verdict, report.low, report.high) == ("refused", None, None)
    assert "two lists cannot show" in report.reason
    numbers = {estimate.method: estimate.verdict for estimate in report.estimates if estimate.estimate is not None}
    assert {"independence", "bic", "chapman"} <= numbers.keys()
    assert set(numbers.values()) == {"comparison only"}


def test_lists_of_different_people_give_no_bound_above_the_truth():
    """Of 1,000 people, 500 are on each list and 50 on both, where chance would put 250: Chao's bound is far above 1,000."""
    report = overt.estimate(OverlapTable.from_rows("AB", [[1, 0], [0, 1], [1, 1]], [450, 450, 50]), "chao")
    assert report["chao"].estimate > 2_000 and report["chao"].verdict == "comparison only"
    assert (report.verdict, report.low) == ("refused", None)


@pytest.mark.parametrize(
    ("rows", "counts"),
    [
        ([[1, 1, 1]], [40]),
        ([[1, 0, 0], [1, 1, 0], [1, 1, 1]], [30, 20, 10]),
        ([[1, 0, 0], [0, 1, 0], [0, 0, 1]], [5, 4, 3]),
        ([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0]], [5, 4, 3, 1]),
        ([[1, 1], [1, 0]], [5, 4]),
    ],
)
def test_refused_estimates_have_a_reason_and_no_number(rows, counts):
    report = overt.estimate(OverlapTable.from_rows("ABC"[: len(rows[0])], rows, counts))
    refused = [estimate for estimate in report.estimates if estimate.verdict == "refused"]
    assert refused
    for estimate in refused:
        assert (estimate.estimate, estimate.low, estimate.high) == (None, None, None), estimate.method
        assert estimate.reason, estimate.method


def test_lists_without_overlap_are_refused():
    report = overt.estimate(OverlapTable.from_rows("ABC", [[1, 0, 0], [0, 1, 0], [0, 0, 1]], [5, 4, 3]), "all")
    assert report.verdict == "refused"
    assert report.low is report.high is None
    assert all(estimate.verdict in VERDICTS for estimate in report.estimates)
    assert not any(estimate.verdict == "estimate" for estimate in report.estimates)


def test_more_than_twelve_lists_give_a_lower_bound():
    rows = [[int(at == on) for at in range(20)] for on in range(20)] + [
        [int(at in (on, on + 1)) for at in range(20)] for on in range(19)
    ]
    table = OverlapTable.from_rows([f"L{at}" for at in range(20)], rows, [20] * 20 + [3] * 19)
    report = overt.estimate(table, "independence")
    estimate = report["independence"]
    assert estimate.low < estimate.estimate < estimate.high
    assert (estimate.verdict, report.verdict) == ("comparison only", "lower bound only")
    assert "more than 12 lists" in report.reason
    with pytest.raises(UsageError, match=r"1,048,575 cells.*`chao-mth`"):
        overt.estimate(table, "bic")


def test_the_log_linear_bound_equals_the_closed_form():
    """For more than twelve lists, the bound is computed by the closed form."""
    table = OverlapTable.from_rows(
        "ABC", [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1], [1, 1, 1]], [300, 200, 100, 60, 30, 20, 12]
    )
    singles, pairs = 300 * 200 + 300 * 100 + 200 * 100, 110
    assert overt.estimate(table, "chao-mth")["chao-mth"].estimate == pytest.approx(722 + singles / pairs, rel=1e-6)


@pytest.mark.parametrize(
    ("rows", "counts", "text"),
    [
        ([[1, 1, 0], [0, 1, 0], [0, 1, 1], [0, 0, 1]], [5, 4, 3, 2], "A in B"),
        ([[1, 1, 0], [0, 0, 1], [1, 1, 1]], [5, 4, 3], "equal lists: A and B"),
        ([[1, 0, 0], [1, 1, 0], [1, 0, 1], [1, 1, 1]], [5, 4, 3, 2], "everybody observed is on A"),
        ([[1, 0, 0], [0, 1, 1], [1, 1, 0], [0, 0, 1]], [5, 4, 3, 2], "share nobody: A and C"),
    ],
)
def test_notes_name_lists_that_limit_the_table(rows, counts, text):
    assert any(text in note for note in table_notes(OverlapTable.from_rows("ABC", rows, counts)))


def test_invalid_options_raise():
    for options, message in (
        ({"level": 1.5}, "level of 1.5"),
        ({"level": 0.999999999999}, r"from 0\.5 to 0\.9999"),
        ({"method": "guess"}, "no method 'guess'"),
        ({"method": "chapman", "pair": ["EXH", "X"]}, "two different lists"),
        ({"method": "bic", "interval": "wide"}, "no interval 'wide'"),
        ({"method": "fixed"}, "needs a model"),
        ({"method": "bic", "pair": ["EXH", "ABA"]}, r"bic takes no pair of lists \(--lists\)"),
        ({"method": "chao", "interval": "bca"}, "chao takes no interval"),
        ({"method": "bic", "replicates": 0}, "replicates must be 1 or more"),
        ({"method": "stepwise-p", "threshold": 2}, "a threshold between"),
    ):
        with pytest.raises(UsageError, match=message):
            overt.estimate(TABLES / "Kosovo.csv", **options)


def test_chapman_of_kosovo():
    report = overt.estimate(TABLES / "Kosovo.csv", "chapman", pair=["EXH", "ABA"])
    estimate = report["chapman"]
    assert estimate.estimate == pytest.approx(7_231.47, abs=0.01)
    assert estimate.detail["se"] == pytest.approx(273.75, abs=0.01)
    assert len(estimate.detail["pairs"]) == 6
    assert overt.estimate(TABLES / "Kosovo.csv", "chapman", pair=["HRW", "OSCE"])["chapman"].model == "HRW × OSCE"


def test_chapman_refuses_numbers_below_the_observed_and_needs_an_overlap():
    """A and B share 10 of their 30 people, and 100 others are only on C. A and B give 39.1, although 130 are observed."""
    table = OverlapTable.from_rows("ABC", [[1, 1, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]], [10, 10, 10, 100])
    refused = overt.estimate(table, "chapman", pair=["A", "B"])["chapman"]
    assert (refused.verdict, refused.estimate, refused.low, refused.high) == ("refused", None, None, None)
    assert "A and B give 39 people, fewer than the 130 who are seen" in refused.reason
    few = OverlapTable.from_rows("ABC", [[1, 1, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]], [10, 10, 10, 8])
    cut = overt.estimate(few, "chapman", pair=["A", "B"])["chapman"]
    assert cut.low == 38 < cut.estimate < cut.high
    none = overt.estimate(table, "chapman", pair=["A", "C"])["chapman"]
    assert (none.verdict, none.code, none.estimate, none.low, none.high) == ("refused", 1, None, None, None)
    assert "nobody is on both A and C" in none.reason
    assert [pair["estimate"] is None for pair in none.detail["pairs"]] == [False, True, True]


def test_the_command_prints_the_report():
    result = command("estimate", TABLES / "Kosovo.csv", "--method", "bic", "--seed", "1", "--json")
    report = orjson.loads(result.out)
    assert set(report["estimates"][0]) == {
        "method",
        "estimate",
        "low",
        "high",
        "level",
        "model",
        "code",
        "verdict",
        "reason",
        "detail",
    }
    assert report["estimates"][0]["estimate"] == pytest.approx(10_356.52, abs=0.01)
    assert "heterogeneity cannot be revealed by list data" in report["caveat"]
    printed = command("estimate", TABLES / "Kosovo.csv", "--method", "bic").out
    assert "10,356.5  8,994.3  12,110.4" in printed
    assert "[123,14,34]" in printed
    low, high = report["low"], report["high"]
    assert f"estimate: 95 %: between {low:,.0f} and {high:,.0f}, over 3 models\n" in printed
    assert "estimate: 90 %: between" in command("estimate", TABLES / "Kosovo.csv", "--method", "bic", "--level", "0.9").out
    wrong = command("estimate", TABLES / "README.md")
    assert wrong.code == 2
    assert wrong.err.count("\n") == 1
