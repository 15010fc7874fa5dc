"""Measure the explorer in a browser: the weight and speed of a first visit, and the time until a choice is on the screen.

    python -m bench.site.explorer_in_browser [--workspace ATLAS] [--projects 10000] [--quick] [--json]

`overt serve` and Chromium run on the same machine. Chromium has no graphics card, so the times include drawing. The first visit
is to `--workspace` (by default the shipped edition), on a connection of 10 Mbit/s and 40 ms latency with a processor slowed four
times, as emulated by the browser. Its weight is every byte transferred, including headers. A choice ticks a value of a facet, in
a generated atlas of `--projects` projects at full speed; its time is from the click until the table has the new rows and the map
has drawn them. The map is also dragged and zoomed at full speed. Targets: 650 kB; a map on the screen within 1.0 s and an
interactive one within 2.5 s; 50 ms per frame of a zoom and 100 ms for a choice, both at the median. There is no peer.
"""

import re
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from bench.harness import Missing, Target, argument_parser, machine, report, served
from bench.releases.release_scale import generate, release
from overt.model.workspace import Workspace
from tools.chromium_path_and_flags import FLAGS, chromium

LINE = {"offline": False, "latency": 40, "downloadThroughput": 1_250_000, "uploadThroughput": 1_250_000}
SLOWER = 4
CHOICES = (("kind", "smart-city"), ("country", "KE"), ("status", "operational"), ("kind", "5g-network"), ("country", "FR"))
MARKS = """
const mark = (name) => { if (!(name in window.marks)) window.marks[name] = performance.now(); };
window.marks = {};
const look = () => {
    const map = document.querySelector(".static-map .land") && document.querySelector(".legend");
    if (map) requestAnimationFrame(() => mark("drawn"));
    if (document.querySelector("#map[data-state=ready]")) return mark("answers");
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
    const times = {}, begin = performance.now();
    const done = (part) => {
        times[part] ??= performance.now() - begin;
        if ("table" in times && "map" in times) { table.disconnect(); drawn.disconnect(); resolve(times); }
    };
    const table = new MutationObserver(() => requestAnimationFrame(() => done("table")));
    table.observe(rows, { childList: true });
    const drawn = new MutationObserver(() => done("map"));
    drawn.observe(map, { attributeFilter: ["data-drawn"] });
    input.click();
    setTimeout(() => resolve(times), 5000);
})"""


def first_visit(browser: Browser, address: str) -> dict[str, Any]:
    """Measure a first visit: kilobytes by file, seconds until the map is drawn and is interactive, and processor seconds."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.add_init_script(MARKS)
    session = context.new_cdp_session(page)
    weights: dict[str, int] = {}
    _watch(session, weights)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    session.send("Network.emulateNetworkConditions", LINE)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(f"{address}/explorer", wait_until="commit")
    page.wait_for_selector("#map[data-state=ready]", timeout=120_000)
    page.wait_for_timeout(2_000)
    marks: dict[str, float] = page.evaluate("window.marks")
    cpu = _processor(session)
    context.close()
    return {
        "kilobytes": round(sum(weights.values()) / 1000, 1),
        "files": {name: round(size / 1000, 1) for name, size in sorted(weights.items(), key=lambda pair: -pair[1])},
        "map_seconds": round(marks["drawn"] / 1000, 2),
        "answers_seconds": round(marks["answers"] / 1000, 2),
        "processor_seconds_slowed": round(cpu, 2),
    }


def _watch(session: CDPSession, weights: dict[str, int]) -> None:
    """Add the bytes of every network response, including headers, to `weights`, by path."""
    urls: dict[str, str] = {}

    def request_sent(event: dict[str, Any]) -> None:
        urls[event["requestId"]] = event["request"]["url"]

    def loading_finished(event: dict[str, Any]) -> None:
        url = urls.get(event["requestId"], "?")
        weights[_name(url)] = weights.get(_name(url), 0) + int(event["encodedDataLength"])

    session.on("Network.requestWillBeSent", request_sent)
    session.on("Network.loadingFinished", loading_finished)
    session.send("Network.enable")


def _name(url: str) -> str:
    return re.sub(r"^https?://[^/]+|\?.*", "", url)


def _processor(session: CDPSession) -> float:
    """Return the processor seconds of the page's main thread, which other work on the machine doesn't affect."""
    metrics = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
    return float(metrics["TaskDuration"])


def choices(page: Page, session: CDPSession, times: int) -> dict[str, Any]:
    """Measure milliseconds from a click on a facet until the new rows and the new map are drawn, and the processor time.

    Each choice is undone before the next one, and undoing it is measured, too. Raises RuntimeError if drawing takes longer than
    five seconds.
    """
    all_times: list[dict[str, float]] = []
    cpu: list[float] = []
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    for number in range(times):
        for choice in CHOICES:
            for _ in ("on", "off"):
                begin = _processor(session)
                times_of_choice: dict[str, float] = page.evaluate(CHOOSE, list(choice))
                cpu.append(1000 * (_processor(session) - begin))
                if {"table", "map"} - set(times_of_choice):
                    raise RuntimeError(f"choice {choice} of round {number} did not reach the screen: {times_of_choice}")
                all_times.append(times_of_choice)
                page.wait_for_timeout(900)
    both = [max(each.values()) for each in all_times]
    return {
        "choices": len(all_times),
        "table_median_milliseconds": round(median(each["table"] for each in all_times), 1),
        "map_median_milliseconds": round(median(each["map"] for each in all_times), 1),
        "both_median_milliseconds": round(median(both), 1),
        "both_most_milliseconds": round(max(both), 1),
        "processor_median_milliseconds": round(median(cpu), 1),
    }


def motion(page: Page, session: CDPSession, address: str) -> dict[str, Any]:
    """Measure the median milliseconds between frames while a map is dragged and zoomed, for the world and for a town.

    Also measures the main thread's processor milliseconds for ten turns of the mouse wheel.
    """
    result: dict[str, Any] = {}
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    for name, query in VIEWS.items():
        page.goto(f"{address}/explorer{query}")
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
        result[f"{name}_dragged"] = round(median(page.evaluate("pictures()")), 1)
        page.wait_for_timeout(1_000)
        page.evaluate(WATCH_PICTURES)
        begin = _processor(session)
        for _ in range(10):
            page.mouse.wheel(0, -60)
            page.wait_for_timeout(60)
        page.wait_for_timeout(600)
        result[f"{name}_zoomed"] = round(median(page.evaluate("pictures()")), 1)
        result[f"{name}_zoomed_processor"] = round(1000 * (_processor(session) - begin))
    return result


def generated(folder: Path, projects: int) -> Path:
    """Generate an atlas of about this many projects with points, roles and years."""
    workspace = Workspace.create(folder / "atlas")
    claims = generate(folder, projects * 10 // 6 // 20 * 20)
    release(claims, workspace.content, folder / "made", 2, "2GB")
    shutil.rmtree(workspace.releases, ignore_errors=True)
    shutil.move(folder / "made" / "releases", workspace.releases)
    return workspace.root


def run(workspace: Path | None, projects: int, times: int) -> dict[str, Any]:
    """Run all measurements. Raises Missing if there is no Chromium."""
    path = chromium(shell=False)
    if not path:
        raise Missing("no Chromium here; name one in CHROMIUM")
    before = machine()
    with tempfile.TemporaryDirectory(prefix="overt-bench-") as temporary, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        with served(workspace) as (address, _):
            first_visit(browser, address)  # not counted, because the server has cached nothing yet
            visit = _median_visit([first_visit(browser, address) for _ in range(max(2, times))])
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            frames = motion(page, page.context.new_cdp_session(page), address)
            page.close()
        many = generated(Path(temporary), projects)
        with served(many) as (address, _):
            page = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
            page.goto(f"{address}/explorer")
            page.wait_for_selector("#map[data-state=ready]", timeout=120_000)
            page.wait_for_timeout(2_000)
            columns = page.evaluate("fetch(document.querySelector('#map').dataset.columns).then(response => response.json())")
            size = {"projects": len(columns["names"]), "points": len(columns["places"]["project"])}
            choice = choices(page, page.context.new_cdp_session(page), times)
        browser.close()
    return {
        "benchmark": "explorer_in_browser",
        **before,
        "first_visit": visit,
        "motion_milliseconds": frames,
        "generated": size,
        "choice": choice,
    }


def _median_visit(visits: list[dict[str, Any]]) -> dict[str, Any]:
    return sorted(visits, key=lambda visit: visit["answers_seconds"])[len(visits) // 2]


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark, print its result, and return the exit code."""
    parser = argument_parser(__doc__)
    parser.add_argument("--workspace", type=Path, help="an atlas with a release; by default the shipped edition")
    parser.add_argument("--projects", type=int, default=10_000)
    options = parser.parse_args(arguments)
    try:
        result = run(options.workspace, 200 if options.quick else options.projects, 1 if options.quick else 3)
    except Missing as missing:
        print(f"explorer_in_browser: skipped: {missing}")
        return 0
    visit, frames = result["first_visit"], result["motion_milliseconds"]
    targets = [
        Target("first visit", visit["kilobytes"], 650, " kB"),
        Target("map on the screen", visit["map_seconds"], 1.0, " s"),
        Target("interactive map", visit["answers_seconds"], 2.5, " s"),
        Target("frame while zooming", max(frames["world_zoomed"], frames["town_zoomed"]), 50, " ms"),
        Target("choice on the screen, median", result["choice"]["both_median_milliseconds"], 100, " ms"),
    ]
    return report(result, targets, options)


if __name__ == "__main__":
    sys.exit(main())
