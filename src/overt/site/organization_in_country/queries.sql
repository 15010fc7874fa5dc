-- What the page about an organisation in a country says beside its answer: how many documents were not searched.

-- name: documents
-- The number of documents that the release's records cite.
SELECT count(*) AS documents FROM records WHERE type = 'document'
