SELECT * FROM dependence_suppliers WHERE country = ? ORDER BY rowid
