"""The commands, a module each: options, and what is printed. What takes more is in the packages beside this one."""
