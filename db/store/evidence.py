"""佐证材料: files and web addresses, attached to an entry or to a publication."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select

from db.engine import transaction
from db.errors import InvalidInputError, UnknownNameError
from db.file import LedgerFile
from db.models.counting import Publication
from db.models.evidence import Evidence
from db.models.ledger import Entry
from db.models.office import Setting
from db.rules.evidence import DEFAULT_LIMIT_MB, FOLDER_KEYS, LIMIT_KEY, MEGABYTE, Progress, Source, Use
from db.rules.limits import FILE_NAME_LIMIT
from db.store.change import Change, change
from db.store.contents import Telling, hashed, keep, keep_out_only_at_the_end
from db.store.inputs import refuse_future, validated
from db.store.inputs_evidence import AttachedName, Attaching, Captioning, Linking, SizeLimit
from db.store.reaching import refuse_not_ours


@dataclass(frozen=True, slots=True)
class Attached:
    """ids: of the evidence, in the order of the sources; mended: the names of those that stood there already and whose
    damaged content was copied anew."""

    ids: tuple[int, ...]
    mended: tuple[str, ...] = ()


def attach(
    file: LedgerFile,
    ledger_id: int,
    sources: Sequence[Source],
    *,
    entry: int | None,
    publication: int | None,
    caption: str | None,
    day: date | None,
    today: date,
    at: datetime,
    progress: Progress | None = None,
) -> Attached:
    """附佐证: one or several files in one step, all or none; the first of an entry makes it 推进中.

    Exactly one of entry and publication is given; caption and day go to every file. A content that the file holds
    already is not stored again. progress is told the bytes done of both readings of all files, after every piece;
    what it raises leaves nothing behind. Raises InvalidInputError for a file over the limit, one that is chosen twice,
    one that is attached there already and whole, and one that changes while it is read.
    """
    given = _checked(entry, publication, caption, day, today)
    if not sources:
        raise InvalidInputError("没有选中要附的文件。", "请至少选一个文件。")
    names = [validated(AttachedName, name=source.name).name for source in sources]
    # Hashing may take a minute: what can be refused before it is.
    with change(file, ledger_id, "attach", at) as open_change:
        _entry_for(open_change, given)
        _refuse_sizes(open_change, sources)
    telling = Telling(progress, 2 * sum(source.size for source in sources))
    hashes = [hashed(source, telling) for source in sources]
    _refuse_chosen_twice(names, hashes)
    with change(file, ledger_id, "attach", at) as open_change:
        found = _entry_for(open_change, given)
        keep_out_only_at_the_end(open_change.session, sum(source.size for source in sources))
        ids, mended = [], []
        for source, name, sha256 in zip(sources, names, hashes, strict=True):
            there = _there(open_change, given, name, sha256=sha256)
            is_copied = keep(open_change.session, source, sha256, telling)
            if there is not None:
                # Attached there already: the same file again can only be meant to mend it.
                if not is_copied:
                    raise _double(name)
                mended.append(name)
                ids.append(there)
                continue
            row = Evidence(ledger_id=ledger_id, name=name, sha256=sha256, added_at=open_change.at)
            row.modified_at = source.modified_at
            ids.append(_add(open_change, row, given, found))
        if found is not None and len(mended) < len(ids):
            open_change.begin_work(found)
        return Attached(tuple(ids), tuple(mended))


def attach_address(
    file: LedgerFile,
    ledger_id: int,
    address: str,
    *,
    entry: int | None,
    publication: int | None,
    caption: str | None,
    day: date | None,
    today: date,
    at: datetime,
) -> int:
    """附佐证: a web address; it is called by its caption, else by itself. Returns the id."""
    given = _checked(entry, publication, caption, day, today)
    link = validated(Linking, address=address).address
    with change(file, ledger_id, "attach", at) as open_change:
        found = _entry_for(open_change, given)
        if _there(open_change, given, link, address=link) is not None:
            raise _double(link)
        row = Evidence(ledger_id=ledger_id, name=_link_name(link, given), address=link, added_at=open_change.at)
        number = _add(open_change, row, given, found)
        if found is not None:
            open_change.begin_work(found)
        return number


def edit_evidence(
    file: LedgerFile,
    ledger_id: int,
    evidence_id: int,
    *,
    caption: str | None,
    day: date | None,
    today: date,
    at: datetime,
) -> None:
    """Change what is said of a piece of evidence and when it was published; content and address stay."""
    given = validated(Captioning, caption=caption, day=day)
    _refuse_future_day(given, today)
    with change(file, ledger_id, "edit_evidence", at) as open_change:
        ((row, of_entry),) = _attached(open_change, [evidence_id])
        with open_change.edit(row, entry_id=of_entry):
            row.caption, row.day = given.caption, given.day
            if row.address is not None:
                row.name = _link_name(row.address, given)


def detach(file: LedgerFile, ledger_id: int, ids: Sequence[int], *, at: datetime) -> None:
    """移除佐证, in one step. The content stays in the file: undo brings it back."""
    with change(file, ledger_id, "detach", at) as open_change:
        for row, of_entry in _attached(open_change, ids):
            open_change.remove(row, entry_id=of_entry)


def set_evidence_limit(file: LedgerFile, megabytes: int, *, at: datetime) -> None:
    """佐证大小上限: how many MB a file may have; what is attached already stays."""
    value = str(validated(SizeLimit, megabytes=megabytes).megabytes)
    with change(file, None, "set_evidence_limit", at) as open_change:
        row = open_change.session.get(Setting, LIMIT_KEY)
        if row is None:
            open_change.add(Setting(key=LIMIT_KEY, value=value))
            return
        with open_change.edit(row):
            row.value = value


def remember_folder(file: LedgerFile, use: Use, folder: str) -> None:
    """Keep the folder that the clerk was last in; one whose name is no text is not kept. Outside the history."""
    try:
        folder.encode()
    except UnicodeEncodeError:
        return
    with transaction(file) as session:
        session.merge(Setting(key=FOLDER_KEYS[use], value=folder))


def _checked(
    entry: int | None, publication: int | None, caption: str | None, day: date | None, today: date
) -> Attaching:
    given = validated(Attaching, entry=entry, publication=publication, caption=caption, day=day)
    if (given.entry is None) == (given.publication is None):
        raise InvalidInputError("佐证要附在一个事项或一条公开记录上，只能二者选一。", "先选中要附的事项或公开记录。")
    _refuse_future_day(given, today)
    return given


def _refuse_future_day(given: Captioning, today: date) -> None:
    if given.day is not None:
        refuse_future("公开日期", given.day, today)


def _refuse_sizes(open_change: Change, sources: Sequence[Source]) -> None:
    row = open_change.session.get(Setting, LIMIT_KEY)
    limit = DEFAULT_LIMIT_MB if row is None else int(row.value)
    for source in sources:
        if source.size < 1:
            raise InvalidInputError(f"{source.name} 是空文件（0 字节），没有附上。", "请核对选的是不是这个文件。")
        if source.size > limit * MEGABYTE:
            raise InvalidInputError(
                f"{source.name} 有 {source.size:,} 字节，超过单个文件 {limit} MB 的上限，没有附上。",
                "可以压缩后再附、改附网址，或调高佐证大小上限。",
            )


def _entry_for(open_change: Change, given: Attaching) -> Entry | None:
    """The entry that the evidence counts for; None for a publication of the unit."""
    entry = given.entry
    if given.publication is not None:
        row = open_change.session.get(Publication, given.publication)
        if row is None or row.ledger_id != open_change.ledger_id:
            raise UnknownNameError("这条公开记录已不在这本台账里。", "请回到列表看最新内容。")
        entry = row.entry_id
    if entry is None:
        return None
    found = open_change.entry(entry)
    refuse_not_ours(open_change.session, found, "附佐证")
    return found


def _refuse_chosen_twice(names: Sequence[str], hashes: Sequence[str]) -> None:
    chosen: set[tuple[str, str]] = set()
    for name, sha256 in zip(names, hashes, strict=True):
        if (name, sha256) in chosen:
            raise InvalidInputError(
                f"{name} 选了两次（名称和内容都相同），没有附上。", "请去掉重复的再附；台账没有改变。"
            )
        chosen.add((name, sha256))


def _there(
    open_change: Change, given: Attaching, name: str, *, sha256: str | None = None, address: str | None = None
) -> int | None:
    """The id of the same file, or the same address, that is attached at this place; None: there is none."""
    asked = select(Evidence.id).where(
        col(Evidence.entry_id) == given.entry, col(Evidence.publication_id) == given.publication
    )
    if address is not None:
        asked = asked.where(col(Evidence.address) == address)
    else:
        asked = asked.where(col(Evidence.sha256) == sha256, col(Evidence.name) == name)
    return open_change.session.exec(asked.limit(1)).first()


def _double(name: str) -> InvalidInputError:
    return InvalidInputError(f"{name} 在这里已附过，没有再附一次。", "请去掉重复的再附；台账没有改变。")


def _add(open_change: Change, row: Evidence, given: Attaching, found: Entry | None) -> int:
    row.entry_id, row.publication_id = given.entry, given.publication
    row.caption, row.day = given.caption, given.day
    open_change.add(row, entry_id=found.id if found else None)
    if row.id is None:
        raise InvalidInputError("佐证没有保存。")
    return row.id


def _link_name(address: str, given: Captioning) -> str:
    return given.caption or address[:FILE_NAME_LIMIT]


def _attached(open_change: Change, ids: Sequence[int]) -> list[tuple[Evidence, int | None]]:
    """The ledger's evidence of these ids, each with the entry that it counts for."""
    if not ids:
        raise InvalidInputError("没有选中任何佐证。", "先选中要办理的佐证。")
    found = open_change.session.exec(
        select(Evidence, Publication.entry_id)
        .join(Publication, col(Publication.id) == col(Evidence.publication_id), isouter=True)
        .where(col(Evidence.ledger_id) == open_change.ledger_id, col(Evidence.id).in_(list(ids)))
    ).all()
    by_id = {row.id: (row, row.entry_id if of_publication is None else of_publication) for row, of_publication in found}
    if any(number not in by_id for number in ids):
        raise UnknownNameError("有佐证已不在这本台账里。", "请回到列表看最新内容。")
    return [by_id[number] for number in dict.fromkeys(ids)]
