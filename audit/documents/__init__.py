"""Documents that pages link to or that are audited by themselves: PDF, Word, PowerPoint, Excel, EPUB.

A reader turns a file into a :class:`~audit.documents.model.Document`, always in a process of its own
(:mod:`audit.documents.process`); rules of the family ``documents`` look at that value only.
"""
