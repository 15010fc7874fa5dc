"""What may be said of a table: a range over models, a bound, or nothing, and why."""

from functools import partial
from pathlib import Path

import orjson
import pytest

import overt
from overt.estimation.bayesian.graph_averaging import decomposable
from overt.estimation.bayesian.latent_class import latent_class
from overt.estimation.estimates import ESTIMATE, VERDICTS, Estimate
from overt.estimation.model_sweep import sweep
from overt.estimation.overlap_tables.overlap_table import Lists
from overt.estimation.overlap_tables.table_notes import notes
from overt.estimation.publication_gate import gate
from overt.model.errors import UsageError
from overt.release.overlaps.source_lists import lists_of
from tests.flow.atlas import overt as command

TABLES = Path(__file__).parent / "tables"
TWO = Lists.of("AB", [[1, 0], [0, 1], [1, 1]], [50, 40, 10])


@pytest.fixture(autouse=True)
def short_chains(monkeypatch):
    """What `lcmcr` finds is tested elsewhere; here it may be as short as it likes."""
    monkeypatch.setattr("overt.estimation.bayesian.latent_class.latent_class", partial(latent_class, chains=4, most=1_000))


@pytest.fixture(scope="module")
def kosovo():
    return overt.estimate(TABLES / "Kosovo.csv", "bic")


def test_the_range_over_models_is_what_is_published(kosovo):
    assert kosovo.verdict == "estimate"
    one = kosovo["bic"]
    assert one.verdict == "estimate"
    assert kosovo.low <= one.low
    assert kosovo.high > one.high
    assert "3 of 113 models" in one.reason
    assert all(f"without {name}" in one.reason for name in kosovo.lists.names)


def test_the_sweep_names_every_model(kosovo):
    told = kosovo.as_dict()["sweep"]
    assert len(told["models"]["list"]) == told["models"]["tried"] == 113
    assert (told["models"]["low"], told["models"]["high"]) == (
        pytest.approx(6_728.59, abs=0.01),
        pytest.approx(22_888.68, abs=0.01),
    )
    assert told["models"]["best_bic"]["model"] == "[123,14,34]"
    assert [held["without"] for held in told["lists"]] == ["EXH", "ABA", "OSCE", "HRW"]
    assert all(held["tried"] == 8 for held in told["lists"])


def test_codes_of_models_without_an_estimate():
    told = overt.estimate(TABLES / "Artificial_3.csv", "bic").as_dict()["sweep"]["models"]
    codes = {held["model"]: held["code"] for held in told["list"]}
    assert codes["[12,3]"] == 1
    assert codes["[12,13,23]"] == 2
    assert codes["[13,23]"] == 0
    assert (told["with_estimate"], told["no_estimate"], told["unidentifiable"]) == (4, 3, 1)


def test_a_model_that_fits_badly_is_no_estimate():
    report = overt.estimate(TABLES / "Kosovo.csv", "independence")
    assert report["independence"].verdict == "comparison only"
    assert "[123,14,34] (BIC 186 more)" in report["independence"].reason
    assert report.verdict == "estimate"


def with_interval(low, high, **more):
    return Estimate("lcmcr", (low + high) / 2, low, high, 0.95, "some classes", 0, ESTIMATE, **more)


def test_an_interval_apart_from_the_range_over_models_is_told():
    lists = Lists.of("ABC", [[int(bit) for bit in f"{cell:03b}"] for cell in range(1, 8)], [84, 56, 56, 36, 36, 24, 24])
    swept = sweep(lists, 0.95)
    inside = gate(with_interval(swept.low, swept.high), lists, swept)
    above = gate(with_interval(swept.high + 1, swept.high + 50), lists, swept)
    below = gate(with_interval(swept.low - 50, swept.low - 1), lists, swept)
    assert [one.verdict for one in (inside, above, below)] == ["estimate", "comparison only", "comparison only"]
    assert f"wholly above the range over models, {swept.low:,.0f} to {swept.high:,.0f}" in above.reason
    assert "wholly below" in below.reason


def test_a_method_that_contradicts_all_models_is_told_with_the_table(monkeypatch):
    """Averaging over graphs with a prior that is sure of three thousand people, where models say 400."""
    rows = [[int(bit) for bit in f"{cell:03b}"] for cell in range(1, 8)]
    lists = Lists.of("ABC", rows, [84, 56, 56, 36, 36, 24, 24])
    sure = partial(decomposable, prior=(3e6, 1e-3))
    monkeypatch.setattr("overt.estimation.bayesian.graph_averaging.decomposable", lambda *args, **options: sure(*args, **options))
    report = overt.estimate(lists, "dga")
    assert report["dga"].verdict == "comparison only"
    assert "; but dga lies wholly above that (" in report.reason
    assert report.verdict == "estimate"


@pytest.mark.parametrize(("shared", "verdicts"), [(9, ("refused", "comparison only")), (10, ("estimate", "estimate"))])
def test_a_handful_whom_lists_share_tells_nothing(shared, verdicts):
    """As `overt overlaps` refuses it: the same rule, of the same number."""
    lists = Lists.of("ABC", [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1]], [30, 25, 20, shared - 6, 3, 3])
    report = overt.estimate(lists, "all" if shared == 9 else "bic")
    assert (report.verdict, report["bic"].verdict) == verdicts
    assert report["bic"].estimate is not None
    if shared == 9:
        assert report.reason.startswith("9 are on two lists or more, and from fewer than 10 nothing shows")
        assert {one.verdict for one in report.estimates} <= {"comparison only", "refused"}
        assert (report.low, report.high) == (None, None)
    cells = {frozenset("AB"): shared - 6, frozenset("AC"): 3, frozenset("BC"): 3, frozenset("A"): 30}
    reasons = [reason["code"] for reason in lists_of("project", cells, {}, {}).reasons]
    assert reasons == (["few"] if shared == 9 else [])


def test_an_option_that_some_methods_take_is_told():
    report = overt.estimate(TABLES / "Artificial_3.csv", "all", pair=["A", "B"], threshold=0.01)
    said = [note for note in report.notes if "alone; the other methods" in note]
    assert said == [
        "pair of lists (--lists): for chapman alone; the other methods do not take it",
        "threshold: for stepwise-aic, stepwise-p alone; the other methods do not take it",
    ]
    assert said[0] in command("estimate", TABLES / "Artificial_3.csv", "--lists", "A,B").out
    assert not any(
        "alone; the other" in note for note in overt.estimate(TABLES / "Artificial_3.csv", "chapman", pair=["A", "B"]).notes
    )
    with pytest.raises(UsageError, match="all takes no model"):
        overt.estimate(TABLES / "Artificial_3.csv", "all", model="A·B")


def test_two_lists_give_no_number_to_publish():
    report = overt.estimate(TWO, "all")
    assert (report.verdict, report.low, report.high) == ("refused", None, None)
    assert "two lists cannot show" in report.reason
    numbers = {one.method: one.verdict for one in report.estimates if one.estimate is not None}
    assert {"independence", "bic", "chapman"} <= numbers.keys()
    assert set(numbers.values()) == {"comparison only"}


def test_lists_that_avoid_each_other_give_no_bound_above_the_truth():
    """Of 1,000, 500 are on each list, and 50 on both where chance would put 250: Chao's bound is far above the 1,000."""
    report = overt.estimate(Lists.of("AB", [[1, 0], [0, 1], [1, 1]], [450, 450, 50]), "chao")
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
def test_what_is_refused_bears_no_number_and_a_reason(rows, counts):
    report = overt.estimate(Lists.of("ABC"[: len(rows[0])], rows, counts))
    without = [one for one in report.estimates if one.verdict == "refused"]
    assert without
    for one in without:
        assert (one.estimate, one.low, one.high) == (None, None, None), one.method
        assert one.reason, one.method


def test_lists_without_overlap_are_refused():
    report = overt.estimate(Lists.of("ABC", [[1, 0, 0], [0, 1, 0], [0, 0, 1]], [5, 4, 3]), "all")
    assert report.verdict == "refused"
    assert report.low is report.high is None
    assert all(one.verdict in VERDICTS for one in report.estimates)
    assert not any(one.verdict == "estimate" for one in report.estimates)


def test_more_lists_than_cells_can_be_gone_through():
    rows = [[int(at == on) for at in range(20)] for on in range(20)] + [
        [int(at in (on, on + 1)) for at in range(20)] for on in range(19)
    ]
    lists = Lists.of([f"L{at}" for at in range(20)], rows, [20] * 20 + [3] * 19)
    report = overt.estimate(lists, "independence")
    told = report["independence"]
    assert told.low < told.estimate < told.high
    assert (told.verdict, report.verdict) == ("comparison only", "lower bound only")
    assert "more than 12 lists" in report.reason
    with pytest.raises(UsageError, match=r"1,048,575 cells.*`chao-mth`"):
        overt.estimate(lists, "bic")


def test_bounds_beyond_twelve_lists_and_below_are_near():
    """The closed form of the bound and the log-linear one are two estimates of the same."""
    lists = Lists.of(
        "ABC", [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1], [1, 1, 1]], [300, 200, 100, 60, 30, 20, 12]
    )
    singles, pairs = 300 * 200 + 300 * 100 + 200 * 100, 110
    assert overt.estimate(lists, "chao-mth")["chao-mth"].estimate == pytest.approx(722 + singles / pairs, rel=1e-6)


@pytest.mark.parametrize(
    ("rows", "counts", "said"),
    [
        ([[1, 1, 0], [0, 1, 0], [0, 1, 1], [0, 0, 1]], [5, 4, 3, 2], "A in B"),
        ([[1, 1, 0], [0, 0, 1], [1, 1, 1]], [5, 4, 3], "equal lists: A and B"),
        ([[1, 0, 0], [1, 1, 0], [1, 0, 1], [1, 1, 1]], [5, 4, 3, 2], "everybody observed is on A"),
        ([[1, 0, 0], [0, 1, 1], [1, 1, 0], [0, 0, 1]], [5, 4, 3, 2], "share nobody: A and C"),
    ],
)
def test_notes(rows, counts, said):
    assert any(said in note for note in notes(Lists.of("ABC", rows, counts)))


def test_what_cannot_be_asked():
    for options, said in (
        ({"level": 1.5}, "level of 1.5"),
        ({"level": 0.999999999999}, r"from 0\.5 to 0\.9999"),
        ({"method": "guess"}, "no method 'guess'"),
        ({"method": "chapman", "pair": ["EXH", "X"]}, "two different lists"),
        ({"method": "bic", "interval": "wide"}, "no interval 'wide'"),
        ({"method": "fixed"}, "needs a model"),
        ({"method": "bic", "pair": ["EXH", "ABA"]}, r"bic takes no pair of lists \(--lists\)"),
        ({"method": "chao", "interval": "bca"}, "chao takes no interval"),
        ({"method": "bic", "replicates": 0}, "replicates are 1 or more"),
        ({"method": "stepwise-p", "threshold": 2}, "threshold lies between"),
    ):
        with pytest.raises(UsageError, match=said):
            overt.estimate(TABLES / "Kosovo.csv", **options)


def test_chapman():
    report = overt.estimate(TABLES / "Kosovo.csv", "chapman", pair=["EXH", "ABA"])
    one = report["chapman"]
    assert one.estimate == pytest.approx(7_231.47, abs=0.01)
    assert one.detail["se"] == pytest.approx(273.75, abs=0.01)
    assert len(one.detail["pairs"]) == 6
    assert overt.estimate(TABLES / "Kosovo.csv", "chapman", pair=["HRW", "OSCE"])["chapman"].model == "HRW × OSCE"


def test_chapman_is_never_below_who_is_seen_and_needs_an_overlap():
    """A and B share 10 of 30, C has 100 whom neither knows: the two lists alone make 39.1 of the 130 seen."""
    lists = Lists.of("ABC", [[1, 1, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]], [10, 10, 10, 100])
    one = overt.estimate(lists, "chapman", pair=["A", "B"])["chapman"]
    assert (one.verdict, one.estimate, one.low, one.high) == ("refused", None, None, None)
    assert "A and B give 39 people, fewer than the 130 who are seen" in one.reason
    few = Lists.of("ABC", [[1, 1, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]], [10, 10, 10, 8])
    cut = overt.estimate(few, "chapman", pair=["A", "B"])["chapman"]
    assert cut.low == 38 < cut.estimate < cut.high
    none = overt.estimate(lists, "chapman", pair=["A", "C"])["chapman"]
    assert (none.verdict, none.code, none.estimate, none.low, none.high) == ("refused", 1, None, None, None)
    assert "nobody is on both A and C" in none.reason
    assert [pair["estimate"] is None for pair in none.detail["pairs"]] == [False, True, True]


def test_the_command():
    found = command("estimate", TABLES / "Kosovo.csv", "--method", "bic", "--seed", "1", "--json")
    told = orjson.loads(found.out)
    assert set(told["estimates"][0]) == {
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
    assert told["estimates"][0]["estimate"] == pytest.approx(10_356.52, abs=0.01)
    assert "heterogeneity cannot be revealed by list data" in told["caveat"]
    printed = command("estimate", TABLES / "Kosovo.csv", "--method", "bic").out
    assert "10,356.5  8,994.3  12,110.4" in printed
    assert "[123,14,34]" in printed
    low, high = told["low"], told["high"]
    assert f"estimate: 95 %: between {low:,.0f} and {high:,.0f}, over 3 models\n" in printed
    assert "estimate: 90 %: between" in command("estimate", TABLES / "Kosovo.csv", "--method", "bic", "--level", "0.9").out
    wrong = command("estimate", TABLES / "README.md")
    assert wrong.code == 2
    assert wrong.err.count("\n") == 1
