"""One Chromium, and the channel on which the auditor speaks to it."""

from __future__ import annotations
