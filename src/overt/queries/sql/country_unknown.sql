SELECT count(*) AS projects, sum(unlocated) AS unlocated, sum(undated) AS undated, sum(unnamed) AS unnamed, sum(single) AS single,
    sum(status_unknown) AS status_unknown
FROM country_lacking
WHERE country = ?
