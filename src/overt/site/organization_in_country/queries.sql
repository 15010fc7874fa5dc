-- The extent of the search behind an empty answer.

-- name: documents
-- The number of documents that the release's records cite.
SELECT count(*) AS documents FROM records WHERE type = 'document'
