"""A spreadsheet with column names in neither English nor Chinese: Overt asks for its language and lists unread columns."""

from pathlib import Path

import pytest

from overt.importing.proposal.source_proposal import propose_source
from overt.model.content_catalogue import Catalogue
from tests.support.command_built_atlas import Atlas

FRENCH = """ID;Nom du projet;Pays;Technologie;Fournisseur;Client;Statut
CE-1;Vidéoprotection de Korhogo;Côte d'Ivoire;caméras;Huawei;Ministère de l'Intérieur;en service
CE-2;Reconnaissance faciale à Douala;Cameroun;reconnaissance faciale;Thales;Police nationale;prévu
"""
ENGLISH = FRENCH.replace("Nom du projet;Pays;Technologie;Fournisseur", "Project;Country;Technology;Supplier")
QUESTION = 'lang: "" # ? language of names and texts'


@pytest.mark.parametrize(("table", "asks"), [(FRENCH, True), (ENGLISH, False)], ids=["French", "English"])
def test_the_language_of_names_is_asked_for_if_column_names_are_not_recognised(
    tmp_path: Path, content: Catalogue, table: str, asks: bool
) -> None:
    (tmp_path / "projets.csv").write_text(table, encoding="utf-8")
    yaml = propose_source(tmp_path / "projets.csv", "projets", content).yaml
    assert (QUESTION in yaml) is asks


def test_names_have_no_language_until_the_editor_states_it_and_unread_columns_are_listed(tmp_path: Path) -> None:
    atlas = Atlas(tmp_path / "atlas")
    (tmp_path / "projets.csv").write_text(FRENCH, encoding="utf-8")
    atlas.ok("source", "new", tmp_path / "projets.csv")
    outcome = atlas.overt("import", "--dry-run", "projets", "--from", tmp_path / "projets.csv")
    assert "Vidéoprotection de Korhogo" in outcome.out and "(en)" not in outcome.out
    [line] = [line for line in outcome.err.splitlines() if "no answer yet" in line]
    assert "ignore: Fournisseur" in line and "ignore: Statut" in line and "ignore: Client" not in line
    assert "lang, " in line
    source = atlas.root / "sources" / "projets" / "source.yml"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace('lang: ""', "lang: fr"), encoding="utf-8")
    outcome = atlas.overt("import", "--dry-run", "projets", "--from", tmp_path / "projets.csv")
    assert "(fr)" in outcome.out and "lang, " not in outcome.err
