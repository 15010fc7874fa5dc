"""The commands, one module each: options, and what is printed. Everything longer is in the packages beside this one."""
