-- Why each two records were found, or judged, to be one: by a judgement, an old key, an identifier, a name, or a score (its key is the probability).
SELECT "left", "right", reason, "key" FROM ${edges} ORDER BY ALL
