-- One row a record of type ${type}, one column a property.
SELECT v.id${columns}
FROM (SELECT * FROM values_out WHERE type = '${type}' AND shown) AS v
${joins}
GROUP BY v.id
ORDER BY v.id
