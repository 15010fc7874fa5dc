"""The weights of the project model: which are fitted, and which are set by hand."""

from bench.projects.project_weight_fitting import JUDGED, ORDER
from overt.resolve.projects.project_model import load_project_model


def test_weights_set_by_hand_are_those_of_the_model() -> None:
    model = load_project_model()
    assert {(comparison, level): model.weight(comparison, level) for comparison, level in JUDGED} == JUDGED


def test_a_fit_loses_no_level_that_weighs() -> None:
    ranked = {(comparison, level) for comparison, orders in ORDER.items() for order in orders for level in order}
    weighed = {(comparison, level) for comparison, levels in load_project_model().weights.items() for level in levels}
    assert weighed <= ranked | JUDGED.keys()
