"""The drawing process: it reads requests as lines of JSON, and answers each with a line of JSON.

Vega runs on a JavaScript engine that takes a hundred megabytes and blocks the whole process while it draws. So drawing has its
own process, which ends with the program that started it, or after a while without requests.
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
IDLE_SECONDS = 300
"""Seconds without a request after which the process ends; the next request starts another one."""


@cache
def _compile(name: str) -> str:
    """Return a Vega-Lite specification compiled to Vega, which has signals and draws faster."""
    config = json.loads((_SPECS / "config.json").read_text(encoding="utf-8"))
    spec = json.loads((_SPECS / f"{name}.json").read_text(encoding="utf-8"))
    spec |= {"width": 100, "height": 100, "padding": 0, "autosize": {"type": "none"}}
    return json.dumps(vl_convert.vegalite_to_vega(spec, config=config))


def draw(request: bytes) -> str:
    """Return the SVG of a request (`Drawing.request`)."""
    name, width, height, margins, data, values = json.loads(request)
    spec: dict[str, Any] = json.loads(_compile(name))
    left, top, right, bottom = margins
    spec |= {"width": width, "height": height, "padding": {"left": left, "top": top, "right": right, "bottom": bottom}}
    for dataset in spec["data"]:
        if "source" not in dataset:
            dataset["values"] = data.get(dataset["name"], [])
    for signal in spec.get("signals", []):
        signal["value"] = values.get(signal["name"], signal["value"])
    return vl_convert.vega_to_svg(spec, allowed_base_urls=[])


def rasterize(request: bytes) -> str:
    """Return the SVG in a request (`DrawingProcess.rasterize`) as PNG in base64."""
    parsed = json.loads(request)
    return base64.b64encode(vl_convert.svg_to_png(parsed["svg"], scale=parsed["scale"])).decode()


def main() -> None:
    """Answer requests until standard input ends or no request has come for `IDLE_SECONDS`."""
    last_request = [time.monotonic()]
    threading.Thread(target=_exit_when_idle, args=[last_request], daemon=True).start()
    for line in sys.stdin.buffer:
        last_request[0] = float("inf")
        try:
            answer = {"png": rasterize(line)} if line.startswith(b"{") else {"svg": draw(line)}
        except Exception as error:  # The library may raise any exception. The page then shows only the table.
            answer = {"error": str(error)[:1000]}
        sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
        sys.stdout.buffer.flush()
        last_request[0] = time.monotonic()


def _exit_when_idle(last_request: list[float]) -> None:
    while time.monotonic() - last_request[0] < IDLE_SECONDS:
        time.sleep(5)
    os._exit(0)


if __name__ == "__main__":
    main()
