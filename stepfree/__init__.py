"""The one command: builds the site, audits it, and ties the two together."""

from __future__ import annotations
