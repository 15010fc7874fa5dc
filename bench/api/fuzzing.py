"""Requests made out of the server's own descriptions, right and wrong ones, each answer judged by them, with schemathesis.

    python -m bench.api.fuzzing [--data ../shared/data] [--atlas DIR] [--examples 150] [--seed 1] [--quick] [--json]

`overt serve` of an atlas of all the real files answers what schemathesis makes of `/api/openapi.json` (the API, files beside
pages, reconciliation, tiles), `/ogc/api` and `/zh/ogc/api`, with all its checks: that answers have the status, headers, type and
form that are described, that what the description calls right is served, and that what it calls wrong is refused. Printed are
requests and failures; what failed is told on stderr. Target: no failure. There is no peer. `--quick` asks little, of the edition
that Overt ships. `/map.png` is asked apart and less: each picture takes half a second, and what it may be asked is what
`/map.svg` may.

The validators are those of `make test` (.venv-validators).
"""

import sys
from argparse import Namespace
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench.exports.standards import full
from bench.harness import DATA, Missing, Target, folder, machine, parser, report, served
from tests.validators import PYTHON, findings

_DRAWN = "/map.png"
DESCRIPTIONS = {
    "api": ("/api/openapi.json", _DRAWN),
    "pictures": ("/api/openapi.json", "--only", _DRAWN),
    "ogc": ("/ogc/api",),
    "ogc_zh": ("/zh/ogc/api",),
}
"""Each with what is left out of it or asked alone (`tests/validators/checks/openapi.py`)."""
_PICTURES = 20
"""Pictures at most of each kind of request, right and wrong."""
_SECONDS = 7_200
"""After which a run is held to hang."""


def asked(address: str, given: Namespace) -> dict[str, Any]:
    """What is found of each description."""
    result = {}
    for name, (path, *which) in DESCRIPTIONS.items():
        examples = min(given.examples, _PICTURES) if "--only" in which else given.examples
        found = findings("openapi", f"{address}{path}", examples, given.seed, *which, patience=_SECONDS)
        if found["failures"] or found["errored"] or not found["complete"]:
            print(found["said"], file=sys.stderr)
        result[name] = {key: found[key] for key in ("complete", "operations", "cases", "failures", "errored")}
    return result


def run(given: Namespace) -> dict[str, Any]:
    """Serve and ask."""
    if not PYTHON.is_file():
        raise Missing(f"{PYTHON}: the validators are not installed; `make bench` installs them")
    before = machine()
    with ExitStack() as held:
        atlas = None
        if not given.quick:
            atlas = held.enter_context(folder(given.atlas)) / "atlas"
            if not atlas.is_dir():
                full(atlas, given.data)
        address, _ = held.enter_context(served(atlas))
        return {"benchmark": "api_fuzz", **before, "examples": given.examples, "seed": given.seed, **asked(address, given)}


def main(arguments: list[str] | None = None) -> int:
    """Run it and judge."""
    options = parser(__doc__)
    options.add_argument("--data", type=Path, default=DATA, help="directory of the real files")
    options.add_argument("--atlas", type=Path, help="directory to keep the atlas in; what is there is used again")
    options.add_argument(
        "--examples", type=int, default=150, help="cases of each address at most, beside those that are systematic"
    )
    options.add_argument("--seed", type=int, default=1, help="another seed makes other cases")
    given = options.parse_args(arguments)
    if given.quick:
        given.examples = 1
    try:
        result = run(given)
    except Missing as error:
        print(error, file=sys.stderr)
        return 1
    wrong = sum(result[name]["failures"] + result[name]["errored"] + (not result[name]["complete"]) for name in DESCRIPTIONS)
    return report(result, [Target("failures", wrong, 1, "")], given)


if __name__ == "__main__":
    sys.exit(main())
