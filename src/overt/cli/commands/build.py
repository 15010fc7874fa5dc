"""`overt build`."""

from overt.cli.atlas_access import writing
from overt.cli.common_options import HERE, JsonOption, WorkspaceOption
from overt.cli.pipeline.fetch_options import FromOption, RetrievedOption, ShippedOption
from overt.cli.pipeline.import_and_release_options import AllowProblems, NoteOption, ThreadsOption, TrustOption


def build(
    directory: FromOption = None,
    shipped: ShippedOption = False,
    retrieved: RetrievedOption = None,
    note: NoteOption = "",
    threads: ThreadsOption = None,
    allow_problems: AllowProblems = False,
    trust: TrustOption = False,
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Fetch, import, resolve and release, in one go.

    Prints an account of each source, then the release's id. Without --from, a new atlas gets the files that Overt ships.
    With --allow-problems, a build goes on without files that were refused as a whole, and says which.
    """
    from overt.cli.pipeline.build_steps import BuildOptions, build_atlas

    options = BuildOptions(directory, shipped, retrieved, note, threads, allow_problems, trust, json)
    with writing(workspace) as (atlas, archive, ledger):
        build_atlas(atlas, archive, ledger, options)
