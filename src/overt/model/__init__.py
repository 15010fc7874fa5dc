"""The claim, the record and the vocabulary of Overt: what everything else is built on."""
