"""Drafts in a folder: whole or not there, the owner's alone, and whatever else lies in the folder is no draft."""

import json
import os
import stat
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from db.errors import NotSavedError
from db.export.draft_files import LooseDraft, drop, found, keep

DRAFT = LooseDraft("ab" * 16, 1, "note", 3, "写到一半\n第二行", "2026-11-22T09:30:00+08:00")


def test_a_draft_is_found_again_as_it_was_kept_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    folder = tmp_path / "state" / "drafts"
    later = replace(DRAFT, entry=4, at="2026-11-22T09:31:00+08:00")
    paths = [keep(folder, draft) for draft in (later, DRAFT)]
    assert found(folder, DRAFT.file) == (DRAFT, later)
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_field_has_one_draft_and_another_field_ledger_entry_or_file_has_its_own(tmp_path: Path) -> None:
    keep(tmp_path, DRAFT)
    keep(tmp_path, replace(DRAFT, text="newer"))
    others = [replace(DRAFT, field="x"), replace(DRAFT, ledger=2), replace(DRAFT, entry=4), replace(DRAFT, file="cd")]
    for other in others:
        keep(tmp_path, other)
    assert len(list(tmp_path.iterdir())) == 5
    assert {draft.text for draft in found(tmp_path, DRAFT.file) if draft.name == DRAFT.name} == {"newer"}
    drop(tmp_path, DRAFT)
    drop(tmp_path, DRAFT)
    assert DRAFT.name not in [draft.name for draft in found(tmp_path, DRAFT.file)]
    assert len(found(tmp_path, DRAFT.file)) == 3


def strange(folder: Path) -> dict[str, object]:
    """Everything that may lie there under the name of a draft, by what it is."""
    stored = asdict(DRAFT)
    return {
        "no json": b"{",
        "not utf-8": b"\xff\xfe",
        "deep": b"[" * 100_000,
        "a list": b"[]",
        "a field too few": json.dumps({key: stored[key] for key in list(stored)[1:]}).encode(),
        "a field too many": json.dumps(stored | {"more": 1}).encode(),
        "a number for a text": json.dumps(stored | {"text": 1}).encode(),
        "a truth for a number": json.dumps(stored | {"entry": True}).encode(),
        "another field's": json.dumps(stored | {"field": "other"}).encode(),
        "too large": json.dumps(stored | {"text": "x" * (16 << 20)}).encode(),
        "empty": b"",
        "a folder": None,
        "a pipe": os.mkfifo,
        "a link": folder / "elsewhere",
    }


@pytest.mark.parametrize("kind", strange(Path()))
def test_what_is_no_draft_is_passed_over_and_hides_no_other(tmp_path: Path, kind: str) -> None:
    other = replace(DRAFT, entry=9)
    keep(tmp_path, other)
    place = tmp_path / DRAFT.name
    (tmp_path / "elsewhere").write_text(json.dumps(asdict(DRAFT)))
    content = strange(tmp_path)[kind]
    if isinstance(content, bytes):
        place.write_bytes(content)
    elif isinstance(content, Path):
        place.symlink_to(content)
    elif content is None:
        place.mkdir()
    else:
        os.mkfifo(place)
    assert found(tmp_path, DRAFT.file) == (other,)


@pytest.mark.parametrize("folder", ["missing", "a file"])
def test_a_folder_that_is_none_holds_no_drafts_and_takes_none_where_it_cannot(tmp_path: Path, folder: str) -> None:
    place = tmp_path / "drafts"
    if folder == "a file":
        place.write_text("")
    assert found(place, DRAFT.file) == ()
    drop(place, DRAFT)
    if folder == "a file":
        with pytest.raises(NotSavedError, match="草稿也没有存进"):
            keep(place, DRAFT)
    else:
        keep(place, DRAFT)
        assert found(place, DRAFT.file) == (DRAFT,)


def test_a_draft_that_could_not_be_written_whole_leaves_the_former_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(tmp_path, DRAFT)

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(NotSavedError):
        keep(tmp_path, replace(DRAFT, text="newer"))
    monkeypatch.undo()
    assert found(tmp_path, DRAFT.file) == (DRAFT,)
    assert [path.name for path in tmp_path.iterdir()] == [DRAFT.name]


def test_what_would_be_too_large_to_be_found_again_is_not_said_to_be_kept(tmp_path: Path) -> None:
    with pytest.raises(NotSavedError):
        keep(tmp_path, LooseDraft("ab" * 16, 1, "note", 3, "字" * (3 << 20), "2026-11-22T09:30:00+08:00"))
    assert list(tmp_path.iterdir()) == []
