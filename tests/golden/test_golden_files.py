"""The five half-worked ledgers in every form are those that lie here to be opened, and this is all that lies here.

Where a change is meant: `python -m tests.golden.make --again`, open what changed, and commit it with the change.
"""

import io
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.golden import make as making
from tests.golden.compare import differences, wrong_sums
from tests.golden.make import COMMAND, FOLDER, FORMS, make, planted_file
from tests.golden.stories import STORIES, Story
from tests.seeds.shelf import PLANS

MOST_BYTES = 4_000_000
PLACES = re.compile(rb"/(?:home|tmp|root|work|Users|var)/|[A-Z]:\\\\|file:///")
TELEPHONE = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}-\d{7,8})(?!\d)")

on_every_story = pytest.mark.parametrize("story", STORIES, ids=lambda story: story.plan)


def golden(story: Story, form: str) -> Path:
    return FOLDER / story.plan / f"ledger{form}"


def contents_of(name: str, packed: bytes) -> Iterator[tuple[str, bytes]]:
    """The file itself where it is plain, else every member, those of packed members too."""
    if not name.endswith((".xlsx", ".docx", ".zip")):
        yield name, packed
        return
    with ZipFile(io.BytesIO(packed)) as archive:
        for member in archive.namelist():
            yield from contents_of(f"{name} > {member}", archive.read(member))


@pytest.fixture(scope="session")
def planted_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return planted_file(tmp_path_factory.mktemp("golden"))


def test_there_is_a_golden_ledger_of_each_notice_in_each_form_and_nothing_else() -> None:
    assert {story.plan for story in STORIES} == set(PLANS)
    expected = {f"{story.plan}/ledger{form}" for story in STORIES for form in FORMS}
    there = {path.relative_to(FOLDER).as_posix() for path in FOLDER.glob("*/*") if path.parent.name != "__pycache__"}
    assert there == expected
    assert sum((FOLDER / name).stat().st_size for name in expected) < MOST_BYTES


@on_every_story
def test_the_ledger_worked_and_exported_again_is_the_golden_one(
    story: Story, planted_once: Path, tmp_path: Path
) -> None:
    made = tmp_path / story.plan
    made.mkdir()
    make(story, planted_once, made, tmp_path)
    found = [
        difference
        for form in FORMS
        for difference in differences(
            f"{story.plan}/ledger{form}", golden(story, form).read_bytes(), (made / f"ledger{form}").read_bytes()
        )
    ]
    assert not found, "\n".join([*found, f"Look at them; where they are meant: {COMMAND}"])


@on_every_story
def test_the_golden_package_s_sums_are_those_of_its_members(story: Story) -> None:
    assert wrong_sums(golden(story, ".zip").read_bytes()) == []


@on_every_story
def test_no_golden_file_names_a_place_of_this_machine_or_a_telephone_number(story: Story) -> None:
    for form in FORMS:
        path = golden(story, form)
        for name, content in contents_of(path.name, path.read_bytes()):
            assert PLACES.search(content) is None, name
            if name.endswith((".xml", ".csv", ".md", ".json", ".html", ".txt")):
                assert TELEPHONE.search(content.decode("utf-8")) is None, name


@on_every_story
def test_each_story_is_half_worked_with_every_kind_of_work_in_it(story: Story) -> None:
    ledger = json.loads(golden(story, ".json").read_text(encoding="utf-8"))
    states = {entry["status"] for entry in ledger["entries"]}
    assert states >= {"done", "in_progress", "not_started"}
    assert any(entry["own"] for entry in ledger["entries"])
    assert any(entry["notes"] for entry in ledger["entries"])
    assert any(entry["deadline"]["adjusted"] for entry in ledger["entries"])
    assert 0.3 < ledger["summary"]["completion_rate"] < 0.6
    assert ledger["summary"]["overdue"] >= 2
    assert ledger["reports"]
    attached = [one for entry in ledger["entries"] for one in entry["evidence"]]
    assert {one["name"].rpartition(".")[2] for one in attached if one["sha256"]} >= {"txt", "pdf", "jpg"}
    assert any(one["address"] for one in attached)
    assert {clock["state"] for clock in ledger["clocks"]} >= {"running", "closed"}


def test_the_stories_between_them_use_every_channel_and_nearly_every_form() -> None:
    ledgers = [json.loads(golden(story, ".json").read_text(encoding="utf-8")) for story in STORIES]
    published = [one for ledger in ledgers for entry in ledger["entries"] for one in entry["publications"]]
    assert {one["channel"] for one in published} == {"网站", "公众号", "报纸", "电视", "新闻发布会", "其他"}
    assert {one["form"] for one in published} >= {"文字", "图解", "视频", "访谈", "发布会", "动漫", "场景演示", "问答"}


def test_the_maker_refuses_to_write_over_golden_files(capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.stat().st_mtime_ns for path in FOLDER.glob("*/*")}
    assert making.main([]) == 1
    assert COMMAND in capsys.readouterr().err
    assert {path: path.stat().st_mtime_ns for path in FOLDER.glob("*/*")} == before


def test_a_story_leaves_nothing_behind_that_depends_on_where_it_was_made(planted_once: Path, tmp_path: Path) -> None:
    """The same ledger made in two folders: the same rows in both files."""
    dumps = []
    for name in ("one", "另一处"):
        folder = tmp_path / name
        folder.mkdir()
        file, _ = making.worked(STORIES[1], planted_once, folder / "a.db")
        file.close()
        with closing(sqlite3.connect(folder / "a.db")) as connection:
            dumps.append(list(connection.iterdump()))
    assert dumps[0] == dumps[1]
