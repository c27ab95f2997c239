"""The ground floor: what is wrong with a file and where, stamps of sources, work shared by processes.

A library, not a plugin: Pelican is given nothing by it.
"""
