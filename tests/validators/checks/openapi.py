"""Makes requests out of a server's own description, right and wrong ones, and judges each answer by it, with schemathesis.

    openapi.py ADDRESS-OF-DESCRIPTION EXAMPLES SEED [--only PATH | PATH-TO-LEAVE-OUT …]

All checks of schemathesis are on but that of the time that an answer takes. Of a path that is asked alone there are the EXAMPLES
and no systematic cases, of which there are hundreds where there are many parameters. Prints how many requests were made, and
what failed.
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

address, examples, seed, *left = sys.argv[1:]
alone = left[1:] if left[:1] == ["--only"] else []
TYPES = ("organization", "project", "country", "agreement", "document", "place")
words = st.text(st.characters(codec="utf-8"), max_size=30)


# Values of formats that are ours alone. A description cannot say which cursors a server gave; these every list takes.
schemathesis.openapi.format("cursor", st.sampled_from(["WyI1Il0", "WyIxMiJd"]))
west, north = st.integers(-180, 180), st.integers(-90, 90)
box = st.tuples(west, st.tuples(north, north).map(sorted), west)
schemathesis.openapi.format("bbox", box.map(lambda one: f"{one[0]},{one[1][0]},{one[2]},{one[1][1]}"))
query = st.fixed_dictionaries(
    {"query": words},
    optional={"type": st.sampled_from(TYPES), "limit": st.integers(1, 100), "type_strict": st.sampled_from(["any", "all"])},
)
schemathesis.openapi.format("queries", st.dictionaries(words, query, max_size=3).map(json.dumps))
columns = st.lists(st.fixed_dictionaries({"id": st.sampled_from(["name", "country", "supplier", "page"])}), max_size=3)
extension = st.fixed_dictionaries({"ids": st.lists(words, max_size=3), "properties": columns})
schemathesis.openapi.format("extend", extension.map(json.dumps))


@schemathesis.hook
def before_load_schema(context, raw_schema):
    """Of what can be one of very many (a country) a few are asked: each one would be a request at a dozen addresses."""
    shared = raw_schema.get("components", {}).get("parameters", {})
    if "limit" in shared:  # OGC API – Features has a larger one served, not refused
        del shared["limit"]["schema"]["maximum"]
    held = [raw_schema]
    while held:
        one = held.pop()
        if isinstance(one, dict) and isinstance(one.get("enum"), list):
            one["enum"] = one["enum"][:3]
        held += one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()


@schemathesis.hook
def map_case(context, case):
    """Makes right requests right where OpenAPI has no words for what is right."""
    asked = case.query or {}
    if case.meta.generation.mode.is_positive and {"year_from", "year_to"} <= asked.keys():
        asked["year_from"], asked["year_to"] = sorted((asked["year_from"], asked["year_to"]), key=str)
    if case.meta.generation.mode.is_positive and case.path.endswith("/items") and asked.get("bbox"):
        asked["bbox"] = ",".join(map(str, corners([float(number) for number in str(asked["bbox"]).split(",")])))
    return case


def corners(numbers):
    """The numbers of a box of OGC API – Features, folded into the world, the lower corner first."""
    many = len(numbers) // 2
    low, high = ([side[0] % 360 - 180, side[1] % 180 - 90, *side[2:]] for side in (numbers[:many], numbers[many:]))
    upright = [sorted(pair) for pair in zip(low[1:], high[1:], strict=True)]
    return [low[0], *(pair[0] for pair in upright), high[0], *(pair[1] for pair in upright)]


@schemathesis.hook
def filter_case(context, case):
    """Leaves out what a description cannot say of right requests."""
    asked = case.query or {}
    if case.meta.generation.mode.is_negative:  # what is sent as nothing at all is no wrong value, whatever it was meant to be
        items = [one for value in asked.values() if isinstance(value, list) for one in value if one != ""]
        return not any(one in (None, "", [], {}) for one in (*asked.values(), *items))
    if case.path == "/api/v1/explore/found":
        return bool(str(asked.get("q", "")).replace("\0", "").strip() or asked.get("bbox"))  # OpenAPI has no “one of the two”
    first, _, last = str(asked.get("datetime", "")).partition("/")
    return not (first and last) or ".." in (first, last) or first[:4] < last[:4]  # nor an order


said = io.StringIO()
with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):  # it leaves a cache where it runs
    report = Path(folder) / "report.json"
    options = ["--checks=all", f"--max-examples={examples}", f"--seed={seed}", "--continue-on-failure", "--warnings=off"]
    # Not `stateful`: it takes the template of tiles' addresses ({z}/{x}/{y}) in our TileJSON for an address, and asks for it.
    options.append(f"--phases=examples,{'' if alone else 'coverage,'}fuzzing")
    options += [f"--include-path={path}" for path in alone] or [f"--exclude-path={path}" for path in left]
    options += [
        "--request-timeout=120",
        "--max-response-time=120",
        "--report=json",
        f"--report-json-path={report}",
        "--generation-database=none",
        "--no-color",
        "--no-shrink",
    ]
    with contextlib.redirect_stdout(said), contextlib.suppress(SystemExit):
        command(["run", address, *options], standalone_mode=False)
    held = json.loads(report.read_text()) if report.is_file() else {}
found, operations = held.get("test_cases") or {}, held.get("operations") or {}  # null where the description does not come
print(
    json.dumps(
        {
            "complete": held.get("complete", False),
            "operations": operations.get("tested", 0),
            "cases": found.get("generated", 0),
            "errored": found.get("errored", 0) + operations.get("errored", 0),
            "failures": found.get("unique_failures", 0),
            "said": "" if held and held["exit_code"] == 0 else said.getvalue(),
        }
    )
)
