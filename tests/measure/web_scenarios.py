"""More measurements of web_connectivity, as probes of ten years write them, each with what follows from its scenario and why.

Scenarios are those of OONI's own test suites (of the Python and Go engines) and of published studies; measurements are made here.
"""

from tests.measure.web_layered import layered
from tests.measure.web_made import Scenario
from tests.measure.web_older import chained, engines
from tests.measure.web_pages import pages
from tests.measure.web_tested import addresses, forms
from tests.measure.web_unmarked import unmarked


def web_scenarios() -> dict[str, Scenario]:
    """All of them, by name."""
    return unmarked() | layered() | addresses() | chained() | pages() | engines() | forms()
