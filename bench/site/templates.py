"""Measure how long plain Jinja takes to render a page, compared with two faster ways to compile the same templates.

    python -m bench.site.templates [--workspace DIR] [--pages 20] [--rounds 5] [--quick] [--json]

Three applications for the same release render the same pages in both languages. They take turns, so that all three run under
the same load. One uses `jinja2.Environment` (`plain`), one an extension that translates constant messages when a template is
compiled (`extension`), and one a subclass that overrides private parts of Jinja's compiler (`private`); see
`alternative_jinja_environments.py`. Each page is requested from the complete application and compressed. No page comes from the
page cache. Drawings are cached.

`milliseconds`: processor time of a page, the mean over pages of the median of the rounds; `rendering`: the part of it that
`Template.render` takes. `ratio`: plain Jinja's time divided by that of each peer. Every page must be identical byte for byte.
Target: all pages together take less than 1.5 times as long as with the private parts.
"""

import asyncio
import gc
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import mean, median
from typing import Any
from unittest.mock import patch

import httpx
import jinja2

from bench.harness import OVERT, Target, argument_parser, folder, machine, report, run_child
from bench.site.alternative_jinja_environments import PrivateEnvironment, constant_messages
from bench.site.page_sizes_and_server_time import HOST, addresses
from overt.model.workspace import Workspace
from overt.server.app import ServeSettings, create_app, prepare
from overt.site import site

KINDS = ("explorer", "country", "organisation", "project", "figure", "source", "record")
ENVIRONMENTS: dict[str, Callable[..., jinja2.Environment]] = {
    "plain": jinja2.Environment,
    "extension": constant_messages,
    "private": PrivateEnvironment,
}
LIMIT = 1.5
UNCACHED = {"Accept-Encoding": "zstd"}
"""Request headers that bypass the page cache, which stores only gzip responses."""


class Clock:
    """A clock that adds up the processor time of `Template.render`, in seconds."""

    def __init__(self) -> None:
        self.seconds = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Measure `Template.render` in all threads while the block runs."""
        render = jinja2.Template.render

        def timed(template: jinja2.Template, *values: Any, **names: Any) -> str:
            begin = time.thread_time()
            text = render(template, *values, **names)
            self.seconds += time.thread_time() - begin
            return text

        with patch.object(jinja2.Template, "render", timed):
            yield


async def measure(settings: ServeSettings, pages: dict[str, list[str]], rounds: int) -> dict[str, Any]:
    """Render all pages with each environment in turn: once to compare them, then `rounds` times to measure them.

    `pages`: addresses by kind of page. Returns the number of pages that differ from plain Jinja's, by environment, and the times
    by kind of page and of all pages.
    """
    clock, clients = Clock(), {}
    bodies: dict[str, dict[str, bytes]] = {name: {} for name in ENVIRONMENTS}
    paths = [path for addresses in pages.values() for path in addresses]
    for name, environment in ENVIRONMENTS.items():
        transport = httpx.ASGITransport(create_app(settings))
        clients[name] = httpx.AsyncClient(transport=transport, base_url=HOST, timeout=120, headers=UNCACHED)
        # A site makes its environment when it first renders, so each application gets its own here.
        with patch.object(site, "Environment", environment):
            for path in paths:
                bodies[name][path] = (await clients[name].get(path)).raise_for_status().content
    different = {name: sum(bodies[name][path] != bodies["plain"][path] for path in paths) for name in ENVIRONMENTS}
    processor: dict[str, dict[str, list[float]]] = {name: defaultdict(list) for name in ENVIRONMENTS}
    rendering: dict[str, dict[str, list[float]]] = {name: defaultdict(list) for name in ENVIRONMENTS}
    gc.collect()
    gc.freeze()
    with clock.running():
        for _ in range(rounds):
            for path in paths:
                for name, client in clients.items():
                    clock.seconds, begin = 0.0, time.process_time()
                    await client.get(path)
                    processor[name][path].append(1000 * (time.process_time() - begin))
                    rendering[name][path].append(1000 * clock.seconds)
    for client in clients.values():
        await client.aclose()
    return {
        "different_pages": different,
        "kinds": {kind: _compared(processor, rendering, addresses) for kind, addresses in pages.items()},
        "all": _compared(processor, rendering, paths),
    }


Times = dict[str, dict[str, list[float]]]


def _compared(processor: Times, rendering: Times, paths: list[str]) -> dict[str, Any]:
    page = {name: mean(median(processor[name][path]) for path in paths) for name in ENVIRONMENTS}
    template = {name: mean(median(rendering[name][path]) for path in paths) for name in ENVIRONMENTS}
    return {
        "pages": len(paths),
        "milliseconds": {name: round(value, 1) for name, value in page.items()},
        "rendering": {name: round(value, 1) for name, value in template.items()},
        "ratio": {name: round(page["plain"] / page[name], 2) for name in ENVIRONMENTS if name != "plain"},
    }


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark, print its result, and return the exit code."""
    options = argument_parser(__doc__)
    options.add_argument("--workspace", type=Path, help="an atlas with a release; else the shipped edition is built")
    options.add_argument("--pages", type=int, default=20, help="pages of each kind in each language, at most")
    options.add_argument("--rounds", type=int, default=5, help="how often each page is made")
    chosen = options.parse_args(arguments)
    if chosen.quick:
        chosen.pages, chosen.rounds = 2, 1
    before = machine()
    with folder(None) as temporary:
        atlas = chosen.workspace or temporary / "atlas"
        if chosen.workspace is None:
            run_child([*OVERT, "init", atlas])
            run_child([*OVERT, "build", "--workspace", atlas])
        settings = ServeSettings(Workspace.open(atlas))
        named = addresses(prepare(settings), chosen.pages)
        pages = {kind: [base + path for path in named[kind][: chosen.pages] for base in ("", "/zh")] for kind in KINDS}
        result = asyncio.run(measure(settings, {kind: paths for kind, paths in pages.items() if paths}, chosen.rounds))
    targets = [
        Target("plain Jinja over private parts of its compiler, all pages", result["all"]["ratio"]["private"], LIMIT, " times"),
        Target("pages that differ", sum(result["different_pages"].values()), 1, ""),
    ]
    return report({"benchmark": "templates", **before, **result}, targets, chosen)


if __name__ == "__main__":
    sys.exit(main())
