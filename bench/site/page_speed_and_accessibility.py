"""Measure the speed and layout stability of pages on a phone, and the accessibility of the same pages on a wide screen.

    python -m bench.site.page_speed_and_accessibility [--workspace ATLAS] [--lighthouse FOLDER] [--page ADDRESS …]
        [--quick] [--json]

`overt serve` and Chromium run on the same machine. Pages are those of `--workspace` (by default the shipped edition), opened as
on a phone: 412 pixels wide, on a connection of 1.6 Mbit/s and 150 ms latency. The browser itself reports layout shifts (CLS),
the largest contentful paint (LCP) and messages on the console; the weight is every byte transferred, including headers. The
browser's trace has the tasks of the main thread. On a phone, a task is assumed to take four times its processor time here,
which other work on the machine doesn't change. Blocking time (TBT) is the sum of what each task after the first paint takes
beyond 50 ms. Each page is opened three times (once with `--quick`): the median counts or, for times of the main thread, the
minimum. axe-core runs on a wide screen, with all its rules, including experimental and level AAA rules, in both languages,
light and dark. The rules in `NOT_JUDGED` have no target.

`--lighthouse` also installs Lighthouse by npm into FOLDER, unless it is there, and adds its scores (mobile, simulated). Targets:
CLS 0.02, TBT 200 ms (explorer 400 ms), 650 kB, no violation of a rule and no message on the console; with `--lighthouse`, a
performance of 95 (explorer 80), accessibility of 100 and SEO of 95. There is no peer.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

import httpx
from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]
from playwright.sync_api import Browser, sync_playwright

from bench.harness import Missing, Target, argument_parser, machine, report, served
from tools.chromium_path_and_flags import FLAGS, chromium

LINE = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}
SLOWER = 4
TIMES = 3
LIGHTHOUSE = "lighthouse@12.8.2"
ADDRESS = "https://overt.example"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
SCORES = {"performance": 95, "accessibility": 100, "seo": 95}
"""Minimum score of each page, by Lighthouse's category. The target for the explorer's performance is lower."""
AUDITS = {
    "cls": "cumulative-layout-shift",
    "tbt_milliseconds": "total-blocking-time",
    "lcp_milliseconds": "largest-contentful-paint",
}
PAGES = ("/", "/country/KE", "/figure/surveillance-export-countries-2019", "/explorer")
"""The measured pages, in addition to the page of the first company in the list of companies."""
NOT_JUDGED = {"color-contrast-enhanced", "p-as-heading"}
"""Rules whose findings are listed without a target: one of level AAA, and an experimental one that mistakes answers for
headings.
"""
TRACED = ["devtools.timeline", "disabled-by-default-devtools.timeline", "loading"]
ADDED_TO = {"tbt_milliseconds", "longest_task_milliseconds"}
"""Numbers that other work on the machine can only increase, so the result has the minimum of the visits."""
OBSERVE = """
window.speed = { shifts: [], largest: 0 };
const watch = (type, each) =>
    new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true });
watch("layout-shift", (entry) => entry.hadRecentInput || window.speed.shifts.push([entry.startTime, entry.value]));
watch("largest-contentful-paint", (entry) => window.speed.largest = entry.startTime);
"""

RUN_AXE = """async () => {
    const rules = Object.fromEntries(axe.getRules().map(({ ruleId }) => [ruleId, { enabled: true }]));
    return (await axe.run({ resultTypes: ["violations"], rules })).violations;
}"""


def visit(browser: Browser, url: str) -> dict[str, Any]:
    """Open a page as on a phone, and return its shifts, blocking time, largest paint, weight and messages."""
    context = browser.new_context(viewport={"width": 412, "height": 823}, device_scale_factor=2, is_mobile=True, has_touch=True)
    page = context.new_page()
    messages: list[str] = []
    page.on("console", lambda message: messages.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.add_init_script(OBSERVE)
    session = context.new_cdp_session(page)
    weights: list[int] = []
    session.on("Network.loadingFinished", lambda event: weights.append(int(event["encodedDataLength"])))
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", LINE)
    browser.start_tracing(page=page, categories=TRACED)
    page.goto(url, wait_until="load", timeout=120_000)
    if page.locator("#map[data-columns], #map[data-tiles]").count():
        page.wait_for_selector("#map[data-state=ready]", timeout=120_000)
    page.wait_for_timeout(1_500)
    seen = page.evaluate("window.speed")
    tasks = _tasks(json.loads(browser.stop_tracing())["traceEvents"])
    context.close()
    return {
        "cls": round(_worst_session(seen["shifts"]), 4),
        "tbt_milliseconds": round(sum(duration - 50 for duration in tasks if duration > 50)),
        "longest_task_milliseconds": round(max(tasks, default=0)),
        "lcp_seconds": round(seen["largest"] / 1000, 2),
        "kilobytes": round(sum(weights) / 1000, 1),
        "messages": messages,
    }


def _tasks(events: Sequence[dict[str, Any]]) -> list[float]:
    """Return the milliseconds, on a phone, of each task of the page's main thread after its first paint."""
    paints = [event for event in events if event["name"] == "firstContentfulPaint" and "frame" in event.get("args", {})]
    if not paints:
        return []
    process, thread, begin = (paints[-1][key] for key in ("pid", "tid", "ts"))
    tasks = [event for event in events if event["name"] == "RunTask" and "tdur" in event]
    return [
        SLOWER * task["tdur"] / 1000
        for task in tasks
        if (task["pid"], task["tid"]) == (process, thread) and task["ts"] + task["dur"] > begin
    ]


def _worst_session(shifts: Sequence[tuple[float, float]]) -> float:
    """Return CLS: the largest sum of layout shifts that are at most a second apart and within five seconds."""
    worst = total = begin = last = 0.0
    for time, value in shifts:
        if time - last > 1000 or time - begin > 5000:
            total, begin = 0.0, time
        total, last = total + value, time
        worst = max(worst, total)
    return worst


def measured(browser: Browser, url: str, times: int) -> dict[str, Any]:
    """Visit a page several times. Return the medians of its numbers or, for those in `ADDED_TO`, the minima.

    A request before the first visit makes the server render the page.
    """
    httpx.get(url, timeout=120).raise_for_status()
    visits = [visit(browser, url) for _ in range(times)]
    names = [name for name in visits[0] if name != "messages"]
    numbers = {name: (min if name in ADDED_TO else median)(each[name] for each in visits) for name in names}
    return {**numbers, "messages": sorted({message for each in visits for message in each["messages"]})}


def violations(browser: Browser, address: str, paths: Sequence[str]) -> dict[str, list[str]]:
    """Return, for each violated rule of axe-core, the pages and themes with their first violation.

    Pages are checked in both languages.
    """
    broken: dict[str, list[str]] = {}
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    for path in [f"{base}{path}" for path in paths for base in ("", "/zh")]:
        page.emulate_media(color_scheme="light")
        page.goto(f"{address}{path}", timeout=120_000)
        if page.locator("#map[data-columns], #map[data-tiles]").count():
            page.wait_for_selector("#map[data-state=ready]", timeout=120_000)
        page.evaluate(AXE_SCRIPT)
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            for rule in page.evaluate(RUN_AXE):
                first = re.sub(r"\s+", " ", rule["nodes"][0]["html"])[:160]
                broken.setdefault(rule["id"], []).append(f"{path} ({theme}), {len(rule['nodes'])}: {first}")
    context.close()
    return broken


def lighthouse(folder: Path, url: str) -> dict[str, Any]:
    """Return Lighthouse's scores and metrics for a page. Raises Missing if npm is not installed.

    Lighthouse is first installed into `folder`, unless it is there.
    """
    npm = shutil.which("npm")
    if not npm:
        raise Missing("no npm here; leave out --lighthouse")
    program = folder / "node_modules/.bin/lighthouse"
    if not program.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        install = [npm, "install", "--prefix", str(folder), "--ignore-scripts", "--no-audit", "--no-fund", LIGHTHOUSE]
        subprocess.run(install, check=True, capture_output=True, text=True)
    with tempfile.NamedTemporaryFile(suffix=".json") as output:
        command = [str(program), url, "--output=json", f"--output-path={output.name}", "--quiet"]
        command += [f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags=--headless {' '.join(FLAGS)}"]
        environment = os.environ | {"CHROME_PATH": str(chromium())}
        subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
        result = json.loads(Path(output.name).read_text())
    scores = {name: round(100 * (result["categories"][name]["score"] or 0)) for name in CATEGORIES}
    values = {name: result["audits"][audit].get("numericValue") for name, audit in AUDITS.items()}
    return {**scores, **{name: None if value is None else round(value, 3) for name, value in values.items()}}


def lighthouse_scores(folder: Path, atlas: Path, paths: Sequence[str], *, with_address: bool) -> dict[str, dict[str, Any]]:
    """Serve an atlas and return Lighthouse's scores of its pages by path.

    `with_address` sets an address in the atlas's settings first: without one, pages ask search engines not to index them.
    """
    if with_address:
        settings = atlas / "overt.toml"
        text = re.sub(r'(?m)^address = ""', f'address = "{ADDRESS}"', settings.read_text(encoding="utf-8"))
        settings.write_text(text, encoding="utf-8")
    with served(atlas) as (address, _):
        return {path: lighthouse(folder, f"{address}{path}") for path in paths}


def run(workspace: Path | None, pages: Sequence[str], folder: Path | None, times: int) -> dict[str, Any]:
    """Run the benchmark. Raises Missing if Chromium is not installed or, with `folder`, if npm is not.

    `pages`: the pages to open; if empty, those in `PAGES` and the page of a company. `folder`: Lighthouse's folder; None leaves
    out Lighthouse.
    """
    if not (path := chromium()):
        raise Missing("no Chromium here; name one in CHROMIUM")
    before = machine()
    with sync_playwright() as playwright, served(workspace) as (address, atlas):
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        companies = httpx.get(f"{address}/companies", timeout=120).text
        company = re.search(r'href="(/organization/ovt-[a-z2-7]+)"', companies)
        paths = list(pages) or [*PAGES, *([company[1]] if company else [])]
        speed = {each: measured(browser, f"{address}{each}", times) for each in paths}
        broken = violations(browser, address, paths)
        browser.close()
        scores = lighthouse_scores(folder, atlas, paths, with_address=workspace is None) if folder else {}
    return {"benchmark": "page_speed_and_accessibility", **before, "speed": speed, "violations": broken, "lighthouse": scores}


def targets_of(result: dict[str, Any]) -> list[Target]:
    """Return the targets of a result."""
    speed = result["speed"]
    blocking = {path: page["tbt_milliseconds"] for path, page in speed.items()}
    explorer = blocking.pop("/explorer", None)
    judged = sum(len(places) for rule, places in result["violations"].items() if rule not in NOT_JUDGED)
    return [
        Target("largest shift", max(page["cls"] for page in speed.values()), 0.02, ""),
        *([Target("blocked, at most", max(blocking.values()), 200, " ms")] if blocking else []),
        *([Target("explorer blocked", explorer, 400, " ms")] if explorer is not None else []),
        Target("first visit, at most", max(page["kilobytes"] for page in speed.values()), 650, " kB"),
        Target("violations of axe-core's rules", judged, 1, ""),
        Target("messages on the console", sum(len(page["messages"]) for page in speed.values()), 1, ""),
        *_lighthouse_targets(result["lighthouse"]),
    ]


def _lighthouse_targets(scores: dict[str, dict[str, Any]]) -> list[Target]:
    """Return targets for the lowest of each score in `SCORES`, and for the explorer's performance."""
    explorer = scores.get("/explorer")
    targets = [Target("explorer's performance", explorer["performance"], 80, "", at_least=True)] if explorer else []
    for category, bound in SCORES.items():
        measured = [page[category] for path, page in scores.items() if (path, category) != ("/explorer", "performance")]
        targets += [Target(f"lowest {category}", min(measured), bound, "", at_least=True)] if measured else []
    return targets


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark, print its result, and return the exit code."""
    parser = argument_parser(__doc__)
    parser.add_argument("--workspace", type=Path, help="an atlas with a release; by default the shipped edition")
    parser.add_argument("--lighthouse", type=Path, metavar="FOLDER", help="a folder for Lighthouse, and run it")
    parser.add_argument("--page", action="append", default=[], metavar="ADDRESS", help="measure this page only")
    options = parser.parse_args(arguments)
    try:
        result = run(options.workspace, options.page, options.lighthouse, 1 if options.quick else TIMES)
    except Missing as missing:
        print(f"page_speed_and_accessibility: skipped: {missing}")
        return 0
    return report(result, targets_of(result), options)


if __name__ == "__main__":
    sys.exit(main())
