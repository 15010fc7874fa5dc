"""Generate valid and invalid requests from a server's description, and check each response against it, with schemathesis.

    generated_api_requests.py ADDRESS-OF-DESCRIPTION EXAMPLES SEED [--only PATH | [--random] PATH-TO-LEAVE-OUT …]

All checks of schemathesis are on; responses may take two minutes. A path after --only, and all paths with --random, get only the
description's examples and EXAMPLES random requests, without the systematic cases, which would be hundreds for many parameters.
Prints the number of requests, and what failed.
"""

import contextlib
import io
import json
import sys
import tempfile
from pathlib import Path

import schemathesis
from hypothesis import strategies as st
from schemathesis.cli import schemathesis as command

address, examples, seed, *paths = sys.argv[1:]
only = paths[1:] if paths[:1] == ["--only"] else []
is_random = paths[:1] in (["--only"], ["--random"])
if paths[:1] == ["--random"]:
    del paths[0]
TYPES = ("organization", "project", "country", "agreement", "document", "place")
words = st.text(st.characters(codec="utf-8"), max_size=30)


# Values for our own formats. A description can't list the cursors that a server has returned; every list accepts these.
schemathesis.openapi.format("cursor", st.sampled_from(["WyI1Il0", "WyIxMiJd"]))
schemathesis.openapi.format("release-or-date", st.sampled_from(["2999", "2999-12", "2999-12-31"]))
filters = ["TRUE", "name LIKE 'A%'", "NOT (name = 'x') OR name IS NULL", "name IN ('x', 'y') AND name > 'a'"]
schemathesis.openapi.format("cql2-text", st.sampled_from(filters))
west, north = st.integers(-180, 180), st.integers(-90, 90)
box = st.tuples(west, st.tuples(north, north).map(sorted), west)
schemathesis.openapi.format("bbox", box.map(lambda sides: f"{sides[0]},{sides[1][0]},{sides[2]},{sides[1][1]}"))
reconcile_query = st.fixed_dictionaries(
    {"query": words},
    optional={"type": st.sampled_from(TYPES), "limit": st.integers(1, 100), "type_strict": st.sampled_from(["any", "all"])},
)
schemathesis.openapi.format("queries", st.dictionaries(words, reconcile_query, max_size=3).map(json.dumps))
columns = st.lists(st.fixed_dictionaries({"id": st.sampled_from(["name", "country", "supplier", "page"])}), max_size=3)
extension = st.fixed_dictionaries({"ids": st.lists(words, max_size=3), "properties": columns})
schemathesis.openapi.format("extend", extension.map(json.dumps))


@schemathesis.hook
def before_load_schema(context, raw_schema):
    """Keep three values of each list, since each value is requested at a dozen addresses, and remove the maximum of `limit`."""
    shared = raw_schema.get("components", {}).get("parameters", {})
    if "limit" in shared:  # OGC API – Features accepts a larger limit
        del shared["limit"]["schema"]["maximum"]
    nodes = [raw_schema]
    while nodes:
        node = nodes.pop()
        if isinstance(node, dict) and isinstance(node.get("enum"), list):
            node["enum"] = node["enum"][:3]
        nodes += node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()


@schemathesis.hook
def map_case(context, case):
    """Fix generated requests that are valid by the description but break a rule that OpenAPI can't express."""
    query = case.query or {}
    if case.meta.generation.mode.is_positive and {"year_from", "year_to"} <= query.keys():
        query["year_from"], query["year_to"] = sorted((query["year_from"], query["year_to"]), key=str)
    if case.meta.generation.mode.is_positive and case.path.endswith("/items") and query.get("bbox"):
        query["bbox"] = ",".join(map(str, corners([float(number) for number in str(query["bbox"]).split(",")])))
    return case


def corners(numbers):
    """Return the numbers of a box for OGC API – Features, wrapped to the world, with the lower corner first."""
    half = len(numbers) // 2
    low, high = ([side[0] % 360 - 180, side[1] % 180 - 90, *side[2:]] for side in (numbers[:half], numbers[half:]))
    upright = [sorted(pair) for pair in zip(low[1:], high[1:], strict=True)]
    return [low[0], *(pair[0] for pair in upright), high[0], *(pair[1] for pair in upright)]


@schemathesis.hook
def filter_case(context, case):
    """Leave out requests whose validity an API description can't express."""
    query = case.query or {}
    if case.meta.generation.mode.is_negative:  # an empty string sent for a value is not invalid
        values = [[item for item in value if item != ""] if isinstance(value, list) else value for value in query.values()]
        items = [item for value in values if isinstance(value, list) for item in value]
        return not any(value in (None, "", [], {}) for value in (*values, *items))
    if case.path == "/api/v1/explore/found":
        return bool(str(query.get("q", "")).replace("\0", "").strip() or query.get("bbox"))  # OpenAPI can't require one of two
    first, _, last = str(query.get("datetime", "")).partition("/")
    return not (first and last) or ".." in (first, last) or first[:4] < last[:4]  # OpenAPI can't compare two dates


output = io.StringIO()
with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):  # schemathesis leaves a cache in the current folder
    report = Path(folder) / "report.json"
    options = ["--checks=all", f"--max-examples={examples}", f"--seed={seed}", "--continue-on-failure", "--warnings=off"]
    # The phase `stateful` is left out. It would take the template of tile addresses ({z}/{x}/{y}) in our TileJSON for an
    # address, and request it.
    options.append(f"--phases=examples,{'' if is_random else 'coverage,'}fuzzing")
    options += [f"--include-path={path}" for path in only] or [f"--exclude-path={path}" for path in paths]
    options += [
        "--request-timeout=120",
        "--max-response-time=120",
        "--report=json",
        f"--report-json-path={report}",
        "--generation-database=none",
        "--no-color",
        "--no-shrink",
    ]
    with contextlib.redirect_stdout(output), contextlib.suppress(SystemExit):
        command(["run", address, *options], standalone_mode=False)
    results = json.loads(report.read_text()) if report.is_file() else {}
# If the description can't be read, both values are null.
cases, operations = results.get("test_cases") or {}, results.get("operations") or {}
print(
    json.dumps(
        {
            "complete": results.get("complete", False),
            "operations": operations.get("tested", 0),
            "cases": cases.get("generated", 0),
            "errored": cases.get("errored", 0) + operations.get("errored", 0),
            "failures": cases.get("unique_failures", 0),
            "output": "" if results and results["exit_code"] == 0 else output.getvalue(),
        }
    )
)
