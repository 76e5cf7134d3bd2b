"""Where the ledger file lies by default, and the mark that it was once there. Nothing happens at import."""

from pathlib import Path

FILE_NAME = "taizhang.db"


def default_file() -> Path:
    """The ledger file of this user (platformdirs' data folder)."""
    import platformdirs

    return Path(platformdirs.user_data_dir("taizhang", appauthor=False)) / FILE_NAME


def seen_mark() -> Path:
    """A small file in the state folder: the default ledger was made on this machine before.

    It lies apart from the ledger, so that a data folder that is gone (a stick, a share) is told from a first run.
    """
    import platformdirs

    return Path(platformdirs.user_state_dir("taizhang", appauthor=False)) / "seen"


def heads_file() -> Path:
    """Which ledger files this machine has seen, and how far their 办理流水 was (db.seen)."""
    import platformdirs

    return Path(platformdirs.user_state_dir("taizhang", appauthor=False)) / "heads.json"


def local_backups() -> Path:
    """The folder of this machine's own backups of ledger files that lie on a share or a stick, one folder for each."""
    import platformdirs

    return Path(platformdirs.user_state_dir("taizhang", appauthor=False)) / "备份"


def drafts_folder() -> Path:
    """Where drafts go while the ledger file cannot be written (db.export.draft_files)."""
    import platformdirs

    return Path(platformdirs.user_state_dir("taizhang", appauthor=False)) / "drafts"


def crash_log() -> Path:
    """Where it went wrong, when the program had to end for an error of its own: places in the code, no contents."""
    import platformdirs

    return Path(platformdirs.user_state_dir("taizhang", appauthor=False)) / "crash.log"
