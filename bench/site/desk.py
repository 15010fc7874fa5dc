"""Measure the editors' desk on an atlas of 100,000 records: seconds until each page is ready.

    python -m bench.site.desk [--records 100000] [--pages 15] [--quick] [--json]

Builds an atlas of one generated source (organisations, some of them misspelled copies, projects and their suppliers).
Then requests the desk's pages from the application as a browser would, without a network: the first page after a start, questions
one after another, one question again, the queue, and a judgement with the following page. Building is not timed. Target: a
question in under 0.1 s at the median. There is no peer.
"""

import asyncio
import csv
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import httpx

from bench.harness import OVERT, Target, argument_parser, machine, report, run_child
from overt.model.workspace import Workspace
from overt.server.app import ServeSettings, create_app

TOKEN = "bench"
HOST = "http://127.0.0.1"
_SOURCE = """
title: Generated
publisher: Nobody
address: https://generated.example/
licence: CC0
attribution: nobody
reuse: open
covers: nothing
not_covered: everything
records:
  organization: "organization/{id}"
  project: "project/{id}"
  role: "role/{id}"
files:
  rows: {patterns: ["rows.csv"], format: csv}
"""
_IMPORTER = '''
"""One row a record."""


def run(ctx):
    for row in ctx.rows("rows"):
        with row:
            record = ctx.record(row["type"].text, id=row["id"])
            for name in ("name", "kind", "country", "agreed", "project", "organization", "role"):
                if row[name]:
                    record.add(name, row[name])
'''
_COLUMNS = ("type", "id", "name", "kind", "country", "agreed", "project", "organization", "role")
_SYLLABLES = [consonant + rest for consonant in "bcdfghjklmnprstvwz" for rest in ("a", "e", "i", "o", "u", "an", "or", "el")]
_TRADES = ("Optics", "Telecom", "Networks", "Marine Cable", "Software", "Technology", "Electronics", "Data Systems")
_FORMS = ("Co., Ltd.", "Limited", "Group", "GmbH", "S.A.", "Corporation")


def rows(records: int) -> Iterator[dict[str, str]]:
    """Yield the rows of the generated source. Each is a record.

    A quarter are organisations, every fiftieth of them a misspelled copy; a quarter are projects; all others are roles.
    """
    draw = random.Random(1)
    parties = records // 4
    names: list[str] = []
    for number in range(parties):
        if number % 50 == 49:
            name = draw.choice(names)
            at = draw.randrange(2, len(name.split()[0]))
            name = name[:at] + draw.choice("aeiou") + name[at + 1 :]
        else:
            brand = "".join(draw.choices(_SYLLABLES, k=4)).capitalize()
            name = f"{brand} {draw.choice(_TRADES)} {draw.choice(_FORMS)}"
        names.append(name)
        country = {"country": draw.choice(("CN", "KE", "DE", "BR"))} if number % 3 else {}
        yield {"type": "organization", "id": str(number), "name": name, **country}
    for number in range(parties):
        place = "".join(draw.choices(_SYLLABLES, k=3)).capitalize()
        fields = {"name": f"Network of {place}", "kind": "mobile-network", "agreed": str(draw.randint(2000, 2024))}
        yield {"type": "project", "id": str(number), "country": draw.choice(("KE", "ZM", "RS", "PK", "EC")), **fields}
    for number in range(records - 2 * parties):
        party = number % 20 if number % 4 == 0 else draw.randrange(parties)  # a few organisations supply very many projects
        fields = {"project": f"generated:project/{number % parties}", "organization": f"generated:organization/{party}"}
        yield {"type": "role", "id": str(number), "role": "supplier", **fields}


def make(folder: Path, records: int) -> tuple[Workspace, str]:
    """Build an atlas of generated records in `folder`. Return the atlas and the id of its release."""
    atlas, drop = folder / "atlas", folder / "drop"
    run_child([*OVERT, "init", atlas])
    (atlas / "sources" / "generated").mkdir(parents=True)
    (atlas / "sources" / "generated" / "source.yml").write_text(_SOURCE, encoding="utf-8")
    (atlas / "sources" / "generated" / "importer.py").write_text(_IMPORTER, encoding="utf-8")
    drop.mkdir()
    with (drop / "rows.csv").open("w", newline="", encoding="utf-8") as handle:
        writer = csv.DictWriter(handle, _COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(rows(records))
    run_child([*OVERT, "fetch", "generated", "--from", drop, "--retrieved", "2026-11-24", "--workspace", atlas])
    print(f"building an atlas of {records:,} records …", file=sys.stderr, flush=True)
    child = run_child([*OVERT, "build", "--workspace", atlas])
    return Workspace.open(atlas), child.output.splitlines()[-1]


class Browser:
    """A client of the desk that times each request."""

    def __init__(self, workspace: Workspace, release: str) -> None:
        self._app = create_app(ServeSettings(workspace, release, desk=TOKEN))

    def get(self, path: str) -> float:
        """Return the seconds that a page takes.

        `path`: relative to the desk's address. Raises RuntimeError if the request fails.
        """
        return self._timed(lambda client: client.get(f"/desk/{TOKEN}/{path}"), 200)

    def judge(self, **fields: str) -> float:
        """Submit a judgement, and return the seconds until it is stored. `fields`: those of the form."""
        return self._timed(lambda client: client.post(f"/desk/{TOKEN}/judge", data=fields, headers={"Origin": HOST}), 303)

    def _timed(self, ask: Callable[[httpx.AsyncClient], Any], status: int) -> float:
        async def send() -> float:
            transport = httpx.ASGITransport(app=self._app)
            async with httpx.AsyncClient(transport=transport, base_url=HOST, timeout=600) as client:
                begin = perf_counter()
                answer = await ask(client)
                seconds = perf_counter() - begin
                if answer.status_code != status:
                    raise RuntimeError(f"{answer.url}: {answer.status_code}: {answer.text[:300]}")
                return seconds

        return asyncio.run(send())


def run(records: int, pages: int) -> dict[str, Any]:
    """Make the atlas, and time the desk's start, its questions, its queue and judgements."""
    before = machine()
    with tempfile.TemporaryDirectory(prefix="overt-bench-") as temporary:
        workspace, release = make(Path(temporary), records)
        begin = perf_counter()
        browser = Browser(workspace, release)
        startup = perf_counter() - begin
        first = browser.get("?at=0")
        questions = [browser.get(f"?at={number}") for number in range(1, pages + 1)]
        again = [browser.get("?at=1") for _ in range(3)]
        queue = [browser.get("queue") for _ in range(3)]
        pair = {"left": "generated:organization/1", "right": "generated:organization/2", "verdict": "different"}
        judged, after = [], []
        for number in range(3):
            judged.append(browser.judge(**pair, who="Bench", why=f"seen {number}", at="0"))
            after.append(browser.get(f"?at=0&done={number + 1}&who=Bench"))
    return {
        "benchmark": "desk",
        **before,
        "records": records,
        "seconds_to_prepare_the_site": round(startup, 2),
        "first_page_seconds": round(first, 3),
        "question_seconds": round(median(questions), 3),
        "slowest_question_seconds": round(max(questions), 3),
        "same_question_seconds": round(median(again), 3),
        "queue_seconds": round(median(queue), 3),
        "judgement_seconds": round(median(judged), 3),
        "page_after_a_judgement_seconds": round(median(after), 3),
    }


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark, print its result, and return the exit code."""
    parser = argument_parser(__doc__)
    parser.add_argument("--records", type=int, default=100_000, help="records of the atlas")
    parser.add_argument("--pages", type=int, default=15, help="questions to request")
    options = parser.parse_args(arguments)
    result = run(400 if options.quick else options.records, 2 if options.quick else options.pages)
    return report(result, [Target("a question", result["question_seconds"], 0.1, " s")], options)


if __name__ == "__main__":
    sys.exit(main())
