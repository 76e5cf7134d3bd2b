"""What a file is called: the system's bytes as text, and that text as it is kept."""

import os
import unicodedata
from typing import Final

from db.errors import InvalidInputError
from db.rules.limits import FILE_NAME_LIMIT, TextRefused, clean_text

NAMELESS: Final = "未命名文件"


def decoded(name: str) -> tuple[str, tuple[str, ...]]:
    """A name as os gives it (undecodable bytes as surrogates) as text, and in Chinese what had to be done for that.

    UTF-8; else GB 18030, which a Windows PC's zip or stick leaves; else UTF-8 with � for what is neither.
    """
    try:
        raw = os.fsencode(name)
    except UnicodeEncodeError:
        return name.encode("utf-8", "replace").decode(), ("文件名里有无法辨认的字符，以 ? 代替",)
    for encoding, changes in (("utf-8", ()), ("gb18030", ("文件名不是 UTF-8，按国标编码（GB 18030）读出",))):
        try:
            return raw.decode(encoding), changes
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace"), ("文件名里有无法辨认的字符，以 � 代替",)


def kept_name(name: str) -> tuple[str, tuple[str, ...]]:
    """The name under which a file is kept, one line in NFC, and in Chinese what was changed in it.

    Raises InvalidInputError over FILE_NAME_LIMIT characters.
    """
    text, changes = decoded(name)
    try:
        cleaned, more = clean_text(unicodedata.normalize("NFC", text), limit=FILE_NAME_LIMIT, single_line=True)
    except TextRefused as error:
        raise InvalidInputError(
            f"文件名太长：{len(text)} 字，上限是 {FILE_NAME_LIMIT} 字。", "请先给文件改一个短一些的名称。"
        ) from error
    if not cleaned:
        return NAMELESS, (*changes, *more, f"文件名里没有看得见的字，改称“{NAMELESS}”")
    return cleaned, (*changes, *more)
