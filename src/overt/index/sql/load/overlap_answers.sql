SELECT unit, cut, part, things, sources, lists, verdict, reasons, notes, low, high, estimates FROM overlap_answers ORDER BY ALL
