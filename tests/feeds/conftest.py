"""Two releases of the small atlas for the tests of feeds."""

import pytest

from tests.support.small_atlas import SmallAtlas, make_atlas


@pytest.fixture(scope="session")
def hostile_releases(tmp_path_factory: pytest.TempPathFactory) -> SmallAtlas:
    """Two releases: the first lacks a source and the editors' entries, and the note of the second contains a script.

    Tests must not change them.
    """
    root = tmp_path_factory.mktemp("two") / "atlas"
    make_atlas(root, note="The first", without=frozenset({"other_projects", "editorial"}))
    return SmallAtlas(*make_atlas(root, note="With <script>alert(1)</script> & \x07the others"))
