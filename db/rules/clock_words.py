"""What is said of a clock on the screen and in the 办理流水 alike."""

from db.rules.rows import Pause


def pause_words(pause: Pause) -> str:
    """2026-11-20 起暂停（期间不计入），2026-11-25 继续：征求第三方意见."""
    kind = "继续后重新起算" if pause.anew else "期间不计入"
    end = f"，{pause.end.isoformat()} 继续" if pause.end else "，还没有继续"
    return f"{pause.start.isoformat()} 起暂停（{kind}）{end}：{pause.reason}"
