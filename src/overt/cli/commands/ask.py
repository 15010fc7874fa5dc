"""`overt ask`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from overt.cli.atlas_access import release_folder
from overt.cli.common_options import HERE, JsonOption, ReleaseOption, WorkspaceOption
from overt.cli.json_output import print_json
from overt.cli.messages_and_progress import messages

if TYPE_CHECKING:
    from overt.language.language import Language


def ask(
    words: Annotated[list[str], typer.Argument(help="A question, in English or Chinese.", metavar="WORDS…")],
    lang: Annotated[str, typer.Option("--lang", help="Language of the answer: en or zh.")] = "en",
    json: JsonOption = False,
    release: ReleaseOption = None,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Answer a question: `overt ask huawei kenya`.

    It recognises names of organisations, places, regions, kinds and services, and years. It first prints what it understood. If
    it does not understand the question, it says why, and the exit code is 1. For an unknown word, it prints similar names and,
    if there is one, the answer without that word.
    """
    from overt.cli.pipeline.current_index import open_reader
    from overt.index.search_text import MAX_QUERY_LENGTH
    from overt.model.errors import UsageError
    from overt.model.workspace import Workspace
    from overt.queries.labels import load_words
    from overt.queries.questions.question_lexicon import Lexicon
    from overt.queries.translations.localized_vocabulary import words_in
    from overt.site.search.question_answering import ask as ask_question

    if lang not in ("en", "zh"):
        raise UsageError(f"--lang {lang}: is not a language of answers; use en or zh")
    question = " ".join(words).strip()
    if not question:
        raise UsageError("the question is empty; write one, as in `overt ask huawei kenya`")
    if len(question) > MAX_QUERY_LENGTH:
        raise UsageError(f"the question has {len(question):,} characters; shorten it to {MAX_QUERY_LENGTH}")
    atlas = Workspace.open(workspace)
    name = release_folder(atlas, release).name
    reader = open_reader(atlas, name)
    try:
        language = _language(atlas, lang)
        labels = words_in(load_words(reader, atlas.content.areas.names), language)
        lexicon = Lexicon(atlas.content.question_grammar, labels, _chinese_names(atlas, question))
        data = ask_question(reader, labels, language, lexicon, question)
    finally:
        reader.close()
    if json:
        print_json({"release": name, **data})
    else:
        for line in _lines(data):
            print(line)
    if not data["understood"]:
        messages.print(data["explanation"])
        raise typer.Exit(1)


def _chinese_names(atlas: Any, text: str) -> dict[str, str]:
    """Return the Chinese translations of names; empty for a question without Chinese characters, which doesn't need them."""
    from overt.index.search_text import IS_HAN
    from overt.queries.translations.chinese_by_english_text import chinese_phrases

    return chinese_phrases(atlas.content) if IS_HAN.search(text) else {}


def _language(atlas: Any, code: str) -> "Language":
    from dataclasses import replace

    from overt.language.language import CHINESE, ENGLISH, load_translations
    from overt.queries.translations.chinese_by_english_text import chinese_phrases, chinese_texts

    if code == "en":
        return ENGLISH
    content = atlas.content
    return replace(
        CHINESE, translations=load_translations("zh"), content=chinese_texts(content), phrases=chinese_phrases(content)
    )


def _lines(data: dict[str, Any]) -> list[str]:
    """Return a reply as lines: what was and wasn't understood, then the answer, if there is one."""
    parts = [f"{part['type']} {part['label'] or part['text']}" for part in data["parts"]]
    lines = [f"understood: {'; '.join(parts) or 'nothing'}"]
    lines += [f"excluded, as you ask: {part['label'] or part['text']}" for part in data["excluded"]]
    lines += [f"read “{reading['typed']}” as {reading['read']}" for reading in data["readings"]]
    if left_out := [word for word in data["unweighed"] if word not in data["limits_left_out"]]:
        lines.append("ignored: " + ", ".join(f"“{word}”" for word in left_out))
    for part in data["parts"]:
        if part["alternatives"]:
            names = ", ".join(other["label"] for other in part["alternatives"])
            lines.append(f"“{part['text']}” could also mean {names}")
    for row in data["unknown"]:
        near = ", ".join(name["label"] for name in row["near"])
        lines.append(f"not understood: “{row['word']}”" + (f"; similar: {near}" if near else ""))
    if data["known_sentence"]:
        words = ", ".join(f"“{row['word']}”" for row in data["unknown"])
        lines.append(f"without {words}: {data['known_sentence']}")
    if data["understood"]:
        lines += ["", data["sentence"] or data["address"]]
        lines += [f"  {item['label']}: {item['detail']}" if item["detail"] else f"  {item['label']}" for item in data["items"]]
        if data["total"] > len(data["items"]):
            lines.append(f"  … and {data['total'] - len(data['items'])} more; the site has them at {data['address']}")
        lines += [note["text"] for note in data["notes"]]
    return lines
