"""What the verbs of 佐证 take in, validated as everything in db.store.inputs."""

from typing import Annotated

from pydantic import Field

from db.rules.evidence import MOST_MB
from db.rules.limits import FILE_NAME_LIMIT
from db.store.fields import Caption, Day, WebAddress, cleaned, some
from db.store.inputs import Input


class Captioning(Input):
    """佐证: what is said of it, and when it was published."""

    caption: Caption
    day: Day | None


class Attaching(Captioning):
    """What it is attached to."""

    entry: int | None
    publication: int | None


class AttachedName(Input):
    """The name of a file that is attached."""

    name: Annotated[str, cleaned(FILE_NAME_LIMIT, single_line=True), some("文件名里没有能显示的文字，没有附上。")]


class Linking(Input):
    """An address that is attached."""

    address: WebAddress


class SizeLimit(Input):
    """佐证大小上限."""

    megabytes: Annotated[int, Field(ge=1, le=MOST_MB)]
