"""Estimate published tables with Bayesian methods, measure the time, and compare the results with those of R packages.

    python -m bench.estimation.bayesian_against_r_packages [--quick] [--json]

`dga`: Kosovo 1999 (four lists) with the default prior of the R package dga, Madigan and York's three lists with theirs, and the
six lists of the UK, which the R package can't do. `lcmcr`: Kosovo with two seeds, and the UK, where the chains disagree. Targets
for Kosovo: `dga` gives what the R package dga prints, and `lcmcr` is within 5 % of LCMCR's median of 10,381. `--quick` estimates
only the three lists.
"""

import sys
from time import process_time
from typing import Any

from bench.harness import DATA, Target, argument_parser, machine, report
from overt.estimation.bayesian.graph_averaging import average_over_graphs
from overt.estimation.bayesian.latent_class import latent_class
from overt.estimation.estimate_result_and_verdicts import Estimate
from overt.estimation.overlap_tables.overlap_csv_reader import read_overlap_table
from overt.estimation.overlap_tables.overlap_table import OverlapTable

THREE = OverlapTable.from_rows(
    ["one", "two", "three"],
    [(0, 0, 1), (0, 1, 0), (0, 1, 1), (1, 0, 0), (1, 0, 1), (1, 1, 0), (1, 1, 1)],
    [60, 49, 4, 247, 112, 142, 12],
)
"""The three lists in the example by Madigan and York (1997)."""
LCMCR = 10_381
"""LCMCR's median for Kosovo."""


def main() -> int:
    """Run the benchmark and print its result; return 1 if a target is missed."""
    options = argument_parser(__doc__).parse_args()
    before = machine()
    if options.quick:
        return report({"machine": before, "runs": {"dga, three lists": _three()}}, [], options)
    kosovo, uk = (read_overlap_table(DATA / "mse" / f"{name}.csv") for name in ("Kosovo", "UKdat"))
    runs = {
        "dga, Kosovo": _timed(lambda: average_over_graphs(kosovo)),
        "dga, three lists": _three(),
        "dga, UK": _timed(lambda: average_over_graphs(uk)),
        "lcmcr, Kosovo, seed 0": _timed(lambda: latent_class(kosovo, seed=0)),
        "lcmcr, Kosovo, seed 1": _timed(lambda: latent_class(kosovo, seed=1)),
        "lcmcr, UK": _timed(lambda: latent_class(uk)),
    }
    targets = [Target("dga, Kosovo, from 12,596", abs((runs["dga, Kosovo"]["estimate"] or 0) - 12_596), 1, "")]
    for seed in (0, 1):
        apart = abs((runs[f"lcmcr, Kosovo, seed {seed}"]["estimate"] or 0) / LCMCR - 1)
        targets.append(Target(f"lcmcr, Kosovo, seed {seed}, from {LCMCR:,}", round(100 * apart, 2), 5, " %"))
    return report({"machine": before, "runs": runs}, targets, options)


def _three() -> dict[str, Any]:
    return _timed(lambda: average_over_graphs(THREE, delta=1, prior=(13.14, 55.17)))


def _timed(run: Any) -> dict[str, Any]:
    begin = process_time()
    estimate: Estimate = run()
    fields = {name: getattr(estimate, name) for name in ("estimate", "low", "high", "verdict", "reason")}
    return {**fields, "cpu_seconds": round(process_time() - begin, 2), "detail": dict(estimate.detail)}


if __name__ == "__main__":
    sys.exit(main())
