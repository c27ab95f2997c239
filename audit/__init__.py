"""The accessibility gate: whether the pages of a built site may be published.

One room for each stage, from the ground up: ``standards`` and ``model`` (the words that all
use), ``settings``, ``semantics`` (what rules mean by their words), ``writing`` (the sources),
``browser`` (one Chromium), ``survey`` (which pages there are), ``capture`` (what a page is,
under several conditions), ``documents`` (what a linked file is), ``rules`` (what is wrong with it), ``examination`` (pages held
against rules, each outcome with its file and line), ``judgement`` (what blocks), ``reports``,
``explanation`` and ``github`` (what people read), ``run`` (the whole journey). A room knows
only those before it; ``tests/test_architecture.py`` holds the list.

This package knows nothing of Pelican and of the library: any site can be audited.
"""
