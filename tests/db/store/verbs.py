"""Which verbs the store has, found by looking: what is added to it is seen by every test of all verbs."""

import importlib
import inspect
import pkgutil

import db.store

MACHINERY = {
    *(
        "change",
        "image",
        "subject",
        "group",
        "validated",
        "cleaned",
        "maybe",
        "some",
        "or_none",
        "applicability_of",
        "refuse_not_ours",
        "refuse_future",
    ),
    *("ledger_of", "deadline_of", "calendar_of"),
    *("clock_of", "open_clock_of", "end_clock", "days_of", "refuse_early", "refuse_backwards", "refuse_short"),
    *("check_rule", "check_start", "check_entry"),
    *("hashed", "keep", "keep_out_only_at_the_end"),
    *("put_notice", "values_of"),
    *("through_door", "quoted", "hear", "tell", "is_storable", "noting"),
    *("beside", "was_worked_on", "visible_work", "keep_visible"),
}
"""Public functions of the store that are no verbs. group is tested on its own (test_every_verb)."""


def verbs_of_the_store() -> set[str]:
    """The names of the public functions of all modules of the store, but the machinery."""
    found = set()
    for module in pkgutil.iter_modules(db.store.__path__, "db.store."):
        for name, function in vars(importlib.import_module(module.name)).items():
            if inspect.isfunction(function) and function.__module__ == module.name and not name.startswith("_"):
                found.add(name)
    return found - MACHINERY
