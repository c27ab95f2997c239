"""``python -m benchmarks.colours``: the small library in the colours of fifty others, each site built and looked at.

For each palette the library of ``tests/library`` is built with these colours, as a library writes them, and one page
of each kind is audited with every rule that speaks of colour or of the sight of focus, in light and dark, wide and
narrow, and in the states of what can be used. ``--palettes 1/5`` takes a fifth of them, ``--only`` the one named, and ``--kinds``
some kinds of pages, by the names of their templates.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml

from audit.errors import AuditError, ExitCode
from audit.model.finding import Outcome
from audit.rules import load
from audit.run.order import Order
from audit.run.run import audit
from stepfree.contact_sheet import kinds_of_pages

ROOT = Path(__file__).parents[1]
LIBRARY = ROOT / "tests/library/content"

#: Colours of the kinds that libraries have: pale, loud, near black, near white, and grey.
KINDS: tuple[tuple[str, ...], ...] = (
    ("#ffd400", "#d4380d", "#0b5fff"),
    ("#f7e9a0",),
    ("#ff0000", "#00ff00"),
    ("#111111", "#eeeeee", "#777777"),
    ("#ffffff",),
    ("#000000", "#000000", "#000000"),
    ("#00a3a1", "#f26722", "#8dc63f"),
)
#: Spot colours in which logos are printed, as their makers give them for screens: reds, oranges, yellows, greens, blues,
#: purples, greys and near blacks.
SPOT = (
    "da291c", "c8102e", "a6192e", "9d2235", "fe5000", "ff8200", "ffc72c", "ffd100", "97d700", "43b02a", "00843d", "007749",
    "009ca6", "00a3e0", "005eb8", "0033a0", "00205b", "330072", "9b26b6", "da1884", "97999b", "101820",
)  # fmt: skip
#: The criteria that a choice of colours can break.
CRITERIA = frozenset({"1.4.1", "1.4.3", "1.4.6", "1.4.11", "2.4.7", "2.4.13"})


def palettes() -> tuple[tuple[str, ...], ...]:
    """Fifty-nine palettes of one to three colours: kinds, pairs of spot colours, and thirty at random (fixed seed)."""
    chance = random.Random(20261128)
    pairs = [(f"#{main}", f"#{SPOT[(7 * at + 5) % len(SPOT)]}") for at, main in enumerate(SPOT)]
    drawn = [tuple(f"#{chance.randrange(1 << 24):06x}" for _ in range(chance.randint(1, 3))) for _ in range(30)]
    return (*KINDS, *pairs, *drawn)


def rules() -> tuple[str, ...]:
    """The ids of the rules about pages that belong to one of :data:`CRITERIA`."""
    return tuple(
        sorted(
            name
            for name, loaded in load().items()
            if CRITERIA & set(loaded.rule.requirements.wcag) and "document" not in name
        )
    )


def in_colours(folder: Path, colours: Sequence[str], kinds: Sequence[str]) -> tuple[Path, ...]:
    """Build the small library with these colours into ``folder``; the files of one page of each kind, or of ``kinds``."""
    import library_site

    content = folder / "content"
    shutil.copytree(LIBRARY, content)
    record = content / "library.yml"
    library = yaml.safe_load(record.read_text(encoding="utf-8"))
    library["brand"]["colours"] = dict(zip(("main", "second", "third"), colours, strict=False))
    record.write_text(yaml.safe_dump(library, allow_unicode=True), encoding="utf-8")
    library_site.build(
        ROOT / "pelicanconf.py", folder / "site", folder / "manifest.json", production=True,
        overrides={"PATH": str(content), "STEPFREE_ROOT": str(folder), "STEPFREE_EXTRA_PAGES": None},
    )  # fmt: skip
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    files = {page["address"]: page["file"] for page in manifest["pages"]}
    return tuple(
        folder / "site" / files[address]
        for kind, address, status in kinds_of_pages(manifest)
        if status == 200 and (not kinds or kind in kinds)
    )


def looked_at(colours: Sequence[str], only: tuple[str, ...], kinds: Sequence[str]) -> tuple[int, Counter[str]]:
    """How many pages were looked at in these colours, and what was found or asked, as “rule outcome” → times.

    Raises :class:`SystemExit` when a page was not looked at.
    """
    with tempfile.TemporaryDirectory(prefix="stepfree-colours-") as scratch:
        folder = Path(scratch)
        files = in_colours(folder, colours, kinds)
        report = audit(
            Order(
                target=str(folder / "site"), files=files, only=only, workers=2, use_cache=False, profile="everything",
                base=folder,
            )
        )  # fmt: skip
        if report.summary.audited != len(files):
            raise SystemExit(f"Of {len(files)} pages in {', '.join(colours)} only some were looked at.")
        return len(files), Counter(
            f"{finding.rule} {'asked' if finding.outcome == Outcome.CANT_TELL else 'stated'}"
            for finding in report.findings
        )


def chosen(palette: str, share: str) -> Iterator[tuple[str, ...]]:
    """The palettes that are wanted: the one that is named, or a share of all."""
    if palette:
        yield tuple(palette.split(","))
        return
    part, parts = (int(number) for number in share.split("/"))
    yield from palettes()[part - 1 :: parts]


def main(arguments: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(
        prog="benchmarks.colours", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--palettes", default="1/1", metavar="N/M", help="the N-th of M parts of them")
    parser.add_argument(
        "--only", default="", metavar="COLOURS", help="these colours, with commas, for instance #ffd100"
    )
    parser.add_argument("--kinds", default="", metavar="NAMES", help="these kinds of pages, with commas: home,program")
    options = parser.parse_args(arguments)
    kinds = options.kinds.split(",") if options.kinds else []
    sys.path.insert(0, str(ROOT / "plugins"))
    only = rules()
    pages, sites, bad = 0, 0, 0
    for colours in chosen(options.only, options.palettes):
        looked, found = looked_at(colours, only, kinds)
        pages, sites, bad = pages + looked, sites + 1, bad + bool(found)
        said = ", ".join(f"{name} {times} times" for name, times in sorted(found.items())) or "nothing"
        print(f"{' '.join(colours)}: {looked} pages: {said}", flush=True)
    print(f"{sites} sites, {pages} pages, {len(only)} rules: something was found on {bad} sites.")
    return ExitCode.BLOCKING_FINDINGS if bad else ExitCode.NOTHING_BLOCKS


if __name__ == "__main__":
    try:
        sys.exit(main())
    except AuditError as error:
        print(error, file=sys.stderr)
        sys.exit(error.exit_code)
