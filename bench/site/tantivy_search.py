"""Run Tantivy 0.27.0, a search library in Rust, in its own environment: the peer of `bench/site/search_comparison.py`.

Names are indexed twice: by words, lower-cased and without accents, and by characters and pairs of characters, which find Chinese.
A match must contain all words of the query. For each word, the index looks for the word itself, for words that begin with it
(only for the last word) and, from four letters on, for words with one typing error (two from nine letters on). Exact words count
most. Matches are ranked by BM25.
"""

import json
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

PACKAGE = "tantivy==0.27.0"
_SCRIPT = r"""
import json, re, sys
from pathlib import Path
from time import perf_counter, process_time
import tantivy
from tantivy import Filter, Occur, Query, TextAnalyzerBuilder, Tokenizer

source, folder, rounds = sys.argv[1:]
task = json.loads(Path(source).read_text())

def builder():
    schema = tantivy.SchemaBuilder()
    schema.add_integer_field("number", stored=True)
    schema.add_text_field("words", tokenizer_name="folded")
    schema.add_text_field("signs", tokenizer_name="pairs")
    return schema.build()

schema = builder()
index = tantivy.Index(schema, path=folder)
words = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.lowercase()).filter(Filter.ascii_fold()).build()
pairs = TextAnalyzerBuilder(Tokenizer.ngram(min_gram=1, max_gram=2, prefix_only=False)).build()
index.register_tokenizer("folded", words)
index.register_tokenizer("pairs", pairs)
HAN = re.compile(r"[\u3400-\u9fff]+")

wall, begin = perf_counter(), process_time()
writer = index.writer(heap_size=64_000_000, num_threads=1)
for number, names in enumerate(task["entries"]):
    document = tantivy.Document()
    document.add_integer("number", number)
    for name in names:
        document.add_text("words", name)
        for run in HAN.findall(name):
            document.add_text("signs", run)
    writer.add_document(document)
writer.commit()
writer.wait_merging_threads()
built = perf_counter() - wall
cpu = process_time() - begin
index.reload()
searcher = index.searcher()

def parse(text):
    clauses = []
    for run in HAN.findall(text):
        terms = [run[at : at + 2] for at in range(len(run) - 1)] or [run]
        clauses += [(Occur.Must, Query.term_query(schema, "signs", term)) for term in terms]
    rest = words.analyze(HAN.sub(" ", text))
    for at, word in enumerate(rest):
        ways = [(Occur.Should, Query.boost_query(Query.term_query(schema, "words", word), 4.0))]
        if at == len(rest) - 1:
            ways.append((Occur.Should, Query.boost_query(Query.regex_query(schema, "words", re.escape(word) + ".*"), 2.0)))
        if len(word) >= 4:
            distance = 2 if len(word) >= 9 else 1
            ways.append((Occur.Should, Query.fuzzy_term_query(schema, "words", word, distance, True, at == len(rest) - 1)))
        clauses.append((Occur.Must, Query.boolean_query(ways)))
    return Query.boolean_query(clauses)

def find(text):
    hits = searcher.search(parse(text), task["limit"], count=False).hits
    return [searcher.doc(address)["number"][0] for _, address in hits]

matches = [find(text) for text in task["queries"]]
times = []
for text in task["queries"]:
    taken = []
    for _ in range(int(rounds)):
        begin = perf_counter()
        find(text)
        taken.append(1000 * (perf_counter() - begin))
    times.append(min(taken))
size = sum(file.stat().st_size for file in Path(folder).iterdir())
print(json.dumps({"build_seconds": built, "build_cpu_seconds": cpu, "bytes": size, "milliseconds": times, "matches": matches}))
"""


def run_peer(python: Path, entries: Sequence[Sequence[str]], queries: Sequence[str], limit: int, rounds: int) -> dict[str, Any]:
    """Index the names of entries with the peer, and run all queries.

    Returns `build_seconds`, `build_cpu_seconds` and `bytes`; and for each query `milliseconds` (the fastest of `rounds`) and
    `matches`, the indexes in `entries` of the first `limit` matches.
    """
    with tempfile.TemporaryDirectory(prefix="overt-bench-") as temporary:
        task, index = Path(temporary) / "task.json", Path(temporary) / "index"
        index.mkdir()
        task.write_text(json.dumps({"entries": entries, "queries": queries, "limit": limit}), encoding="utf-8")
        command = [str(python), "-c", _SCRIPT, str(task), str(index), str(rounds)]
        process = subprocess.run(command, check=True, capture_output=True, text=True)
    result: dict[str, Any] = json.loads(process.stdout)
    return result
