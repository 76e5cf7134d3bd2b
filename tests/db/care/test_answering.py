"""A share whose server is gone: the system does not answer, and nobody waits for it for ever."""

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.care import answering
from db.care.answering import answers
from db.care.backups import back_up
from db.care.backups_check import backups
from db.care.finding import backups_of
from db.places import local_backups
from db.store.settings import set_second_place
from tests.world import NOW, World

PATIENCE = 0.1
"""Seconds. Long for a stat, short for a test."""


class Share:
    """A folder that the system says nothing of until it is back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.is_back = threading.Event()
        self.asked = 0
        self._stat = os.stat

    def stat(self, name: str) -> os.stat_result:
        if name == str(self.folder):
            self.asked += 1
            self.is_back.wait()
        return self._stat(name)

    def come_back(self) -> None:
        self.is_back.set()
        for thread in threading.enumerate():
            if thread.name == f"ask {self.folder}":
                thread.join()


@pytest.fixture
def share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Share]:
    folder = tmp_path / "网络盘"
    folder.mkdir()
    share = Share(folder)
    monkeypatch.setattr(answering, "PATIENCE", PATIENCE)
    monkeypatch.setattr(answering, "stat", share.stat)
    yield share
    share.come_back()


def test_what_says_nothing_is_asked_once_until_it_is_back(share: Share) -> None:
    assert not answers(share.folder)
    assert not answers(share.folder)
    assert share.asked == 1
    share.come_back()
    assert answers(share.folder)
    assert share.asked == 2


@pytest.mark.parametrize("name", ["没有的", "网络盘", "坏\0名"])
def test_what_is_there_or_not_answers_at_once(share: Share, tmp_path: Path, name: str) -> None:
    share.is_back.set()
    assert answers(tmp_path / name)


def test_whoever_asks_meanwhile_gets_the_same_answer(share: Share, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "PATIENCE", 10)
    told: list[bool] = []
    asking = [threading.Thread(target=lambda: told.append(answers(share.folder))) for _ in range(8)]
    for thread in asking:
        thread.start()
    while not share.asked:
        time.sleep(0.001)
    share.is_back.set()
    for thread in asking:
        thread.join()
    assert told == [True] * 8


def test_a_healthy_folder_answers_whoever_asks_and_whenever(share: Share) -> None:
    share.is_back.set()
    wrong: list[None] = []
    asking = [
        threading.Thread(target=lambda: wrong.extend(None for _ in range(300) if not answers(share.folder)))
        for _ in range(3)
    ]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert wrong == []


def test_a_backup_leaves_out_the_place_that_does_not_answer_and_says_so(world: World, share: Share) -> None:
    set_second_place(world.file, str(share.folder), at=NOW)
    began = time.monotonic()
    made = back_up(world.file, NOW, "导入前")
    assert len(made.paths) == 1
    (words,) = made.failures
    assert words.startswith(f"没有备份到第二备份位置（{share.folder}")
    assert "没有回应" in words
    assert "网络盘是否断开了" in words
    (known,) = backups_of(world.path, share.folder, local_backups(), world.file.identity)
    assert known.place == "beside"
    found = [finding.words for finding in backups(world.file, NOW, None).findings]
    assert f"第二备份位置没有回应：{share.folder}" in found
    # Asked once, and not waited for again.
    assert share.asked == 1
    assert time.monotonic() - began < 5
    share.come_back()
    assert back_up(world.file, NOW, "导入前").failures == ()
