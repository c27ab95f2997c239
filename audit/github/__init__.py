"""What GitHub shows of a report: annotations, and one comment on the pull request.

``annotations`` and ``comment`` are pure functions. A pull request from a fork has a token that
may only read, so the comment is posted in a second stage, which treats what the first stage
hands over as written by a stranger: ``note`` is that small file, bounded and parsed strictly,
``client`` the few calls to GitHub, ``post`` decides whether and where to write.

Nothing here needs a package beyond Python: the second stage installs nothing.
"""
