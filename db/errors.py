"""One family of errors: each says what happened and why, what the clerk can do, and which exit code it is."""


class TaizhangError(Exception):
    """What happened and why, in the clerk's words; `hint` is what the clerk can do."""

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n{self.hint}" if self.hint else self.message


class UsageError(TaizhangError):
    """The command line asks for something that cannot be asked."""

    exit_code = 2


class MendableError(TaizhangError):
    """Something that the clerk can put right."""

    exit_code = 3


class FileRefusedError(MendableError):
    """The file is missing, empty, or not a taizhang ledger: it is left as it is."""


class NoLedgerError(FileRefusedError):
    """What lies at the path is no ledger, or none is there though one was: empty, foreign, gone."""


class FileLockedError(MendableError):
    """Another instance has the file open for writing."""


class ReadOnlyError(MendableError):
    """The file may only be read here, so nothing was changed."""


class NotSavedError(MendableError):
    """The store could not write (disk full, I/O error): nothing was changed."""


class UnknownNameError(MendableError):
    """A notice, unit or ledger that is not known; the hint names the nearest."""


class InvalidInputError(MendableError):
    """What was typed cannot be taken as it stands."""


class ConflictError(MendableError):
    """Undo or redo meets a state that is not the one it left."""


class ReadingError(MendableError):
    """A reading (TOML) is wrong; the message names file, key and reason."""


class CancelledError(TaizhangError):
    """The clerk has stopped something that takes long: nothing of it is left behind."""

    exit_code = 130


class ExportError(MendableError):
    """An export could not be written; what stood at the target still stands."""


class BackupError(MendableError):
    """A backup or a copy of the ledger could not be made; what was there still is."""


class DamagedError(TaizhangError):
    """The ledger file is damaged."""

    exit_code = 4
