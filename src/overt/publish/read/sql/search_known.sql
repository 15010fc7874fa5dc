SELECT w.value AS term FROM json_each(?) AS w WHERE EXISTS (SELECT 1 FROM search_terms AS t WHERE t.term = w.value)
