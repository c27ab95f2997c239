"""The commands, one module each, found by being there; each has the name ``COMMAND``."""
