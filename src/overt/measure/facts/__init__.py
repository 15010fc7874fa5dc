"""Facts that rules decide on, computed from the protocol layers. Their values are defined in content/measure/rules.yml."""
