"""The clerk's commands on 佐证: 附佐证 of an entry or a publication, from any screen on which one can be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from textual import events

from db.errors import TaizhangError
from db.rules.rows import EntryRow
from db.rules.value import value
from tui.screens.entry_work import EntryWork, named
from tui.text import cut, shown

if TYPE_CHECKING:
    from datetime import date

    from db.rules.evidence import Progress
    from db.rules.rows import PublicationRow
    from tui.dialogs.attach import AttachAnswer

T = TypeVar("T")

_TITLE_CELLS = 40


@value
class Target:
    """To what something is attached. asks: among all entries the clerk chooses one by its number."""

    words: str
    entry: int | None = None
    publication: int | None = None
    day: date | None = None
    asks: bool = False


def of_publication(row: PublicationRow) -> Target:
    """The publication as a target; what proves it was published on its day."""
    return Target(f"公开记录「{cut(row.title, _TITLE_CELLS)}」", publication=row.id, day=row.day)


class EvidenceWork(EntryWork[T]):
    """Mixed into every screen on which an entry can be chosen."""

    def action_attach(self) -> None:
        self.attach_for_chosen("")

    def action_evidence_here(self) -> None:
        entries = self.chosen()
        if len(entries) != 1:
            self.say("没有可以看的条目。")
            return
        from tui.screens.evidence_of_entry import EvidenceOfEntryScreen

        self.app.push_screen(EvidenceOfEntryScreen(self.desk, entries[0].id), lambda _: self.reread())

    def attach_for_chosen(self, given: str) -> None:
        """Asks what is attached to the chosen entry; given stands in the path line at first."""
        entry = self._one("附佐证")
        if entry is None:
            return
        if entry.applicability == "not_ours":
            self.say(f"{named([entry])}：非本单位的条目不能附佐证，先按 F5 恢复。", alarm=True)
            return
        self.attach_for(Target(named([entry]), entry=entry.id), given)

    def attach_for(self, of: Target, given: str = "") -> None:
        """Asks what is attached, and attaches it under a window that shows how far it is."""
        if not self.writable():
            return
        from tui.dialogs.attach import AttachDialog
        from tui.screens.asking import attempting_long

        try:
            folder, limit = self.desk.folder("evidence"), self.desk.evidence_limit()
        except TaizhangError as error:
            self.complain(error)
            return
        dialog = AttachDialog(
            shown(f"附佐证：{of.words}"),
            look=self.desk.look,
            folder=folder,
            limit=limit,
            today=self.desk.today(),
            day=of.day,
            given=given,
            entries=self._attachable() if of.asks else (),
            entry=of.entry,
        )
        # Two publications may have one title.
        dialog.draft_of = of.publication
        attached: list[tuple[AttachAnswer, tuple[str, ...]]] = []

        def attach(answer: AttachAnswer | None, progress: Progress) -> None:
            if answer is not None:
                attached.append((answer, self._store_evidence(of, answer, progress)))

        def closed(_: AttachAnswer | None) -> None:
            if attached:
                self._attached(of, *attached[-1])

        self.app.push_screen(attempting_long(dialog, shown("正在附佐证"), attach, passes=2), closed)

    def _store_evidence(self, of: Target, answer: AttachAnswer, progress: Progress) -> tuple[str, ...]:
        """In a thread. Returns the names of the files whose content was mended."""
        mended = self.desk.attach(
            answer.sources,
            answer.addresses,
            entry=answer.entry if of.asks else of.entry,
            publication=of.publication,
            caption=answer.caption,
            day=answer.day,
            progress=progress,
        )
        if answer.sources:
            # The folder in which the clerk found it: of a link the link's own.
            first = answer.sources[0]
            self.desk.remember_folder("evidence", str((first.link or first.path).parent))
        return mended

    def _attached(self, of: Target, answer: AttachAnswer, mended: tuple[str, ...]) -> None:
        from tui.wording_evidence import many_words

        entry = self.entry(answer.entry if of.asks else of.entry)
        words = named([entry]) if entry else of.words
        again = f"损坏的内容已补好：{'、'.join(cut(name, _TITLE_CELLS) for name in mended)}" if mended else ""
        if len(mended) == len(answer.sources) + len(answer.addresses):
            self.changed("attach", (), f"{again}。")
            return
        what = many_words([source.size for source in answer.sources], len(answer.addresses))
        told = f"已附佐证 {what}：{words}{f'（{again}）' if again else ''}"
        self.changed("attach", [entry] if entry else (), f"{told}。Ctrl+Z 撤销")

    def _attachable(self) -> Sequence[EntryRow]:
        return [entry for entry in self.entries if entry.applicability != "not_ours"]


class TakesDrops(EvidenceWork[T]):
    """A screen into which a terminal may drop a file: its path arrives as a paste."""

    def on_paste(self, event: events.Paste) -> None:
        from tui.dialogs.path_field import looks_like_a_path

        if not self.is_active or not event.text.strip():
            return
        event.stop()
        if looks_like_a_path(event.text):
            self.attach_for_chosen(event.text)
        else:
            self.say("粘贴的不是文件路径，也不是网址。要写进记事，先按 F3；要登记公开记录，先按 +。")
