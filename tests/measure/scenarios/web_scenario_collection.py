"""Measurements of web_connectivity by ten years of probes, each with the expected finding and the reason.

Scenarios come from OONI's own test suites (of the Python and Go engines) and from published studies. The measurements are
generated.
"""

from tests.measure.scenarios.web_address_port_and_idn_scenarios import address_scenarios
from tests.measure.scenarios.web_block_page_scenarios import block_page_scenarios
from tests.measure.scenarios.web_contradicted_failure_scenarios import contradicted_failure_scenarios
from tests.measure.scenarios.web_measurement_parts import Scenario
from tests.measure.scenarios.web_missing_field_scenarios import missing_field_scenarios
from tests.measure.scenarios.web_plain_http_page_scenarios import page_scenarios
from tests.measure.scenarios.web_redirect_and_older_probe_scenarios import engine_scenarios, redirect_scenarios
from tests.measure.scenarios.web_resolver_answer_scenarios import resolver_answer_scenarios
from tests.measure.scenarios.web_several_address_scenarios import several_address_scenarios
from tests.measure.scenarios.web_tagged_entry_scenarios import tagged_scenarios
from tests.measure.scenarios.web_tagged_redirect_scenarios import tagged_redirect_scenarios
from tests.measure.scenarios.web_untagged_entry_scenarios import untagged_scenarios


def web_scenarios() -> dict[str, Scenario]:
    """Return all scenarios by name."""
    return (
        untagged_scenarios()
        | tagged_scenarios()
        | address_scenarios()
        | redirect_scenarios()
        | page_scenarios()
        | engine_scenarios()
        | missing_field_scenarios()
        | block_page_scenarios()
        | resolver_answer_scenarios()
        | tagged_redirect_scenarios()
        | contradicted_failure_scenarios()
        | several_address_scenarios()
    )
