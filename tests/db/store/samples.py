"""What several tests of the store begin with: publications, counts, clocks, reports, evidence."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from db.rules.evidence import PIECE
from db.rules.publications import NewPublication
from db.rules.rows import ClockRuleRow
from db.store.clocks import start_clock
from db.store.counts import add_count, add_item
from db.store.evidence import attach, attach_address
from db.store.ledgers import begin_ledger
from db.store.publications import add_publications
from db.store.reports import add_report
from tests.world import NOW, TODAY, YESTERDAY, World, tamper

MONTHLY: Final = "12"
"""The number of a task of tests.world.PLAN that recurs every month (each of its periods has quotas)."""
REPORT: Final = "本年度政务公开工作总结情况"
"""What PLAN asks to be handed in."""
BEGUN: Final = date(2021, 11, 8)
"""The day on which the clocks of these tests begin."""

ANSWER: Final = ClockRuleRow(
    days=20,
    day_kind="workday",
    direction="after",
    bound="max",
    trigger="收到申请",
    action="答复",
    quote="自收到申请之日起20个工作日内予以答复",
    task=None,
    source="statute",
    article="第三十三条",
    may_extend=20,
    registers=True,
    key="answer",
)
FIRST_REPLY: Final = ClockRuleRow(
    days=5,
    day_kind="workday",
    direction="after",
    bound="max",
    trigger="政务舆情",
    action="首次回复",
    quote="5个工作日内首次回复",
    task=None,
)
OPINIONS: Final = ClockRuleRow(
    days=30,
    day_kind="calendar",
    direction="after",
    bound="min",
    trigger="公开征求意见",
    action="截止",
    quote="征求意见不少于30天",
    task=None,
)
FILING: Final = ClockRuleRow(
    days=3,
    day_kind="workday",
    direction="before",
    bound="max",
    trigger="活动",
    action="备案",
    quote="活动前3个工作日备案",
    task=None,
)


def publication(entry: int | None, title: str = "某某公告", day: date = YESTERDAY) -> NewPublication:
    return NewPublication(entry, day, title, "网站", "https://example.invalid/1", "文字")


def publications(world: World, entry: int | None, *titles: str) -> tuple[int, ...]:
    new = [publication(entry, title) for title in titles]
    return add_publications(world.file, world.ledger, new, today=TODAY, at=NOW)


def count(world: World, entry: int, *, item: int | None = None, number: int = 1) -> int:
    return add_count(
        world.file, world.ledger, entry, day=YESTERDAY, number=number, item=item, what=None, today=TODAY, at=NOW
    )


def item(world: World, entry: int, name: str = "某项决策") -> int:
    return add_item(world.file, world.ledger, entry, name=name, day=None, at=NOW)


def clock(
    world: World,
    rule: ClockRuleRow = ANSWER,
    *,
    start: date = BEGUN,
    entry: int | None = None,
    subject: str = "某某申请",
) -> int:
    return start_clock(
        world.file, world.ledger, rule=rule, subject=subject, start=start, entry=entry, today=TODAY, at=NOW
    )


def own_report(world: World, what: str = "年度报告") -> int:
    return add_report(
        world.file, world.ledger, what=what, to="市政府", due=TODAY, reason="条例", source="office", at=NOW
    )


def printed_year(world: World) -> int:
    """An entry whose date prints a year, in a ledger of the year after its notice's."""
    entry = next(
        row.id for row in world.entries().values() if row.applicability == "ours" and row.deadline.kind == "on_day"
    )
    task = world.stored(entry)["task_id"]
    tamper(world.path, "UPDATE notice SET year = 2020 WHERE plan = 'jiangmen-2021'")
    tamper(world.path, "UPDATE deadline SET text = '2020年底前' WHERE task_id = ?", task)
    return entry


def other_entry(world: World) -> int:
    """An entry of another ledger of the file."""
    other = begin_ledger(world.file, plan="jiading-2021", year=2021, unit="全局", kind=None, officer=None, at=NOW)
    return next(row["id"] for row in world.dump("entry")["entry"] if row["ledger_id"] == other)


@dataclass(frozen=True)
class Paper:
    """A file to be attached, without a disk: what db.intake.evidence_source gives for one that does not change."""

    name: str
    payload: bytes
    modified_at: str = "2021-11-20T08:15:00+08:00"

    @property
    def size(self) -> int:
        return len(self.payload)

    def pieces(self) -> Iterator[bytes]:
        for start in range(0, len(self.payload), PIECE):
            yield self.payload[start : start + PIECE]


def paper(name: str = "截图.png", size: int = 20) -> Paper:
    """A file whose bytes are those of its name, over and over."""
    return Paper(name, (name.encode() * (size // len(name.encode()) + 1))[:size])


def attached(world: World, *papers: Paper, entry: int | None = None, publication: int | None = None) -> tuple[int, ...]:
    return attach(
        world.file,
        world.ledger,
        papers or (paper(),),
        entry=entry,
        publication=publication,
        caption=None,
        day=None,
        today=TODAY,
        at=NOW,
    ).ids


def linked(world: World, *, entry: int | None = None, publication: int | None = None, path: str = "1") -> int:
    return attach_address(
        world.file,
        world.ledger,
        f"https://example.invalid/{path}",
        entry=entry,
        publication=publication,
        caption="网页",
        day=YESTERDAY,
        today=TODAY,
        at=NOW,
    )
