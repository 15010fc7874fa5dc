"""The sites of a release: one for each language, which share the database, the charts and the older releases."""

from contextlib import ExitStack
from dataclasses import replace

import orjson

from overt.charts.chart_renderer import ChartRenderer
from overt.http.static_files import static_folder, static_version
from overt.index.history.record_and_figure_history import Stage
from overt.index.history.served_and_older_releases import StoredReleases
from overt.index.prepared_release import PreparedRelease
from overt.index.release_preparation import releases
from overt.index.serve_settings import ServeSettings
from overt.language.language import CHINESE, ENGLISH, load_translations
from overt.queries.database import Database, Row
from overt.queries.labels import load_words
from overt.queries.sources import all_sources
from overt.queries.translations.chinese_by_english_text import chinese_phrases, chinese_texts
from overt.queries.translations.localized_vocabulary import schema_in, words_in
from overt.site.site import Site


def make_sites(settings: ServeSettings, prepared: PreparedRelease) -> dict[str, Site]:
    """Return the site in each language, by language code. All share one database."""
    database = Database(prepared.database)
    with ExitStack() as unfinished:
        unfinished.callback(database.close)
        sites = _sites_of(settings, prepared, database)
        unfinished.pop_all()
    return sites


def _sites_of(settings: ServeSettings, prepared: PreparedRelease, database: Database) -> dict[str, Site]:
    static = static_folder()
    charts = ChartRenderer((prepared.drawings or prepared.database.parent) / "charts.sqlite", only_ahead=settings.public)
    content = settings.workspace.content
    with database.lease() as reader:
        words = load_words(reader, content.areas.names)
        sources = {source.source: source.title for source in all_sources(reader)}
    served = Stage(prepared.release, prepared.tables, words.meta["manifest"])
    memory, spill = settings.workspace.settings.engine.memory, settings.workspace.cache / ".tmp-spill"
    older_releases = StoredReleases(prepared.older, served, public=settings.public, memory=memory, spill=spill)
    chinese = replace(
        CHINESE, translations=load_translations("zh"), content=chinese_texts(content), phrases=chinese_phrases(content)
    )
    sites = {}
    for language in (ENGLISH, chinese):
        sites[language.code] = Site(
            language=language,
            prepared=prepared,
            database=database,
            words=words_in(words, language),
            schema=schema_in(content.schema, language),
            static=static,
            version=static_version(static),
            public=settings.public,
            sources={slug: language.translated(title) for slug, title in sources.items()},
            charts=charts,
            list_releases=lambda: _release_list(settings),
            older_releases=older_releases,
            grammar=content.question_grammar,
            chinese_names=chinese.phrases,
            address_of_site=settings.workspace.settings.site.address.rstrip("/"),
            corrections_contact=settings.workspace.settings.site.corrections,
        )
    return sites


def _release_list(settings: ServeSettings) -> list[Row]:
    """Return the id, date and note of each release in `settings.listed`, or of all releases if it is None, newest first."""
    if settings.listed is not None:
        return [dict(release) for release in reversed(settings.listed)]
    rows = []
    for folder in releases(settings.workspace):
        try:
            manifest = orjson.loads((folder / "manifest.json").read_bytes())
        except FileNotFoundError:  # The release has been removed since the folders were listed.
            continue
        rows.append({"id": folder.name, "date": manifest["date"], "note": manifest["note"]})
    return rows
