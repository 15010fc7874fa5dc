"""Editions of a few pages, for tests in which the choice of pages doesn't matter."""

from functools import partial

from overt.edition import edition_publication
from overt.edition import site_files_writer as making
from overt.edition.edition_plan import Part

PAGES = ("/method", "/sources", "/figures")


def few(sites: object, all_parts: object = making.parts) -> list[Part]:
    """Return only the edition's parts that are pages in PAGES."""
    return [part for part in all_parts(sites) if part.way == "page" and part.address in PAGES]  # type: ignore[operator]


def only_few() -> None:
    """Make this process publish only small editions, without other processes."""
    making.parts = few  # type: ignore[assignment]
    edition_publication.publish = partial(edition_publication.publish, workers=1)  # type: ignore[assignment]
