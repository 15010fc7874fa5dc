"""Editions of a few pages, for what does not depend on which pages there are."""

from functools import partial

from overt.edition import publish
from overt.edition import writer as making
from overt.edition.plan import Part

PAGES = ("/method", "/sources", "/figures")


def few(sites: object, all_parts: object = making.parts) -> list[Part]:
    """The parts of a small edition."""
    return [part for part in all_parts(sites) if part.way == "page" and part.address in PAGES]  # type: ignore[operator]


def only_few() -> None:
    """From now on this process makes small editions alone, and makes them by itself."""
    making.parts = few  # type: ignore[assignment]
    publish.publish = partial(publish.publish, workers=1)  # type: ignore[assignment]
