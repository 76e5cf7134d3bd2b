"""政府信息公开条例 (2019, 国务院令第711号) art. 49: the annual report, offered when a report is added.

Here and not among the shipped clock rules: these are days of the year, and an event starts neither of them.
"""

from datetime import date
from typing import Final

from db.rules.value import value


@value
class StatuteReport:
    """A report that the statute itself asks for, by that month and day of the year after the one reported on.

    text says it in our own words, with the article.
    """

    what: str
    to: str
    month: int
    day: int
    article: str
    text: str

    def due(self, year: int) -> date:
        """The last day for the report on that (ledger) year."""
        return date(year + 1, self.month, self.day)


STATUTE_REPORTS: Final[tuple[StatuteReport, ...]] = (
    StatuteReport(
        what="政府信息公开工作年度报告",
        to="本级政府信息公开工作主管部门",
        month=1,
        day=31,
        article="第四十九条",
        text="第四十九条：县级以上人民政府部门每年1月31日前向本级政府信息公开工作主管部门提交本机关上一年度的年度报告，"
        "并向社会公布。",
    ),
    StatuteReport(
        what="本级政府信息公开工作年度报告",
        to="社会公众",
        month=3,
        day=31,
        article="第四十九条",
        text="第四十九条：县级以上地方人民政府的政府信息公开工作主管部门每年3月31日前向社会公布本级政府上一年度的年度报告。",
    ),
)
