"""What is computed for each type of page beside its record, as templates see it.

A library, not a plugin: Pelican is given nothing by it.
"""
