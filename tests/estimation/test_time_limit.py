"""With a time limit, methods that don't finish are left out and named, and all other numbers stay the same."""

from overt.estimation.estimates_by_several_methods import estimate
from overt.estimation.methods import METHODS
from overt.estimation.overlap_tables.overlap_table import OverlapTable, all_patterns

THREE = OverlapTable.from_rows("ABC", [[int(bit) for bit in f"{cell:03b}"] for cell in range(1, 8)], [84, 56, 56, 36, 36, 24, 24])
EIGHT = OverlapTable.from_rows(
    "ABCDEFGH",
    all_patterns(8).astype(int).tolist(),
    [round(400 / 3.0 ** row.sum() + 2 * (row[0] and row[1])) for row in all_patterns(8).astype(int)],
)
"""Eight lists of similar size. Two of them share more people than chance would explain."""


def test_what_is_not_done_is_left_out_and_named():
    messages = []
    report = estimate(EIGHT, "all", limit=0.001, progress=messages.append)
    left_out = [each.method for each in report.estimates if each.detail.get("left_out")]
    assert left_out == ["stepwise-p", "lcmcr"]
    assert [each.method for each in report.estimates] == [name for name in METHODS if METHODS[name].in_all]
    assert report["lcmcr"].as_dict()["reason"] == "left out: not done after 0.001 seconds"
    assert (report["lcmcr"].verdict, report["lcmcr"].estimate) == ("refused", None)
    assert report.notes[0] == (
        "stepwise-p and lcmcr were left out: not done after 0.001 seconds. Run each without a limit by --method stepwise-p, or "
        "allow more by --limit (0: no limit)"
    )
    assert report.as_dict()["notes"][0] == report.notes[0]
    assert report.verdict == "estimate" and report["bic"].estimate is not None
    assert {"models", "models without H", "bic", "lcmcr"} <= set(messages)


def test_a_limit_that_is_not_reached_changes_no_number():
    free = estimate(THREE, "stepwise-p", seed=3, replicates=4_000)
    limited = estimate(THREE, "stepwise-p", seed=3, replicates=4_000, limit=3_600)
    assert free.as_dict() == limited.as_dict()
    assert not any("left out" in note for note in limited.notes)


def test_a_method_by_itself_can_have_a_limit_too():
    report = estimate(THREE, "lcmcr", limit=0.001)
    assert report["lcmcr"].detail["left_out"] and report.notes[0].startswith("lcmcr was left out: not done after 0.001 seconds.")
