"""The commands with their options and messages. Longer code is in the packages beside this one."""
