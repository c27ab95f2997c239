"""The accessibility gate: whether the pages of a built site may be published.

The stages, in the order in which a page passes them, one module or package each:
``survey`` (which pages are expected), ``serve`` (a local server), ``browser`` (one
Chromium), ``capture`` (what a page is, under several conditions), ``rules`` (what is
wrong with it), ``locate`` (which file and line that comes from), ``judge`` (what
blocks), ``reports`` (what people read). A later stage never calls an earlier one.

This package knows nothing of Pelican and of the library: any site can be audited.
"""
