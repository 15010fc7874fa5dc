SELECT DISTINCT series, country FROM indicators ORDER BY series, country
