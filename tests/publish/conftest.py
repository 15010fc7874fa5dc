"""What these tests read the small atlas with."""

from collections.abc import Iterator

import pytest

from overt.publish.app import ServeSettings
from overt.publish.prepare import prepare
from overt.publish.read.database import Database, Reader
from tests.publish.atlas import Atlas


@pytest.fixture
def reader(atlas: Atlas) -> Iterator[Reader]:
    database = Database(prepare(ServeSettings(atlas.workspace, atlas.release)).database)
    with database.lease() as held:
        yield held
    database.close()
