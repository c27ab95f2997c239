"""Statistics: CSV files of ``content/statistics/`` as tables and charts.

A library, not a plugin: the site generator reads the tables.
"""

from __future__ import annotations

from library_statistics.tables import StatisticsTable, read_tables

__all__ = ["StatisticsTable", "read_tables"]
