"""What these tests read the small atlas with."""

from collections.abc import Iterator

import pytest

from overt.index.prepare import prepare
from overt.queries.database import Database, Reader
from overt.server.app import ServeSettings
from tests.support.small_atlas import Atlas


@pytest.fixture
def reader(atlas: Atlas) -> Iterator[Reader]:
    database = Database(prepare(ServeSettings(atlas.workspace, atlas.release)).database)
    with database.lease() as held:
        yield held
    database.close()
