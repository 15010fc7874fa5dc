-- One row a record of type ${type}, one column a property. Values are gathered first and cast after: so each cast meets only its
-- own property, and each date is looked up once a record.
WITH gathered AS (
    SELECT id${gathered}
    FROM values_out
    WHERE type = '${type}' AND shown
    GROUP BY id
)
SELECT g.id${columns}
FROM gathered AS g${joins}
ORDER BY g.id
