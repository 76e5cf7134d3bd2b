"""What planting hands to the store: the readings, the days off, and the digest that says whether it is needed."""

import json
import shutil
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from types import ModuleType

import pytest

from db.errors import ReadingError
from db.rules.calendar import WorkCalendar
from seeds import plant
from tests.seeds.shelf import FOLDER, PLANS

NAME_2023 = "国务院办公厅关于2023年部分节假日安排的通知"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped readings that a test may spoil."""
    for path in (*FOLDER.glob("*.toml"), *FOLDER.glob("*.txt")):
        shutil.copy(path, tmp_path)
    return tmp_path


def test_the_readings_are_the_five_notices_by_plan() -> None:
    assert [draft.plan for draft in plant.readings()] == sorted(PLANS)


def test_a_folder_without_readings_gives_none(tmp_path: Path) -> None:
    assert plant.readings(tmp_path) == ()


def test_a_file_whose_name_does_not_end_in_a_year_is_no_reading(folder: Path) -> None:
    for name in ("statute.toml", "hubei.toml", "hubei-22.toml", "hubei-2022b.toml", "hubei2022.toml"):
        (folder / name).write_text("格式不对", encoding="utf-8")
    assert [draft.plan for draft in plant.readings(folder)] == sorted(PLANS)


def test_a_reading_without_its_text_is_refused_by_name(folder: Path) -> None:
    (folder / "hubei-2022.txt").unlink()
    with pytest.raises(ReadingError, match=r"^hubei-2022\.txt：读不出来") as refused:
        plant.readings(folder)
    assert refused.value.hint == "程序文件不完整，请重新安装 taizhang。"


def test_a_reading_that_is_no_utf8_is_refused_with_its_place(folder: Path) -> None:
    (folder / "hubei-2022.toml").write_bytes("# 读稿".encode("gb18030"))
    with pytest.raises(ReadingError, match=r"^hubei-2022\.toml：第 3 个字节起不是 UTF-8"):
        plant.readings(folder)


def test_a_reading_under_another_name_is_refused(folder: Path) -> None:
    for suffix in (".toml", ".txt"):
        (folder / f"hubei-2022{suffix}").rename(folder / f"hubei-2023{suffix}")
    with pytest.raises(ReadingError, match=r"^hubei-2023\.toml：plan：短名是 hubei-2022，与文件名不一致"):
        plant.readings(folder)


def test_one_bad_reading_refuses_them_all_naming_file_key_and_reason(folder: Path) -> None:
    path = folder / "jiading-2021.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("month = 9", "month = 19", 1), encoding="utf-8")
    with pytest.raises(ReadingError) as refused:
        plant.readings(folder)
    assert refused.value.message == "jiading-2021.toml：task[2].deadline.month：应在 1 到 12 之间，写的是 19"


def test_the_digest_is_the_same_for_the_same_files(folder: Path) -> None:
    assert plant.digest(folder) == plant.digest(FOLDER) == plant.digest()
    assert len(plant.digest()) == 64


@pytest.mark.parametrize("name", ["hubei-2022.toml", "hubei-2022.txt", "statute.toml"])
def test_the_digest_differs_when_a_byte_is_added(name: str, folder: Path) -> None:
    with (folder / name).open("ab") as file:
        file.write(b"\n")
    assert plant.digest(folder) != plant.digest()


def test_the_digest_differs_when_a_file_is_renamed_added_or_taken_away(folder: Path) -> None:
    seen = {plant.digest(folder)}
    (folder / "hubei-2022.txt").rename(folder / "hubei-2023.txt")
    seen.add(plant.digest(folder))
    (folder / "empty.toml").touch()
    seen.add(plant.digest(folder))
    (folder / "hubei-2023.txt").unlink()
    seen.add(plant.digest(folder))
    assert len(seen) == 4


def test_bytes_that_move_from_one_file_to_the_next_change_the_digest(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"xy")
    (tmp_path / "b.toml").write_bytes(b"z")
    before = plant.digest(tmp_path)
    (tmp_path / "a.toml").write_bytes(b"x")
    (tmp_path / "b.toml").write_bytes(b"yz")
    assert plant.digest(tmp_path) != before


def test_the_digest_differs_with_another_edition_of_the_days_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = plant.digest()
    other = tmp_path / "constants.py"
    other.write_text("holidays = {}", encoding="utf-8")
    monkeypatch.setattr(plant, "_published_days", lambda: other)
    assert plant.digest() != before


def test_missing_days_off_are_said_to_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plant, "find_spec", lambda name: None)
    with pytest.raises(ReadingError, match="找不到节假日资料"):
        plant.digest()


def test_the_digest_loads_neither_the_reader_nor_the_days_off() -> None:
    """It is asked at every start."""
    told = "import sys; from seeds import plant; plant.digest(); import json; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", told], cwd=FOLDER.parent, capture_output=True, text=True, check=True)
    modules = set(json.loads(done.stdout))
    assert "seeds.plant" in modules
    assert (
        modules
        & {
            "tomllib",
            "chinese_calendar",
            "db.intake.plan_toml",
            "db.intake.statute_toml",
            "db.store",
            "importlib.metadata",
        }
        == set()
    )


OFF = {
    2020: "01-01 01-24:02-02 04-04:04-06 05-01:05-05 06-25:06-27 10-01:10-08",
    2021: "01-01:01-03 02-11:02-17 04-03:04-05 05-01:05-05 06-12:06-14 09-19:09-21 10-01:10-07",
    2022: "01-01:01-03 01-31:02-06 04-03:04-05 04-30:05-04 06-03:06-05 09-10:09-12 10-01:10-07 12-31",
    2023: "01-01:01-02 01-21:01-27 04-05 04-29:05-03 06-22:06-24 09-29:10-06 12-30:12-31",
    2024: "01-01 02-10:02-17 04-04:04-06 05-01:05-05 06-10 09-15:09-17 10-01:10-07",
    2025: "01-01 01-28:02-04 04-04:04-06 05-01:05-05 05-31:06-02 10-01:10-08",
    2026: "01-01:01-03 02-15:02-23 04-04:04-06 05-01:05-05 06-19:06-21 09-25:09-27 10-01:10-07",
}
WORK = {
    2020: "01-19 04-26 05-09 06-28 09-27 10-10",
    2021: "02-07 02-20 04-25 05-08 09-18 09-26 10-09",
    2022: "01-29 01-30 04-02 04-24 05-07 10-08 10-09",
    2023: "01-28 01-29 04-23 05-06 06-25 10-07 10-08",
    2024: "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
    2025: "01-26 02-08 04-27 09-28 10-11",
    2026: "01-04 02-14 02-28 05-09 09-20 10-10",
}


def days_of(year: int, table: str) -> set[date]:
    """The days of a calendar year: single ones, and from:to with both ends."""
    found: set[date] = set()
    for part in table.split(" "):
        ends = [date.fromisoformat(f"{year}-{end}") for end in part.split(":")]
        found |= {date.fromordinal(n) for n in range(ends[0].toordinal(), ends[-1].toordinal() + 1)}
    return found


@pytest.mark.parametrize("year", OFF)
def test_the_days_off_and_make_up_workdays_are_those_of_the_state_council_s_notices(year: int) -> None:
    rows = [row for row in plant.days_off() if row.day.year == year]
    assert {row.day for row in rows if row.kind == "off"} == days_of(year, OFF[year])
    assert {row.day for row in rows if row.kind == "work"} == days_of(year, WORK[year])


def test_each_day_stands_once_in_order_with_its_year_s_notice() -> None:
    rows = plant.days_off()
    days = [row.day for row in rows]
    assert days == sorted(set(days))
    assert {row.notice for row in rows if date(2023, 1, 1) <= row.day < date(2023, 12, 1)} == {NAME_2023}
    assert {row.notice for row in rows} == {
        NAME_2023.replace("2023", str(year)) for year in range(2004, days[-1].year + 1)
    }


@pytest.mark.parametrize(
    ("day", "kind", "year"),
    [
        (date(2022, 12, 31), "off", 2023),
        (date(2018, 12, 29), "work", 2019),
        (date(2018, 12, 31), "off", 2019),
        (date(2023, 1, 1), "off", 2023),
        (date(2022, 10, 9), "work", 2022),
    ],
)
def test_a_notice_reaches_into_the_december_before(day: date, kind: str, year: int) -> None:
    (row,) = (row for row in plant.days_off() if row.day == day)
    assert (row.kind, row.notice) == (kind, NAME_2023.replace("2023", str(year)))


def test_the_days_off_publish_every_year_from_2004_to_2026_at_least() -> None:
    assert set(range(2004, 2027)) <= WorkCalendar(plant.days_off()).published


def test_planting_hands_everything_to_the_store_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[object, ...]] = []
    store = ModuleType("db.store.planting")
    monkeypatch.setattr(store, "plant", lambda *given: calls.append(given), raising=False)
    monkeypatch.setitem(sys.modules, "db.store.planting", store)
    at = datetime.fromisoformat("2026-03-02T09:00:00+08:00")
    file = object()
    plant.plant(file, at)  # type: ignore[arg-type]
    assert calls == [(file, plant.readings(), plant.days_off(), plant.statute(), plant.digest(), at)]
