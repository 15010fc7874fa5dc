"""All benchmarks that measure a time and judge a target, one after the other, each in a process of its own.

    python -m bench.run [--quick] [--json]

Exit code 1 when a target is missed or a benchmark fails. Run by themselves are `importing.title_rules`, `linkage.relations`, `releases.independence`
and `projects.matching`, which measure no time (`projects.matching` does with `--generated`), `site.explorer_scale`, which takes a quarter of an
hour, `api.ogc`, which installs its peers, `api.fuzzing`, which takes longer, and `names` and `linkage.spellings`, which judge no
target.
"""

import argparse
import json
import subprocess
import sys

BENCHMARKS = (
    "releases.full_build",
    "releases.release_scale",
    "releases.aggregation",
    "linkage.name_pairs",
    "linkage.record_linkage",
    "site.charts",
    "site.desk",
    "linkage.resolution",
    "site.search",
    "site.pages",
    "site.static_edition",
    "site.explorer_budget",
    "exports.export_formats",
    "exports.standards",
    "estimation.log_linear",
    "estimation.coverage",
    "estimation.bayesian",
    "measure.measurements",
    "importing.firewall_lists",
)


def main(arguments: list[str] | None = None) -> int:
    """Run them all and tell the verdict of each."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--quick", action="store_true", help="tiny runs that show that the benchmarks work")
    options.add_argument("--json", action="store_true", help="print a list with the result of each as JSON alone")
    given = options.parse_args(arguments)
    results, failed = [], False
    for name in BENCHMARKS:
        command = [sys.executable, "-m", f"bench.{name}", "--json", *(["--quick"] if given.quick else [])]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
        failed |= done.returncode != 0
        told = done.stdout.strip()
        result = json.loads(told) if told.startswith("{") else {"benchmark": name, "verdict": told or "failed"}
        results.append(result)
        if not given.json:
            print(json.dumps(result, indent=2), f"{name}: {result['verdict']}", "", sep="\n", flush=True)
    if given.json:
        print(json.dumps(results, indent=2))
    else:
        print(*(f"{result['benchmark']}: {result['verdict']}" for result in results), sep="\n")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
