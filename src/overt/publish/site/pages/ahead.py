"""Drawing the charts of a site before anybody asks for them, while it is served."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from overt.publish.site.pages import countries, figures
from overt.publish.site.site import Site


@contextmanager
def drawing_ahead(sites: Iterable[Site]) -> Iterator[None]:
    """A thread that asks for one drawing after the other, each made by another process, until all are there or the block ends."""
    stop = threading.Event()

    def draw() -> None:
        for site in sites:
            for page in (figures, countries):
                site.charts.prepare(page.charts(site), stop)

    thread = threading.Thread(target=draw, name="charts", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
