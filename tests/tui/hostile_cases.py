"""How each screen and dialog is opened over a spoilt world. A new one needs a case, else its test says so."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from textual.screen import Screen

from db.errors import DamagedError
from db.intake.day_off_draft import DayOffDraft
from db.reads.office import DayRow
from db.rules.publications import read_lines
from db.rules.rows import Draft, ItemTally
from db.rules.rows_timed import ReportRow
from db.seen import Seen
from tests.tui.hostile_world import DAYS, DRAFT, INTAKE, TODAY, Spoilt
from tui.care import CarePlaces, FileCare
from tui.checklist_view import listing
from tui.commands import Command
from tui.dialogs.adjust import AdjustDialog
from tui.dialogs.attach import AttachDialog
from tui.dialogs.caption import CaptionDialog
from tui.dialogs.clock import ClockDialog
from tui.dialogs.clock_act import CloseDialog, ExtendDialog, PauseDialog, ResumeDialog, StageDialog
from tui.dialogs.clock_rules import ClockRulesDialog
from tui.dialogs.confirm import ConfirmDialog
from tui.dialogs.count import CountDialog
from tui.dialogs.cut_requirement import CutDialog
from tui.dialogs.day import DayDialog
from tui.dialogs.day import RestoreDialog as RestoreDayDialog
from tui.dialogs.days import DaysCheckDialog, DaysDialog
from tui.dialogs.draft import DraftDialog
from tui.dialogs.drafts import DraftsDialog
from tui.dialogs.export import ExportDialog
from tui.dialogs.item import ItemDialog
from tui.dialogs.line_list import Choice
from tui.dialogs.lines import DroppableLines, EditableLines, LinesDialog, Listed
from tui.dialogs.mended_deadline import MendDeadlineDialog
from tui.dialogs.mended_text import MendLineDialog, MendTextDialog
from tui.dialogs.mended_units import MendUnitsDialog
from tui.dialogs.officer import OfficerDialog
from tui.dialogs.older import OlderDialog
from tui.dialogs.own import OwnTaskDialog
from tui.dialogs.palette import PaletteDialog
from tui.dialogs.period import PeriodDialog
from tui.dialogs.pick_backup import BackupPicker
from tui.dialogs.pick_document import DocumentPicker
from tui.dialogs.pick_folder import FolderPicker
from tui.dialogs.picker import PickerDialog
from tui.dialogs.progress import ProgressDialog
from tui.dialogs.publish import PublishDialog
from tui.dialogs.publish_lines import PublishLinesDialog
from tui.dialogs.reading_progress import ReadingProgress
from tui.dialogs.reason import ReasonDialog
from tui.dialogs.report import HandInDialog, ReportDialog
from tui.dialogs.restore import RestoreDialog
from tui.dialogs.rule import RuleDialog
from tui.dialogs.save_copy import SaveCopyDialog
from tui.dialogs.settle import SettleDialog
from tui.dialogs.size_limit import SizeLimitDialog
from tui.dialogs.told import ToldDialog
from tui.dialogs.unit import UnitDialog
from tui.dialogs.views import ViewsDialog
from tui.screens.backups import BackupsScreen
from tui.screens.board import BoardScreen
from tui.screens.calendar import CalendarScreen
from tui.screens.checklist import ChecklistScreen
from tui.screens.choice import ChoiceScreen
from tui.screens.clocks import ClocksScreen
from tui.screens.detail import DetailScreen
from tui.screens.evidence import EvidenceScreen
from tui.screens.evidence_of_entry import EvidenceOfEntryScreen
from tui.screens.help import HelpScreen
from tui.screens.history import HistoryScreen
from tui.screens.intake_draft import DraftAtWork
from tui.screens.items import ItemsScreen
from tui.screens.ledger_info import LedgerInfoScreen
from tui.screens.note import NoteScreen
from tui.screens.notes import NotesScreen
from tui.screens.publications import PublicationsScreen
from tui.screens.quotas import QuotasScreen
from tui.screens.reports import ReportsScreen
from tui.screens.rescue import RescueScreen
from tui.screens.review import ReviewScreen
from tui.screens.self_check import SelfCheckScreen
from tui.screens.walk import WalkScreen
from tui.screens.year import YearScreen
from tui.text import shown

Make = Callable[[Spoilt], Screen[Any]]
COMMAND: Final = Command("x", ("f12",), "某", "某", "F12", True)


def _lines(s: Spoilt) -> list[Listed]:
    return [Listed(Choice(text, text), text) for text in s.texts()]


def _day(s: Spoilt) -> DayRow:
    return DayRow(TODAY, "off", s.text, "office")


def _own(s: Spoilt) -> Any:
    return replace(s.entry, own=True, own_reason=s.text)


def _items(s: Spoilt) -> Any:
    return ItemTally(s.text, 1, False, 1, TODAY)


def _names(s: Spoilt) -> Path:
    """A folder with a file for each payload, as far as the system takes such a name."""
    folder = s.folder / f"{s.cycle.first}"
    folder.mkdir(exist_ok=True)
    for text in s.texts():
        name = (
            text.replace("/", "_").replace("\x00", "_").encode("utf-8", "surrogateescape" if False else "replace")[:200]
        )
        (folder / name.decode("utf-8", "ignore")).write_bytes(b"x")
    return folder


def _care(s: Spoilt) -> FileCare:
    places = CarePlaces(s.folder / "heads.json", s.folder / "here")
    return FileCare(s.folder / "台账.db", places, lambda: datetime(2026, 11, 22), None, None)


def _waits(*_: Any) -> None:
    return None


CASES: Final[dict[type[Screen[Any]], Make]] = {
    # Dialogs
    AdjustDialog: lambda s: AdjustDialog(s.entry, TODAY),
    AttachDialog: lambda s: AttachDialog(
        shown(s.text),
        look=_waits,
        folder=None,
        limit=1,
        today=TODAY,
        given=s.text,
        entries=s.entries,
        entry=1,  # type: ignore[arg-type]
    ),
    CaptionDialog: lambda s: CaptionDialog(s.evidence[0], TODAY),
    ClockDialog: lambda s: ClockDialog(s.rule, s.entries, 1, TODAY, due=lambda rule, day: s.text, row=s.clock),
    StageDialog: lambda s: StageDialog(s.clock, TODAY),
    PauseDialog: lambda s: PauseDialog(s.clock, TODAY),
    ResumeDialog: lambda s: ResumeDialog(s.clock, TODAY),
    ExtendDialog: lambda s: ExtendDialog(s.clock, TODAY),
    CloseDialog: lambda s: CloseDialog(s.clock, TODAY),
    ClockRulesDialog: lambda s: ClockRulesDialog([s.rule] * 3, [s.rule] * 3, s.text, title=s.text),
    ConfirmDialog: lambda s: ConfirmDialog(shown(s.text), "\n".join(s.texts())),
    RestoreDialog: lambda s: RestoreDialog(shown(s.text), "\n".join(s.texts())),
    CountDialog: lambda s: CountDialog(s.entries[2], TODAY, row=s.count),
    CutDialog: lambda s: CutDialog(s.text, s.text),
    DayDialog: lambda s: DayDialog(TODAY, True, _day(s)),
    RestoreDayDialog: lambda s: RestoreDayDialog(_day(s), 3),
    DaysDialog: lambda s: DaysDialog("\n".join(s.texts())),
    DaysCheckDialog: lambda s: DaysCheckDialog(
        DayOffDraft(2026, s.text, DAYS, tuple(s.texts(4))), [replace(_day(s), day=day.day) for day in DAYS]
    ),
    DraftDialog: lambda s: DraftDialog(Draft("note", 1, "\n".join(s.texts()), DRAFT.at)),
    DraftsDialog: lambda s: DraftsDialog(
        [replace(INTAKE, id=at, name=text) for at, text in enumerate(s.texts(), 1)], lambda number: s.text
    ),
    ExportDialog: lambda s: ExportDialog(Path(s.text.replace("\x00", "")), package=s.text, last=s.text),
    ItemDialog: lambda s: ItemDialog(s.entries[2], _items(s), TODAY),
    LinesDialog: lambda s: LinesDialog(shown(s.text), _lines(s), above=s.text),
    DroppableLines: lambda s: DroppableLines(shown(s.text), _lines(s), above=s.text),
    EditableLines: lambda s: EditableLines(shown(s.text), _lines(s), above=s.text),
    OlderDialog: lambda s: OlderDialog(
        Seen(s.text, "a" * 32, 3, "b" * 64, "2026-11-22T09:00:00+08:00"), "000002-aaaa", "2026-11-21", is_same=True
    ),
    MendDeadlineDialog: lambda s: MendDeadlineDialog(shown(s.text), s.text, lambda text: s.text),
    MendLineDialog: lambda s: MendLineDialog(shown(s.text), s.text, s.text, remark=s.text),
    MendTextDialog: lambda s: MendTextDialog(shown(s.text), s.text, remark=s.text),
    MendUnitsDialog: lambda s: MendUnitsDialog(s.text, [(text, None) for text in s.texts()], s.texts(2)),
    OfficerDialog: lambda s: OfficerDialog(s.text, s.text, s.text),
    OwnTaskDialog: lambda s: OwnTaskDialog(_own(s), TODAY),
    PaletteDialog: lambda s: PaletteDialog([replace(COMMAND, label=text, help=text) for text in s.texts()]),
    PeriodDialog: lambda s: PeriodDialog(s.entry, TODAY),
    PickerDialog: lambda s: PickerDialog(_names(s), limit=1 << 20),
    DocumentPicker: lambda s: DocumentPicker(_names(s)),
    BackupPicker: lambda s: BackupPicker(_names(s)),
    FolderPicker: lambda s: FolderPicker(_names(s), shown(s.text), s.text, may_be_none=True),
    ProgressDialog: lambda s: ProgressDialog(shown(s.text), s.wait),
    ReadingProgress: lambda s: ReadingProgress(shown(s.text), s.wait),
    PublishDialog: lambda s: PublishDialog(s.entries, 1, TODAY, row=s.publication),
    PublishLinesDialog: lambda s: PublishLinesDialog(
        "\n".join(f"2026-03-{at:02} {text}" for at, text in enumerate(s.texts(), 1)),
        lambda text: read_lines(text, TODAY, 1),
        of=s.text,
    ),
    ReasonDialog: lambda s: ReasonDialog(shown(s.text), s.entries, s.text),
    HandInDialog: lambda s: HandInDialog(s.report, TODAY),
    ReportDialog: lambda s: ReportDialog(
        2026, TODAY, row=ReportRow(s.text, s.text, TODAY, (), s.text, "office", id=1, remark=s.text)
    ),
    RuleDialog: lambda s: RuleDialog(s.rule),
    SaveCopyDialog: lambda s: SaveCopyDialog(Path(s.text.replace("\x00", ""))),
    SettleDialog: lambda s: SettleDialog(s.entries, TODAY),
    SizeLimitDialog: lambda s: SizeLimitDialog(1 << 20),
    ToldDialog: lambda s: ToldDialog(shown(s.text), "\n".join(s.texts())),
    UnitDialog: lambda s: UnitDialog(s.texts()),
    ViewsDialog: lambda s: ViewsDialog([replace(COMMAND, label=text, help=text) for text in s.texts()]),
    # Screens
    BackupsScreen: lambda s: BackupsScreen(s.desk),
    BoardScreen: lambda s: BoardScreen(s.desk),
    CalendarScreen: lambda s: CalendarScreen(s.desk),
    ChecklistScreen: lambda s: ChecklistScreen(s.desk),
    ChoiceScreen: lambda s: ChoiceScreen(s.desk),
    ClocksScreen: lambda s: ClocksScreen(s.desk),
    DetailScreen: lambda s: DetailScreen(s.desk, [entry.id for entry in s.entries], 1),
    EvidenceScreen: lambda s: EvidenceScreen(s.desk),
    EvidenceOfEntryScreen: lambda s: EvidenceOfEntryScreen(s.desk, 1),
    HelpScreen: lambda s: HelpScreen([(s.text, [replace(COMMAND, label=text, help=text) for text in s.texts()])]),
    HistoryScreen: lambda s: HistoryScreen(s.desk, s.entry),
    ItemsScreen: lambda s: ItemsScreen(s.desk, 3),
    LedgerInfoScreen: lambda s: LedgerInfoScreen(s.desk),
    NoteScreen: lambda s: NoteScreen(s.desk, s.entry, s.entry.notes[0]),
    NotesScreen: lambda s: NotesScreen(s.desk, 1),
    PublicationsScreen: lambda s: PublicationsScreen(s.desk),
    QuotasScreen: lambda s: QuotasScreen(s.desk),
    ReportsScreen: lambda s: ReportsScreen(s.desk),
    RescueScreen: lambda s: RescueScreen(_care(s), DamagedError(s.text, s.text)),
    ReviewScreen: lambda s: ReviewScreen(s.desk, DraftAtWork(s.source(), kept=1, is_saved=True)),
    SelfCheckScreen: lambda s: SelfCheckScreen(s.desk),
    WalkScreen: lambda s: WalkScreen(s.desk, listing(s.entries, "all", "", TODAY), None, 1),
    YearScreen: lambda s: YearScreen(s.desk),
}

NO_FOREIGN_TEXT: Final = {
    SizeLimitDialog: "a number",
    OlderDialog: "figures, times and digests of the program's own",
    CalendarScreen: "days; the notice that sets one is tried by DayDialog",
    UnitDialog: "the units known are only compared with what is typed",
}
"""Screens on which no text of a notice, of the clerk or of a file name can stand, with what stands there."""
NO_NAME: Final = {"NUL", "surrogate"}
"""Payloads that no file system takes for a name."""
OF_NAMES: Final = {PickerDialog, DocumentPicker, BackupPicker}
"""Screens that show names of files and nothing else."""
