"""Groups of layers add up to the projects of a selection."""

import numpy as np

from overt.queries.address_parameters import ProjectFilter
from overt.queries.database import Reader
from overt.queries.project_filter_masks import matching_projects
from overt.queries.repression_and_infrastructure_project_counts import INFRASTRUCTURE, REPRESSION, ProjectGroups, project_groups


def projects_in(reader: Reader, *layers: str) -> int:
    """Return the number of projects with any of these layers."""
    return int(np.count_nonzero(matching_projects(reader, ProjectFilter(layer=layers))))


def test_groups_add_up_and_repression_comes_first(reader: Reader) -> None:
    every = matching_projects(reader, ProjectFilter())
    groups = project_groups(reader, every)
    assert sum(groups) == np.count_nonzero(every) == 14
    assert groups.repression == projects_in(reader, *REPRESSION) > 0
    assert groups.repression + groups.infrastructure == projects_in(reader, *REPRESSION, *INFRASTRUCTURE)
    assert groups.several


def test_a_selection_of_one_group_needs_no_parts(reader: Reader) -> None:
    cables = project_groups(reader, matching_projects(reader, ProjectFilter(kind=("submarine-cable",))))
    assert cables.infrastructure == sum(cables) > 0 and not cables.several
    assert not ProjectGroups(0, 0, 0).several
