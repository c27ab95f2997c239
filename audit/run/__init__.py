"""A whole audit, from an order to a report, with as many browsers as the machine has room for."""

from __future__ import annotations
