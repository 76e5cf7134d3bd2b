"""What tests/release/stepping.py steps through: every verb, opening, migration, recovery, exports, backups, restore."""

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from db.care.backups import back_up
from db.care.finding import Backup, backups_of
from db.care.restoring import restore
from db.care.whole import whole_copy
from db.errors import TaizhangError
from db.export.form import PACKAGE, export, forms
from db.file import LedgerFile, open_file
from tests.db.export.conftest import AT, ENTRIES, SHEET
from tests.db.export.packed import EVIDENCE, contents
from tests.db.older import at_step
from tests.db.store.cases import CASES
from tests.db.store.samples import attached, paper
from tests.faults.states import Broken, check_sound, state_of
from tests.faults.stepping import Fault, Prepared, Step, prepare, watched
from tests.release.stepping import Work
from tests.world import LEDGER, NOW, World, copied, later

LEDGER_FILE = "台账.db"


def works(planted: Path, folder: Path) -> Iterator[Work]:
    """All of them; what they begin from is made in the folder."""
    for name, case in CASES.items():
        yield verb(prepare(name, case, planted, folder))
    yield recovery(prepare("recovery", CASES["settle"], planted, folder), folder)
    yield migration(planted, folder)
    for suffix in (*forms, PACKAGE):
        yield exporting(suffix, folder)
    worked_on = _worked_on(planted, folder / "worked-on.db")
    yield backing_up(worked_on)
    yield whole_backup(worked_on, folder)
    yield restoring(worked_on, folder)


def _laid(source: Path, place: Path) -> None:
    place.mkdir()
    shutil.copyfile(source, place / LEDGER_FILE)
    (place / LEDGER_FILE).chmod(0o600)


def _opened(place: Path) -> LedgerFile:
    return open_file(place / LEDGER_FILE, NOW, write=True)


def _check_ledger(place: Path, *states: str) -> str:
    """The state of the ledger, which must be one of these, whatever lies beside it."""
    _opened(place).close()
    found = state_of(place / LEDGER_FILE)
    if found not in states:
        raise Broken("what stands there is neither before nor after")
    check_sound(place / LEDGER_FILE, found)
    return found


def verb(of: Prepared) -> Work:
    """A verb of the store."""

    def check(place: Path, acknowledged: bool | None) -> None:
        found = _check_ledger(place, of.before, of.after)
        if acknowledged is not None and found != (of.after if acknowledged else of.before):
            raise Broken("said to be saved, and it is not" if acknowledged else "said not to be saved, and it is")
        if found == of.before:
            file = _opened(place)
            of.call(file, LEDGER)
            file.close()
            _check_ledger(place, of.after)

    return Work(of.name, partial(_laid, of.path), _opened, lambda file: of.call(file, LEDGER), check)


def recovery(of: Prepared, folder: Path) -> Work:
    """Opening a file that a killed change left with a hot journal."""
    place = folder / "hot"
    _laid(of.path, place)
    child = os.fork()
    if child == 0:
        try:
            file = _opened(place)
            # Past the journal's sync, between the writes into the file.
            with watched(file, Step(of.commit, Fault.KILL, of.calls - 2)):
                of.call(file, LEDGER)
        finally:
            os._exit(1)
    if os.WTERMSIG(os.waitpid(child, 0)[1]) != signal.SIGKILL or not (place / f"{LEDGER_FILE}-journal").exists():
        raise Broken("there is no journal to roll back")
    return Work(
        "recovery",
        partial(shutil.copytree, place),
        lambda step: step,
        lambda step: _opened(step).close(),
        lambda step, _: _check_ledger(step, of.before),
    )


def migration(planted: Path, folder: Path) -> Work:
    """Opening a file of an older step: brought up whole or not at all, and a copy lies there before it is changed."""
    older = at_step(4, planted, folder / "step-4.db")

    def check(place: Path, acknowledged: bool | None) -> None:
        with closing(_opened(place)) as file:
            if file.read_only:
                raise Broken("it opens for reading only")
        check_sound(place / LEDGER_FILE, state_of(place / LEDGER_FILE))

    return Work("migration", partial(_laid, older), lambda step: step, lambda step: _opened(step).close(), check)


def exporting(suffix: str, folder: Path) -> Work:
    """An export over an older one."""
    sheet = replace(SHEET, entries=ENTRIES[1:], evidence=EVIDENCE)
    old = export(SHEET, folder / f"旧{suffix}", AT).path.read_bytes()
    new = export(sheet, folder / f"新{suffix}", AT, contents=contents()).path.read_bytes()

    def lay(place: Path) -> None:
        place.mkdir()
        (place / f"台账{suffix}").write_bytes(old)

    def check(place: Path, acknowledged: bool | None) -> None:
        found = {path.name: path.read_bytes() for path in place.iterdir() if not path.name.startswith(".")}
        standing = found.pop(f"台账{suffix}", None)
        if standing not in (old, new) or any(content != old for content in found.values()):
            raise Broken("what stands there is no whole file")
        if acknowledged is not None and standing != (new if acknowledged else old):
            raise Broken("another file stands there than was said")
        if standing == new and old not in found.values():
            raise Broken("the old file is gone")

    run = partial(export, sheet)
    return Work(
        f"export {suffix}",
        lay,
        lambda place: place / f"台账{suffix}",
        lambda target: run(target, AT, contents=contents()),
        check,
    )


def _worked_on(planted: Path, path: Path) -> Path:
    copied(planted, path)
    file = open_file(path, NOW, write=True)
    attached(World(path, file, LEDGER), paper(size=1_100_000), entry=1)
    file.close()
    return path


def backing_up(source: Path) -> Work:
    """An ordinary backup beside the ledger, with the contents."""
    state = state_of(source)

    def run(file: LedgerFile) -> None:
        made = back_up(file, later(2), "导入前")
        if made.failures:
            raise TaizhangError("".join(made.failures))

    def check(place: Path, acknowledged: bool | None) -> None:
        from tests.killing.test_killing_backup import check_backups

        _check_ledger(place, state)
        backups = place / f"{LEDGER_FILE}.备份"
        if backups.exists():
            check_backups(backups)
        if acknowledged and (len(list(backups.glob("[!.]*.db"))), len(list((backups / "佐证").glob("[!.]*")))) != (
            1,
            1,
        ):
            raise Broken("said to be backed up, and it is not")

    return Work("backup", partial(_laid, source), _opened, run, check)


def whole_backup(source: Path, folder: Path) -> Work:
    """--backup over an older file."""
    state = state_of(source)
    old = b"something else"

    def lay(place: Path) -> None:
        _laid(source, place)
        (place / "备份.db").write_bytes(old)

    def check(place: Path, acknowledged: bool | None) -> None:
        _check_ledger(place, state)
        target, kept = place / "备份.db", list(place.glob("备份.旧-*.db"))
        lying = [path.read_bytes() == old for path in (target, *kept) if path.exists()]
        if not any(lying):
            raise Broken("what stood there is gone")
        is_new = target.exists() and target.read_bytes() != old
        if is_new and state_of(target) != state:
            raise Broken("the copy is not whole")
        if acknowledged is not None and acknowledged != is_new:
            raise Broken("said otherwise than it is")

    ready: Any = lambda place: (_opened(place), place / "备份.db")  # noqa: E731
    return Work("whole backup", lay, ready, lambda opened: whole_copy(opened[0], opened[1], later(2)), check)


def restoring(source: Path, folder: Path) -> Work:
    """A restore of a backup over a ledger on which work went on."""
    place = folder / "restored"
    _laid(source, place)
    file = _opened(place)
    back_up(file, later(2), "导入前")
    CASES["hand_over"](World(place / LEDGER_FILE, file, LEDGER))(file, LEDGER)
    file.close()
    before = state_of(place / LEDGER_FILE)

    def ready(step: Path) -> Backup:
        (backup,) = backups_of(step / LEDGER_FILE, None, None)
        return backup

    def run(backup: Backup) -> None:
        restore(backup.path.parents[1] / LEDGER_FILE, backup, later(3))

    tried = folder / "tried"
    shutil.copytree(place, tried)
    run(ready(tried))
    after = state_of(tried / LEDGER_FILE)

    def check(step: Path, acknowledged: bool | None) -> None:
        found = _check_ledger(step, before, after)
        if acknowledged is not None and found != (after if acknowledged else before):
            raise Broken("said otherwise than it is")

    return Work("restore", partial(shutil.copytree, place), ready, run, check)
