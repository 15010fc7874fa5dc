"""The facts that the rules use, computed from the protocol layers. content/measure/rules.yml defines their values."""
