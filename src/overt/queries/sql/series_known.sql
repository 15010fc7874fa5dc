SELECT DISTINCT series FROM indicators
