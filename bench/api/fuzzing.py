"""Fuzz the APIs with schemathesis: valid and invalid requests from the server's own API descriptions.

    python -m bench.api.fuzzing [--data ../shared/data] [--atlas DIR] [--examples 150] [--seed 1] [--quick] [--json]

`overt serve` handles requests that schemathesis makes from `/api/openapi.json` (the API, files of pages, reconciliation, tiles),
`/ogc/api` and `/zh/ogc/api`, for an atlas of all the real data. All checks are on: responses have the described status, headers,
type and schema, valid requests are served, and invalid requests are refused. The result has the numbers of requests and failures;
details of failures go to stderr. Target: no failure. There is no peer. `--quick` sends few requests, to the shipped edition.
`/map.png` gets fewer requests, in a separate run: a picture takes half a second, and its parameters are those of `/map.svg`.

The validators are those of `make test` (.venv-validators).
"""

import sys
from argparse import Namespace
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench.exports.ftm_ofds_and_oc4ids import full
from bench.harness import DATA, Missing, Target, argument_parser, folder, machine, report, served
from tests.validators import PYTHON, run_check

_PICTURE = "/map.png"
DESCRIPTIONS = {
    "api": ("/api/openapi.json", _PICTURE),
    "pictures": ("/api/openapi.json", "--only", _PICTURE),
    "ogc": ("/ogc/api",),
    "ogc_zh": ("/zh/ogc/api",),
}
"""Arguments of each run, by its name: the path of an API description, and then the paths to leave out or, after `--only`, the
only paths to request. `tests/validators/checks/generated_api_requests.py` takes these arguments.
"""
_PICTURES = 20
"""Maximum number of random cases for each operation in the run that requests pictures, which are slow to draw."""
_SECONDS = 7_200
"""Maximum duration of a run, in seconds."""


def fuzz(address: str, options: Namespace) -> dict[str, Any]:
    """Return the numbers of requests and failures for each run in DESCRIPTIONS. Print the output of failed runs to stderr."""
    result = {}
    for name, (path, *selection) in DESCRIPTIONS.items():
        examples = min(options.examples, _PICTURES) if "--only" in selection else options.examples
        arguments = (f"{address}{path}", examples, options.seed, *selection)
        outcome = run_check("generated_api_requests", *arguments, timeout=_SECONDS)
        if outcome["failures"] or outcome["errored"] or not outcome["complete"]:
            print(outcome["output"], file=sys.stderr)
        result[name] = {key: outcome[key] for key in ("complete", "operations", "cases", "failures", "errored")}
    return result


def run(options: Namespace) -> dict[str, Any]:
    """Serve an atlas, or the shipped edition in a quick run, and fuzz it.

    Raises Missing if the validators are not installed, or if the atlas must be made first and the real data is missing.
    """
    if not PYTHON.is_file():
        raise Missing(f"{PYTHON}: the validators are not installed; `make bench` installs them")
    before = machine()
    with ExitStack() as stack:
        atlas = None
        if not options.quick:
            atlas = stack.enter_context(folder(options.atlas)) / "atlas"
            if not atlas.is_dir():
                full(atlas, options.data)
        address, _ = stack.enter_context(served(atlas))
        return {"benchmark": "api_fuzz", **before, "examples": options.examples, "seed": options.seed, **fuzz(address, options)}


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark, print its result, and return the exit code."""
    parser = argument_parser(__doc__)
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of the real data")
    parser.add_argument("--atlas", type=Path, help="the folder of the atlas; an atlas there is used again")
    parser.add_argument("--examples", type=int, default=150, help="the most random cases for each address")
    parser.add_argument("--seed", type=int, default=1, help="the seed of the random cases")
    options = parser.parse_args(arguments)
    if options.quick:
        options.examples = 1
    try:
        result = run(options)
    except Missing as error:
        print(error, file=sys.stderr)
        return 1
    failures = sum(result[name]["failures"] + result[name]["errored"] + (not result[name]["complete"]) for name in DESCRIPTIONS)
    return report(result, [Target("failures", failures, 1, "")], options)


if __name__ == "__main__":
    sys.exit(main())
