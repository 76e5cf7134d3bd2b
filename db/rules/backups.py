"""What belongs to the backups and stands in the file's settings."""

from typing import Final

SECOND_PLACE: Final = "second_place"
"""The setting that names the folder of the second place of the backups; without it there is none."""
