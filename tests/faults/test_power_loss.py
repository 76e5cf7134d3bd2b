"""Power losses at the moments of a recording lose nothing that was said to be kept, and the emulator would notice."""

from pathlib import Path

import pytest

from db.connecting import WRITE_PRAGMAS
from db.steps import FINGERPRINTS
from tests.faults.power_loss import power_losses
from tests.faults.recording import PLANTED, WORK, load

IMAGES = 300
ANEW = "the recording is older than the program: python -m tests.release.record (needs strace) makes it anew"


@pytest.mark.parametrize("path", [WORK, PLANTED], ids=["work", "planted"])
def test_a_recording_is_of_this_program(path: Path) -> None:
    made_with = load(path).made_with
    assert made_with["schema"] == FINGERPRINTS[-1], ANEW
    pragmas = tuple(pragma.replace("FULL", "EXTRA") for pragma in made_with["pragmas"])
    assert pragmas == WRITE_PRAGMAS, ANEW
    assert path.stat().st_size < 300_000


def test_three_hundred_power_losses_lose_nothing_that_was_said_to_be_kept(tmp_path: Path) -> None:
    found = power_losses(load(WORK), IMAGES, 20211122, tmp_path)
    assert found.images >= IMAGES
    assert not found.wrong, found.examples[:5]
    print(found)


def test_a_commit_that_leaves_the_folder_unsynced_and_an_export_that_syncs_nothing_are_found(tmp_path: Path) -> None:
    found = power_losses(load(PLANTED), IMAGES // 2, 7, tmp_path)
    assert any("an older ledger" in example for example in found.examples), found
    assert any("导出.md" in example for example in found.examples), found
