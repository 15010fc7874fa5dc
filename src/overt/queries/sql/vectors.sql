SELECT name, kind, held FROM vectors
