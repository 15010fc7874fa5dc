-- The vocabulary table would count in how many things each word is; the first of them is enough.
SELECT w.value AS term FROM json_each(?) AS w WHERE EXISTS (SELECT 1 FROM search WHERE search MATCH '"' || w.value || '"')
