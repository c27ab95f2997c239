"""Versions of the program that nobody has released: copies of this one with something changed, each in an environment."""

from __future__ import annotations

import shutil
import sys
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
#: Where the packages are that the program needs.
PACKAGES = Path(pytest.__file__).parents[1]

type Make = Callable[[str, Callable[[Path], None]], Path]


@pytest.fixture(scope="session")
def stand_in(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Make an environment with a version of this program, laid out as its wheel is; the second value changes it."""

    def make(version: str, change: Callable[[Path], None]) -> Path:
        folder = tmp_path_factory.mktemp(f"stepfree-{version}")
        venv.create(folder, with_pip=False, symlinks=sys.platform != "win32")
        packages = packages_of(folder)
        (packages / "needed.pth").write_text(f"{PACKAGES}\n", encoding="utf-8")
        for name in ("audit", "stepfree"):
            shutil.copytree(ROOT / name, packages / name)
        shutil.copytree(ROOT / "plugins", packages, dirs_exist_ok=True)
        shutil.copytree(ROOT / "theme", packages / "library_site" / "theme")
        about = packages / f"stepfree-{version}.dist-info"
        about.mkdir()
        (about / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: stepfree\nVersion: {version}\nProvides-Extra: site\n", encoding="utf-8"
        )
        change(packages)
        return folder

    return make


def wheel_of(environment: Path, version: str, folder: Path) -> Path:
    """The wheel (PEP 427) of such a version, as an index would have it."""
    packages = packages_of(environment)
    file = folder / f"stepfree-{version}-py3-none-any.whl"
    about = f"stepfree-{version}.dist-info"
    with zipfile.ZipFile(file, "w") as wheel:
        for path in sorted(packages.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                wheel.write(path, path.relative_to(packages).as_posix())
        wheel.writestr(
            f"{about}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        names = [*wheel.namelist(), f"{about}/RECORD"]
        wheel.writestr(f"{about}/RECORD", "".join(f"{name},,\n" for name in names))
    return file


def packages_of(folder: Path) -> Path:
    """Where an environment keeps its packages."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return folder / ("Lib/site-packages" if sys.platform == "win32" else f"lib/{version}/site-packages")
