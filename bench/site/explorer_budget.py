"""The explorer in a browser: what a first visit weighs and how soon it is there, and how soon a choice is on the screen.

    python -m bench.site.explorer_budget [--workspace ATLAS] [--projects 10000] [--quick] [--json]

`overt serve` and Chromium run on the same machine; Chromium without a graphics card, so that what is drawn is drawn within the
time that is told. The first visit is to `--workspace` (else the shipped edition is built), over a line of 10 Mbit/s and 40 ms
with a processor slowed four times, by the browser's own emulation; it weighs every byte that came over the line, headers too. A
choice is made in a generated atlas of `--projects` projects at full speed: a box of a facet is ticked, and the time is from the
click until the table has the new rows and the map has drawn them. The map is also dragged and zoomed at full speed. Targets: at
most 650 kB; a map on the screen within 1.0 s, and one that answers within 2.5 s; 50 ms from picture to picture and 100 ms for a
choice, both at the median.
There is no peer.
"""

import re
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from bench.harness import Missing, Target, machine, parser, report, served
from bench.releases.release_scale import generate, release
from overt.model.workspace import Workspace
from tools.chromium import FLAGS, chromium

LINE = {"offline": False, "latency": 40, "downloadThroughput": 1_250_000, "uploadThroughput": 1_250_000}
SLOWER = 4
CHOICES = (("kind", "smart-city"), ("country", "KE"), ("status", "operational"), ("kind", "5g-network"), ("country", "FR"))
MARKS = """
const seen = (name) => { if (!(name in window.budget)) window.budget[name] = performance.now(); };
window.budget = {};
const look = () => {
    const map = document.querySelector(".static-map .land") && document.querySelector(".legend");
    if (map) requestAnimationFrame(() => seen("drawn"));
    if (document.querySelector("#map[data-state=ready]")) return seen("answers");
    requestAnimationFrame(look);
};
look();
"""
VIEWS = {"world": "", "town": "?at=9.50/-1.286/36.82"}
WATCH_PICTURES = """() => {
    const times = [];
    let run = true;
    const look = (time) => { times.push(time); if (run) requestAnimationFrame(look); };
    requestAnimationFrame(look);
    window.pictures = () => { run = false; return times.slice(1).map((time, index) => time - times[index]); };
}"""
CHOOSE = """([name, value]) => new Promise((resolve) => {
    const map = document.querySelector(".map-canvas"), rows = document.querySelector("#results tbody");
    const input = document.querySelector(`#filters input[name="${name}"][value="${value}"]`);
    const told = {}, begin = performance.now();
    const done = (what) => {
        told[what] ??= performance.now() - begin;
        if ("table" in told && "map" in told) { table.disconnect(); drawn.disconnect(); resolve(told); }
    };
    const table = new MutationObserver(() => requestAnimationFrame(() => done("table")));
    table.observe(rows, { childList: true });
    const drawn = new MutationObserver(() => done("map"));
    drawn.observe(map, { attributeFilter: ["data-drawn"] });
    input.click();
    setTimeout(() => resolve(told), 5000);
})"""


def first_visit(browser: Browser, address: str) -> dict[str, Any]:
    """One visit by a reader who was never here: bytes by file, and when there was a map and one that answers, in seconds."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.add_init_script(MARKS)
    session = context.new_cdp_session(page)
    weights: dict[str, int] = {}
    _watch(session, weights)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    session.send("Network.emulateNetworkConditions", LINE)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address, wait_until="commit")
    page.wait_for_selector("#map[data-state=ready]", timeout=120_000)
    page.wait_for_timeout(2_000)
    told: dict[str, float] = page.evaluate("window.budget")
    cpu = _processor(session)
    context.close()
    return {
        "kilobytes": round(sum(weights.values()) / 1000, 1),
        "files": {name: round(size / 1000, 1) for name, size in sorted(weights.items(), key=lambda pair: -pair[1])},
        "map_seconds": round(told["drawn"] / 1000, 2),
        "answers_seconds": round(told["answers"] / 1000, 2),
        "processor_seconds_slowed": round(cpu, 2),
    }


def _watch(session: CDPSession, weights: dict[str, int]) -> None:
    """Count the bytes of every answer as they came over the line, headers and all."""
    names: dict[str, str] = {}

    def asked(event: dict[str, Any]) -> None:
        names[event["requestId"]] = event["request"]["url"]

    def came(event: dict[str, Any]) -> None:
        url = names.get(event["requestId"], "?")
        weights[_name(url)] = weights.get(_name(url), 0) + int(event["encodedDataLength"])

    session.on("Network.requestWillBeSent", asked)
    session.on("Network.loadingFinished", came)
    session.send("Network.enable")


def _name(url: str) -> str:
    return re.sub(r"^https?://[^/]+|\?.*", "", url)


def _processor(session: CDPSession) -> float:
    """Seconds of the processor that the page's main thread has used, whoever else wanted it."""
    metrics = {held["name"]: held["value"] for held in session.send("Performance.getMetrics")["metrics"]}
    return float(metrics["TaskDuration"])


def choices(page: Page, session: CDPSession, times: int) -> dict[str, Any]:
    """Milliseconds from a click on a facet to the new rows and the new map, each choice taken off again before the next."""
    taken: list[dict[str, float]] = []
    used: list[float] = []
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    for number in range(times):
        for choice in CHOICES:
            for _ in ("on", "off"):
                begin = _processor(session)
                told: dict[str, float] = page.evaluate(CHOOSE, list(choice))
                used.append(1000 * (_processor(session) - begin))
                if {"table", "map"} - set(told):
                    raise RuntimeError(f"choice {choice} of round {number} did not come to the screen: {told}")
                taken.append(told)
                page.wait_for_timeout(900)
    both = [max(told.values()) for told in taken]
    return {
        "choices": len(taken),
        "table_median_milliseconds": round(median(told["table"] for told in taken), 1),
        "map_median_milliseconds": round(median(told["map"] for told in taken), 1),
        "both_median_milliseconds": round(median(both), 1),
        "both_most_milliseconds": round(max(both), 1),
        "processor_median_milliseconds": round(median(used), 1),
    }


def motion(page: Page, session: CDPSession, address: str) -> dict[str, Any]:
    """Milliseconds from one picture to the next while the map is dragged and zoomed, of the world and of a town, and of the
    processor in the page's main thread for the whole turn of the wheel.
    """
    told: dict[str, Any] = {}
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    for name, query in VIEWS.items():
        page.goto(f"{address}{query}")
        page.wait_for_selector("#map[data-state=ready]", timeout=120_000)
        page.wait_for_timeout(1_000)
        box = page.locator(".map-canvas").bounding_box()
        assert box
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(x, y)
        page.evaluate(WATCH_PICTURES)
        page.mouse.down()
        for step in range(40):
            page.mouse.move(x - 4 * step, y - 2 * step)
            page.wait_for_timeout(16)
        page.mouse.up()
        told[f"{name}_dragged"] = round(median(page.evaluate("pictures()")), 1)
        page.wait_for_timeout(1_000)
        page.evaluate(WATCH_PICTURES)
        begin = _processor(session)
        for _ in range(10):
            page.mouse.wheel(0, -60)
            page.wait_for_timeout(60)
        page.wait_for_timeout(600)
        told[f"{name}_zoomed"] = round(median(page.evaluate("pictures()")), 1)
        told[f"{name}_zoomed_processor"] = round(1000 * (_processor(session) - begin))
    return told


def generated(folder: Path, projects: int) -> Path:
    """An atlas of so many generated projects with points, parts and years."""
    workspace = Workspace.create(folder / "atlas")
    made = generate(folder, projects * 10 // 6 // 20 * 20)
    release(made, workspace.content, folder / "made", 2, "2GB")
    shutil.rmtree(workspace.releases, ignore_errors=True)
    shutil.move(folder / "made" / "releases", workspace.releases)
    return workspace.root


def run(workspace: Path | None, projects: int, times: int) -> dict[str, Any]:
    """Both measurements. Raises Missing when there is no Chromium."""
    path = chromium(whole=True)
    if not path:
        raise Missing("no Chromium here; name one in CHROMIUM")
    before = machine()
    with tempfile.TemporaryDirectory(prefix="overt-bench-") as temporary, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        with served(workspace) as (address, _):
            first_visit(browser, address)  # it finds nothing drawn
            visit = _middle([first_visit(browser, address) for _ in range(max(2, times))])
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            moved = motion(page, page.context.new_cdp_session(page), address)
            page.close()
        many = generated(Path(temporary), projects)
        with served(many) as (address, _):
            page = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
            page.goto(address)
            page.wait_for_selector("#map[data-state=ready]", timeout=120_000)
            page.wait_for_timeout(2_000)
            columns = page.evaluate("fetch(document.querySelector('#map').dataset.columns).then(got => got.json())")
            held = {"projects": len(columns["names"]), "points": len(columns["places"]["project"])}
            chosen = choices(page, page.context.new_cdp_session(page), times)
        browser.close()
    return {
        "benchmark": "explorer_budget",
        **before,
        "first_visit": visit,
        "motion_milliseconds": moved,
        "generated": held,
        "choice": chosen,
    }


def _middle(visits: list[dict[str, Any]]) -> dict[str, Any]:
    return sorted(visits, key=lambda visit: visit["answers_seconds"])[len(visits) // 2]


def main(arguments: list[str] | None = None) -> int:
    """Measure, and tell."""
    options = parser(__doc__)
    options.add_argument("--workspace", type=Path, help="an atlas with a release; else the shipped edition is built")
    options.add_argument("--projects", type=int, default=10_000)
    given = options.parse_args(arguments)
    try:
        result = run(given.workspace, 200 if given.quick else given.projects, 1 if given.quick else 3)
    except Missing as missing:
        print(f"explorer_budget: skipped: {missing}")
        return 0
    visit, moved = result["first_visit"], result["motion_milliseconds"]
    targets = [
        Target("first visit", visit["kilobytes"], 650, " kB"),
        Target("map on the screen", visit["map_seconds"], 1.0, " s"),
        Target("map that answers", visit["answers_seconds"], 2.5, " s"),
        Target("from picture to picture, zooming", max(moved["world_zoomed"], moved["town_zoomed"]), 50, " ms"),
        Target("choice on the screen, median", result["choice"]["both_median_milliseconds"], 100, " ms"),
    ]
    return report(result, targets, given)


if __name__ == "__main__":
    sys.exit(main())
