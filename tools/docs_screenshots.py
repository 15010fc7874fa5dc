"""Take the pictures of docs/images from the shipped edition: `make screenshots`.

Builds the demo atlas in a temporary directory, serves it on loopback, and opens its pages in Chromium. With `--every-kind DIR`,
takes pictures of every kind of page instead, and writes them to that folder.
"""

import argparse
import base64
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright

from bench.harness import served
from overt.charts.chinese_font_check import has_chinese_font
from tools.browser_pages import PROJECT, claim_address, open_page
from tools.chromium_path_and_flags import FLAGS, chromium
from tools.pictures_of_page_kinds import take_every_kind
from tools.png_encoding import Pixels, small_png

IMAGES = Path(__file__).parents[1] / "docs" / "images"


@dataclass(frozen=True)
class Shot:
    """A picture: its name, its page and how to show it.

    `claim`: whether it shows the first claim of that page's project. `colours`: maximum number of colours in the file.
    """

    name: str
    path: str
    width: int = 1280
    height: int = 800
    dark: bool = False
    claim: bool = False
    colours: int = 256


SHOTS = (
    Shot("home", "/"),
    Shot("home-phone", "/", 390, 780),
    Shot("home-dark", "/", dark=True),
    Shot("explorer", "/explorer"),
    Shot("findings", "/findings"),
    Shot("finding", "/finding/money-without-a-purpose"),
    Shot("search", "/search?q=华为", height=640),
    Shot("countries", "/countries", height=560),
    Shot("country", "/country/PK"),
    Shot("country-phone", "/country/PK", 390, 780),
    Shot("country-dark", "/country/PK", dark=True),
    Shot("country-rows", "/country/PK/rows", height=560),
    Shot("country-print", "/country/PK/print"),
    Shot("companies", "/companies", height=560),
    Shot("organisation", "/organization/ovt-qdrbfqx76e7y"),
    Shot("compare", "/compare?country=PK&country=AO&country=KE"),
    Shot("project", PROJECT),
    Shot("claim", PROJECT, height=920, claim=True),
    Shot("record", "/record/ovt-35qw3vmzdbzk", height=560),
    Shot("figures", "/figures", height=560),
    Shot("figure", "/figure/surveillance-export-countries-2019"),
    Shot("figure-frame", "/figure/surveillance-export-countries-2019/embed", 480, 260),
    Shot("agreements", "/agreements", height=560),
    Shot("agreement", "/agreement/ovt-fbjyzjvzas7t"),
    Shot("sources", "/sources", height=560),
    Shot("source", "/source/aiddata_gcdf"),
    Shot("releases", "/releases", height=400),
    Shot("release", "/release/RELEASE"),
    Shot("method", "/method"),
    Shot("error", "/project/ovt-aaaaaaaaaaaa", height=560),
)
DESK = (Shot("desk", "?who=An+editor", height=860),)
READ_PIXELS = """async (png) => {
  const blob = await (await fetch(`data:image/png;base64,${png}`)).blob();
  const image = await createImageBitmap(blob);
  const drawing = new OffscreenCanvas(image.width, image.height).getContext("2d");
  drawing.drawImage(image, 0, 0);
  const { data } = drawing.getImageData(0, 0, image.width, image.height);
  let text = "";
  for (let at = 0; at < data.length; at += 32768) text += String.fromCharCode(...data.subarray(at, at + 32768));
  return [image.height, image.width, btoa(text)];
}"""


def main(arguments: Sequence[str] = ()) -> None:
    """Write all pictures of docs/images, only those that are named, or those of every kind of page."""
    parser = argparse.ArgumentParser(prog="make screenshots", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="take only these pictures of docs/images")
    parser.add_argument("--every-kind", type=Path, metavar="DIR", help="write pictures of every kind of page to this folder")
    options = parser.parse_args(arguments)
    if not has_chinese_font():
        sys.exit("screenshots: pictures would show boxes: install a Chinese font (Debian: apt-get install fonts-noto-cjk)")
    known = {shot.name for shot in (*SHOTS, *DESK)}
    if unknown := sorted(set(options.names) - known):
        parser.error(f"no such pictures: {', '.join(unknown)}; there are: {', '.join(sorted(known))}")
    selected = set(options.names) or known
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        with served(None) as (address, atlas):
            if options.every_kind:
                print(f"{take_every_kind(browser, address, options.every_kind)} pictures: {options.every_kind / 'index.html'}")
                return
            take(browser, address, [shot for shot in SHOTS if shot.name in selected])
            with served(atlas, "--desk", prefix="The desk is at ") as (address, _):
                take(browser, address, [shot for shot in DESK if shot.name in selected])
        browser.close()


def take(browser: Browser, address: str, shots: Iterable[Shot]) -> None:
    """Write pictures of pages of the site at `address` to docs/images."""
    decoder = browser.new_page()
    for shot in shots:
        context = browser.new_context(
            viewport={"width": shot.width, "height": shot.height},
            color_scheme="dark" if shot.dark else "light",
            reduced_motion="reduce",
        )
        page = context.new_page()
        release = page.request.get(f"{address}/healthz").json()["release"] if "RELEASE" in shot.path else ""
        show(page, address + shot.path.replace("RELEASE", release), shot)
        (IMAGES / f"{shot.name}.png").write_bytes(small_png(pixels(decoder, page.screenshot()), shot.colours))
        context.close()
    decoder.close()


def show(page: Page, address: str, shot: Shot) -> None:
    """Open the page of a picture, or the page of the first claim to which it links."""
    open_page(page, address, may_be_missing=shot.name == "error")
    if shot.claim:
        open_page(page, claim_address(page))


def pixels(decoder: Page, png: bytes) -> Pixels:
    """Return the pixels of a PNG, decoded by Chromium."""
    height, width, data = decoder.evaluate(READ_PIXELS, base64.b64encode(png).decode())
    return np.frombuffer(base64.b64decode(data), np.uint8).reshape(height, width, 4)[:, :, :3]


if __name__ == "__main__":
    main(sys.argv[1:])
