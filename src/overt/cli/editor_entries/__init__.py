"""What editors' commands do: `overt judge`, `claim`, `retract`, `add`, `correct` and `withhold`."""
