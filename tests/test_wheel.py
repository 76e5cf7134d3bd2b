"""What is handed out: the wheel holds the three rooms whole, and nothing beside them."""

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.house.tree import ROOMS, ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """Built in this environment: no network, no isolation, no cache."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    [path] = folder.glob("*.whl")
    assert re.fullmatch(r"taizhang-\d+\.\d+\.\d+-py3-none-any\.whl", path.name)
    return zipfile.ZipFile(path)


def own_files(suffixes: set[str]) -> set[str]:
    return {
        path.relative_to(ROOT).as_posix()
        for room in ROOMS
        for path in (ROOT / room).rglob("*")
        if path.is_file() and path.suffix in suffixes
    }


def test_the_top_level_is_exactly_the_three_rooms(wheel: zipfile.ZipFile) -> None:
    tops = {name.partition("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(ROOMS)
    assert len(tops) == len(ROOMS) + 1


@pytest.mark.parametrize("suffix", [".py", ".tcss", ".txt", ".toml", ".sql", ".typed"])
def test_every_file_of_this_kind_is_inside(suffix: str, wheel: zipfile.ZipFile) -> None:
    expected = own_files({suffix})
    assert expected, f"no {suffix} in the work tree"
    inside = {name for name in wheel.namelist() if name.endswith(suffix) and ".dist-info/" not in name}
    assert inside == expected


def test_each_notice_has_its_text_and_its_reading_inside(wheel: zipfile.ZipFile) -> None:
    seeds = [Path(name) for name in wheel.namelist() if name.startswith("seeds/")]
    texts = {path.stem for path in seeds if path.suffix == ".txt"}
    assert len(texts) == 5
    assert {path.stem for path in seeds if path.suffix == ".toml"} == texts | {"statute"}


def test_the_command_is_the_entry_point(wheel: zipfile.ZipFile) -> None:
    [name] = [name for name in wheel.namelist() if name.endswith("/entry_points.txt")]
    assert wheel.read(name).decode().split() == ["[console_scripts]", "taizhang", "=", "tui.__main__:main"]


def test_the_licence_goes_with_it(wheel: zipfile.ZipFile) -> None:
    assert any(name.endswith("/licenses/LICENSE") for name in wheel.namelist())
