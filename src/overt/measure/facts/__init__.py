"""Facts, computed from the protocol layers, on which the rules decide. content/measure/rules.yml defines their values."""
