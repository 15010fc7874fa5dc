"""The application is made on demand, and two applications share nothing."""

from overt.server.app import ServeSettings, create_app
from tests.support.client import Client
from tests.support.small_atlas import SmallAtlas


def test_nothing_is_made_at_import() -> None:
    import overt.server.app as module

    assert not [name for name, value in vars(module).items() if type(value).__name__ in ("FastAPI", "APIRouter", "Site")]


def test_applications_share_nothing(atlas: SmallAtlas) -> None:
    first_client = Client(create_app(ServeSettings(atlas.workspace, atlas.release)))
    other = Client(create_app(ServeSettings(atlas.workspace, atlas.release, public=True)))
    assert first_client.get("/sources").text != other.get("/sources").text
