"""Entry of the `stepfree` command."""

from __future__ import annotations

import click


@click.group()
def main() -> None:
    """Build the library's website and audit it."""


if __name__ == "__main__":
    main()
