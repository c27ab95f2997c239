"""The words of the site: a content file as read, a page as placed, the site, and where plugins hook in.

A library, not a plugin: Pelican is given nothing by it.
"""
