"""One declaration of every command: no key twice on a screen, every action there, every command without a letter."""

import pytest
from textual.keys import Keys

from tui import commands, view_commands
from tui.app import TaizhangApp
from tui.commands import (
    CHECKLIST,
    CHOICE,
    DETAIL,
    EVERYWHERE,
    NOTE_LIST,
    READING,
    TYPED,
    VIEWS,
    WALK,
    Command,
    bindings,
)
from tui.dialogs.dialog import Dialog
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
from tui.screens.items import ItemsScreen
from tui.screens.ledger_info import LedgerInfoScreen
from tui.screens.notes import NotesScreen
from tui.screens.publications import PublicationsScreen
from tui.screens.quotas import QuotasScreen
from tui.screens.reports import ReportsScreen
from tui.screens.rescue import RescueScreen
from tui.screens.review import ReviewScreen
from tui.screens.self_check import SelfCheckScreen
from tui.screens.walk import WalkScreen
from tui.screens.year import YearScreen
from tui.view_commands import (
    BACKUPS,
    BOARD,
    CALENDAR,
    CLOCKS,
    EVIDENCE,
    EVIDENCE_OF_ENTRY,
    ITEM_LIST,
    PUBLICATIONS,
    QUOTAS,
    REPORTS,
    RESCUE,
    REVIEW,
    SELF_CHECK,
    YEAR,
)

SCREENS = [
    (ChecklistScreen, CHECKLIST),
    (WalkScreen, WALK),
    (DetailScreen, DETAIL),
    (NotesScreen, NOTE_LIST),
    (ChoiceScreen, CHOICE),
    (LedgerInfoScreen, READING),
    (HelpScreen, READING),
    (HistoryScreen, READING),
    (TaizhangApp, EVERYWHERE),
    (BoardScreen, BOARD),
    (PublicationsScreen, PUBLICATIONS),
    (QuotasScreen, QUOTAS),
    (ClocksScreen, CLOCKS),
    (ReportsScreen, REPORTS),
    (CalendarScreen, CALENDAR),
    (YearScreen, YEAR),
    (EvidenceScreen, EVIDENCE),
    (EvidenceOfEntryScreen, EVIDENCE_OF_ENTRY),
    (SelfCheckScreen, SELF_CHECK),
    (ItemsScreen, ITEM_LIST),
    (ReviewScreen, REVIEW),
    (BackupsScreen, BACKUPS),
    (RescueScreen, RESCUE),
    (ChecklistScreen, VIEWS),
    (Dialog, TYPED),
]
TUPLES = {
    name: value
    for module in (commands, view_commands)
    for name, value in vars(module).items()
    if isinstance(value, tuple) and name.isupper()
}
NAMED_KEYS = {key.value for key in Keys} | {"space", "slash", "question_mark", "delete", "insert", "pageup", "pagedown"}
FULL_WIDTH = {
    *("fullwidth_question_mark", "fullwidth_solidus", "fullwidth_plus_sign"),
    *("ideographic_full_stop", "fullwidth_full_stop", "fullwidth_hyphen_minus"),
}
SIGNS = {"slash", "question_mark", "plus", "minus", "full_stop", "ideographic_space"}


@pytest.mark.parametrize(("owner", "group"), SCREENS)
def test_every_command_is_an_action_of_its_screen(owner: type, group: tuple[Command, ...]) -> None:
    assert [command.name for command in group if not hasattr(owner, f"action_{command.name}")] == []


def test_every_tuple_of_commands_belongs_to_a_screen() -> None:
    assert {name for name, value in TUPLES.items() if not any(value is group for _, group in SCREENS)} == set()


@pytest.mark.parametrize("name", TUPLES)
def test_no_key_is_bound_twice_where_both_can_be_pressed(name: str) -> None:
    group = TUPLES[name] if TUPLES[name] is EVERYWHERE else (*TUPLES[name], *EVERYWHERE)
    keys = [key for command in group for key in command.keys]
    assert sorted(key for key in set(keys) if keys.count(key) > 1) == []


@pytest.mark.parametrize("name", TUPLES)
def test_every_command_has_a_key_that_no_input_method_swallows(name: str) -> None:
    for command in TUPLES[name]:
        # A digit is no letter: an input method takes it only while it composes.
        keys = [key for key in command.keys if key not in FULL_WIDTH | {"slash", "question_mark"}]
        assert any(len(key) > 1 or key.isdigit() for key in keys), command


@pytest.mark.parametrize("name", TUPLES)
def test_every_key_is_one_that_textual_knows(name: str) -> None:
    for command in TUPLES[name]:
        unknown = [key for key in command.keys if len(key) > 1 and key not in NAMED_KEYS | FULL_WIDTH | SIGNS]
        assert unknown == [], command


@pytest.mark.parametrize("name", TUPLES)
def test_every_command_says_what_it_does(name: str) -> None:
    for command in TUPLES[name]:
        assert command.label
        assert command.help.endswith("。")
        assert command.shown_key


def test_bindings_carry_the_same_keys() -> None:
    made = bindings(CHECKLIST)
    assert [(binding.key, binding.action) for binding in made] == [
        (",".join(command.keys), command.name) for command in CHECKLIST
    ]
