"""`overt sources`."""

from overt.archive import Archive
from overt.cli.common import HERE, JsonOption, WorkspaceOption, print_json
from overt.model.content import Catalogue
from overt.model.workspace import SETTINGS, Workspace


def sources(json: JsonOption = False, workspace: WorkspaceOption = HERE) -> None:
    """List the sources that can be used, which files each looks for, and what the archive holds of it."""
    atlas = Workspace.open(workspace) if (workspace / SETTINGS).is_file() else None
    content = atlas.content if atlas else Catalogue()
    held = {snapshot.source: snapshot.id for snapshot in Archive(atlas.archive).snapshots()} if atlas else {}
    if json:
        print_json(
            [{**spec.model_dump(exclude={"lookups"}), "snapshot": held.get(slug)} for slug, spec in content.sources.items()]
        )
        return
    width = max(len(slug) for slug in content.sources)
    for slug, spec in content.sources.items():
        print(f"{slug:<{width}}  {spec.title} ({spec.publisher}); {spec.reuse}; {held.get(slug, 'not fetched')}")
        print(f"{'':<{width}}  files: {'; '.join(', '.join(file.patterns) for file in spec.files.values())}")
