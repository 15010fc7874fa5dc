SELECT * FROM dependence_cuts WHERE country = ? ORDER BY placed_only, year
