-- What the page about an organisation in a country says beside its answer: how many documents were not searched, and seats.

-- name: documents
-- The number of documents that the release's records cite.
SELECT count(*) AS documents FROM records WHERE type = 'document'

-- name: seats
-- The countries of the seats of organisations (a JSON list of ids).
SELECT id, country FROM companies WHERE id IN (SELECT value FROM json_each(?))
