"""Run most of the benchmarks, one after another, each in its own process.

    python -m bench.run [--quick] [--json]

The exit code is 1 if a target is missed or a benchmark fails. These benchmarks are run separately, as `python -m bench.NAME`:

- these measure quality instead of time: `importing.aiddata_title_quality`, `importing.aiddata_description_quality`,
  `importing.town_geocoding_quality`, `linkage.labelled_organization_joins`, `linkage.organization_relation_quality`,
  `linkage.internet_restriction_duplicate_quality`, `releases.source_independence_quality`, `linkage.planted_pair_joins`,
  `question_reading_quality` and `projects.project_matching_quality`, which measures time with `--generated`;
- `site.organization_in_country_and_dated_pages`, `site.explorer_scale` and `site.as_of_slowdown` take a quarter of an hour,
  `api.fuzzing` and `server.fuzzing` longer;
- `server.attacks` and `server.web_server_comparison` need an idle machine, with a core for the server and one for its clients,
  and `server.replica_failures` needs nginx or Caddy;
- `api.ogc_and_tiles`, `site.search_comparison` and `measure.overt_and_oonidata_decoding` install the programs to compare with;
- `cross_script_name_quality`, `linkage.weight_trainer` and `linkage.han_to_latin_spelling_training` check no target.
"""

import argparse
import json
import subprocess
import sys

BENCHMARKS = (
    "releases.full_build",
    "releases.command_and_index_times",
    "releases.verification",
    "releases.release_scale",
    "releases.statement_aggregation",
    "linkage.name_pair_quality",
    "linkage.million_record_linkage",
    "site.charts",
    "site.desk",
    "linkage.resolution_quality",
    "site.search",
    "site.page_sizes_and_server_time",
    "site.templates",
    "site.static_edition",
    "site.explorer_in_browser",
    "site.page_speed_and_accessibility",
    "exports.export_formats",
    "exports.ftm_ofds_and_oc4ids",
    "estimation.log_linear_speed",
    "estimation.coverage",
    "estimation.bayesian_against_r_packages",
    "estimation.convergence_diagnostics",
    "measure.judging",
    "importing.firewall_blocklist_import_speed",
    "importing.mapping_against_importer",
    "importing.row_scale",
    "ledger.append",
)


def main(arguments: list[str] | None = None) -> int:
    """Run BENCHMARKS one after another, and print their results and verdicts.

    Return 1 if a target is missed or a benchmark fails.
    """
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="run with tiny inputs to check that the benchmarks work")
    parser.add_argument("--json", action="store_true", help="print only a JSON list of the results")
    options = parser.parse_args(arguments)
    results, failed = [], False
    for name in BENCHMARKS:
        command = [sys.executable, "-m", f"bench.{name}", "--json", *(["--quick"] if options.quick else [])]
        process = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
        failed |= process.returncode != 0
        output = process.stdout.strip()
        result = json.loads(output) if output.startswith("{") else {"benchmark": name, "verdict": output or "failed"}
        results.append(result)
        if not options.json:
            print(json.dumps(result, indent=2), f"{name}: {result['verdict']}", "", sep="\n", flush=True)
    if options.json:
        print(json.dumps(results, indent=2))
    else:
        print(*(f"{result['benchmark']}: {result['verdict']}" for result in results), sep="\n")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
