"""The process that draws: it reads orders, a line of JSON each, and answers each with a line of JSON.

Vega runs on an engine for JavaScript, which holds this process's lock while it draws and a hundred megabytes of memory; so
it has a process to itself, which ends when its reader does, or when nothing was asked for a while.
"""

import base64
import json
import os
import sys
import threading
import time
from functools import cache
from importlib.resources import files
from typing import Any

import vl_convert

_SPECS = files("overt") / "charts" / "specs"
IDLE = 300
"""Seconds without an order after which the process ends; the next order starts another."""


@cache
def _compiled(name: str) -> str:
    """A specification of Vega-Lite in the language of Vega, which knows signals and is quicker to draw."""
    config = json.loads((_SPECS / "config.json").read_text(encoding="utf-8"))
    spec = json.loads((_SPECS / f"{name}.json").read_text(encoding="utf-8"))
    spec |= {"width": 100, "height": 100, "padding": 0, "autosize": {"type": "none"}}
    return json.dumps(vl_convert.vegalite_to_vega(spec, config=config))


def draw(order: bytes) -> str:
    """The SVG of an order (`Drawing.order`)."""
    name, width, height, margins, data, values = json.loads(order)
    spec: dict[str, Any] = json.loads(_compiled(name))
    left, top, right, bottom = margins
    spec |= {"width": width, "height": height, "padding": {"left": left, "top": top, "right": right, "bottom": bottom}}
    for held in spec["data"]:
        if "source" not in held:
            held["values"] = data.get(held["name"], [])
    for signal in spec.get("signals", []):
        signal["value"] = values.get(signal["name"], signal["value"])
    return vl_convert.vega_to_svg(spec, allowed_base_urls=[])


def raster(order: bytes) -> str:
    """The PNG, in base 64, of an SVG (`Engine.raster`)."""
    held = json.loads(order)
    return base64.b64encode(vl_convert.svg_to_png(held["svg"], scale=held["scale"])).decode()


def main() -> None:
    """Answer until the orders end."""
    asked = [time.monotonic()]
    threading.Thread(target=_watch, args=[asked], daemon=True).start()
    for line in sys.stdin.buffer:
        asked[0] = float("inf")
        try:
            answer = {"png": raster(line)} if line.startswith(b"{") else {"svg": draw(line)}
        except Exception as error:  # whatever the engine did not like: the page shows the table alone
            answer = {"error": str(error)[:1000]}
        sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
        sys.stdout.buffer.flush()
        asked[0] = time.monotonic()


def _watch(asked: list[float]) -> None:
    while time.monotonic() - asked[0] < IDLE:
        time.sleep(5)
    os._exit(0)


if __name__ == "__main__":
    main()
