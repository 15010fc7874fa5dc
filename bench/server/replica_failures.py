"""Measure what readers of three replicas get while one replica is killed, one is a release behind, and one gets a forged copy.

    python -m bench.server.replica_failures [--workspace DIR] [--proxy nginx caddy] [--readers 12] [--seconds 20]
        [--quick] [--json]

Servers, proxy and readers run on this machine. Each reader has its own IP address and requests pages, data and tiles through
the proxy. A copy of the atlas gets a root of trust and two more releases, which differ by their notes. The stages:

- `all`: all three servers show the first release;
- `killed`: the first is killed;
- `newer`: the first starts again with the second release. The second server gets only that release's metadata, the third a
  forged index;
- `killed_again`: the second server has caught up, and the first is killed;
- `none_ready`: both remaining servers get only the metadata of the third release.

The result has, for each stage: requests, errors, pages by release, waits in milliseconds; `wrong`, responses that differ from
those of the publisher's own server for the same release; and `back`, responses of an older release than the same reader has
seen. Targets: no error, no `wrong` and no `back`, and behind each proxy a server has refused the forged index. There is no
peer.
"""

import re
import shutil
import sys
import tempfile
from argparse import Namespace
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from typing import Any, NamedTuple

import httpx

from bench.harness import OVERT, Target, argument_parser, machine, report, run_child, served
from overt.edition.trust_root import RootKeys, draft_root, sign_draft
from overt.model.detached_file_signatures import load_private_key, load_public_key, make_key
from overt.model.workspace import SETTINGS, Workspace
from overt.replica.copy_writer import publish_copy
from tests.replica.published_copies_and_test_servers import forge_index, release_of, transfer
from tests.support.replica_servers_proxies_and_readers import Readers, Readings, ReplicaServer, caddy, free_port, nginx, proxy_at

PROXIES = {"nginx": nginx, "caddy": caddy}
PATHS = (
    "/", "/countries", "/country/KE", "/figures", "/zh/country/KE", "/sources", "/search?q=huawei", "/api/v1/projects?limit=50",
    "/api/v1/map/countries", "/tiles/0/0/0.mvt",
)  # fmt: skip
_ADDRESS = "https://atlas.example"


class Published(NamedTuple):
    """Copies of three releases, oldest first, and the root of trust."""

    copies: list[Path]
    root: Path
    pages: dict[tuple[str, str], bytes]
    """Responses of the publisher's own server, by release and path."""


def publish_releases(original: Path, folder: Path) -> Published:
    """Copy an atlas into `folder`, give the copy a key and a root of trust, and publish its newest release and two more."""
    atlas = Path(shutil.copytree(original, folder / "atlas"))
    make_key(folder / "release.key")
    text = (atlas / SETTINGS).read_text(encoding="utf-8")
    for name, value in (("key", folder / "release.key"), ("address", _ADDRESS)):
        text = re.sub(rf"(?m)^{name} = .*", f'{name} = "{value}"', text, count=1)
    (atlas / SETTINGS).write_text(text, encoding="utf-8")
    workspace = Workspace.open(atlas)
    key = load_public_key(folder / "release.key.pub")
    draft_root(workspace, RootKeys([key], 1, key, key), 365, datetime.now(UTC))
    root = sign_draft(workspace, load_private_key(folder / "release.key")).path
    copies, pages = [], {}
    for number in range(3):
        if number:
            run_child([*OVERT, "-w", atlas, "release", "--note", f"Release {number + 1} of the benchmark"])
        release = (workspace.releases / "latest").read_text(encoding="utf-8").strip()
        publish_copy(workspace, release, folder / "copy", force=True)
        copies.append(Path(shutil.copytree(folder / "copy", folder / f"copy-{number}")))
        with served(atlas, "--public") as (address, _):
            for path in PATHS:
                pages[release_of(copies[-1]), path] = httpx.get(f"{address}{path}", timeout=120).content
    return Published(copies, root, pages)


def measure(publisher: Published, proxy: str, options: Namespace) -> dict[str, dict[str, Any]]:
    """Run the stages behind a proxy. Return what the readers saw in each, and the lines in which a forged index was refused."""
    first, second, third = publisher.copies
    results: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory(prefix="overt-bench-") as temporary, ExitStack() as stack:
        folder = Path(temporary)
        servers = [ReplicaServer(folder / name, publisher.root) for name in ("newest", "late", "forged")]
        newest, late, forged = servers
        for server in servers:
            stack.callback(server.kill)
            transfer(first, server.copy)
            server.start()
        port = free_port()
        command = PROXIES[proxy](folder, [server.port for server in servers], port)
        address = stack.enter_context(proxy_at(command, port))
        releases = [release_of(copy) for copy in publisher.copies]
        readers = Readers(address, PATHS, releases, publisher.pages, options.readers)
        stack.enter_context(readers.reading())

        def stage(name: str) -> None:
            readers.read_on(options.seconds)
            results[name] = summary(readers.take(), releases)
            if not options.json:
                print(proxy, name, results[name], file=sys.stderr, flush=True)

        readers.read_on(options.seconds)  # This gives the servers time to render pages in advance. The readings are discarded.
        readers.take()
        stage("all")
        newest.kill()
        stage("killed")
        transfer(second, late.copy, files=False)
        transfer(second, forged.copy, metadata=False)
        forge_index(forged.copy, second)
        transfer(second, forged.copy, files=False)
        transfer(second, newest.copy)
        newest.start()
        readers.until(lambda: late.status() == forged.status() == "behind")
        stage("newer")
        transfer(second, late.copy)
        readers.until(lambda: late.status() == "ok" and late.release() == releases[1])
        newest.kill()
        stage("killed_again")
        shutil.rmtree(forged.copy / "files")
        transfer(second, forged.copy)
        readers.until(lambda: forged.status() == "ok" and forged.release() == releases[1])
        for server in (late, forged):
            transfer(third, server.copy, files=False)
        readers.until(lambda: late.status() == forged.status() == "behind")
        stage("none_ready")
        results["refused"] = {"lines": [line for line in forged.messages().splitlines() if "publisher signed" in line]}
    return results


def summary(seen: Readings, releases: Sequence[str]) -> dict[str, Any]:
    """Return the counts and times of a stage. `releases` in the result has the numbers of pages by release, oldest first."""
    waits = seen.milliseconds or [0.0, 0.0]
    return {
        "requests": seen.requests,
        "errors": len(seen.errors),
        "wrong": len(seen.wrong),
        "back": len(seen.back),
        "releases": [seen.releases[release] for release in releases],
        "median_ms": round(median(waits), 1),
        "p99_ms": round(quantiles(waits, n=100)[-1], 1) if len(waits) > 1 else waits[0],
        "most_ms": round(max(waits), 1),
        "examples": [*seen.errors, *seen.wrong, *seen.back][:3],
    }


def main(arguments: list[str] | None = None) -> int:
    """Run the stages, print the result, and return the exit code."""
    parser = argument_parser(__doc__)
    parser.add_argument("--workspace", type=Path, help="an atlas with a release; by default the shipped edition")
    parser.add_argument("--proxy", choices=PROXIES, nargs="+", default=[*PROXIES], help="the proxies, one after the other")
    parser.add_argument("--readers", type=int, default=12, help="number of readers")
    parser.add_argument("--seconds", type=float, default=20, help="duration of each stage, without the changes between stages")
    options = parser.parse_args(arguments)
    if options.quick:
        options.readers, options.seconds = 3, 1
    if missing := [proxy for proxy in options.proxy if shutil.which(proxy) is None]:
        print(f"{', '.join(missing)}: not installed; tools/proxies.sh installs both proxies", file=sys.stderr)
        return 1
    before = machine()
    with tempfile.TemporaryDirectory(prefix="overt-bench-") as temporary:
        with served(options.workspace) as (_, atlas):
            publisher = publish_releases(atlas, Path(temporary))
        results = {proxy: measure(publisher, proxy, options) for proxy in options.proxy}
    stages = [stage for stages in results.values() for name, stage in stages.items() if name != "refused"]
    targets = [Target(name, sum(stage[name] for stage in stages), 1, "") for name in ("errors", "wrong", "back")]
    refused = min(len(stages["refused"]["lines"]) for stages in results.values())
    targets.append(Target("forged copies refused", refused, 1, "", at_least=True))
    scope = {"readers": options.readers, "seconds": options.seconds}
    return report({"benchmark": "replicas", **before, **scope, "proxies": results}, targets, options)


if __name__ == "__main__":
    sys.exit(main())
