"""The commands, one module each, with their options and messages. Longer code is in the packages beside this one."""
