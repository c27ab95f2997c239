"""Statistics: CSV files of ``content/statistics/`` as tables and charts."""

from __future__ import annotations

from library_statistics.tables import StatisticsTable, read_tables

__all__ = ["StatisticsTable", "read_tables"]


def register() -> None:
    """Nothing to hook into: the site generator reads the tables."""
