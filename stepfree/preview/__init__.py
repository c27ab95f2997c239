"""The preview: the site as it is being written, with what can be said about the open page.

``site`` follows the files, ``server`` answers a browser, ``feed`` tells open pages what is new,
``examiner`` looks at the open page and ``findings`` puts what it saw into the panel's words.
Nothing of it is ever written to disk, so nothing can reach what is published.
"""

from __future__ import annotations
