"""The entries of a made province (``make_province.py``): who answers for each, by when, and what happens to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random

SURNAMES = "谢刘彭田王陈江马李庞蒋刁"
GIVEN = ("强", "自力", "格", "龙", "廷明", "洪", "海", "晓凤", "刚", "超", "莉娟", "玲")
COMMON_LEADERS = ("谢强", "刘自力", "彭格", "田洪", "王海", "陈晓凤", "江刚", "马超")
COMMON_OFFICES = ("政策法规科", "教育考试院", "督导室", "计财科", "人事科", "基教科", "职成高教科", "社体科")
ALSO = {"政策法规科": "法规科", "教育考试院": "招办", "督导室": "督导办"}
"""The other words for offices, in bodies with a directory."""
GROUP = "各科室"
DUE = (
    "年内完成",
    "{year}年12月底前",
    "四季度",
    "{next}年",
    "按省上要求推进",
    "{year}-09-30",
    "每季度末",
    "长期坚持",
    "上半年",
    "每月28日",
    "6月上旬",
    "3—5月",
    "{year}年10月",
    "从{year}年3月起，每季度",
    "{year}-12",
    "每半年",
    "二季度",
)
GOES_ON = {"{next}年", "按省上要求推进", "每季度末", "长期坚持", "每半年"}
"""Deadlines of what is carried over into the next year."""
SUBJECTS = ("义务教育均衡配置", "产教融合", "公共体育服务", "考试招生", "教师管理", "办学自主权", "终身学习")
TEXT = "全面落实《均衡配置公共资源促进社会公平专项改革方案》，完善县域内城乡一体化发展机制"


@dataclass(slots=True)
class Body:
    """A body: what it is called, who works there, and which of the optional things it has."""

    number: int
    name: str
    random: Random
    leaders: list[str] = field(init=False)
    offices: list[str] = field(init=False)

    def __post_init__(self) -> None:
        own = [self.random.choice(SURNAMES) + self.random.choice(GIVEN) for _ in range(3)]
        self.leaders = list(dict.fromkeys([*self.random.sample(COMMON_LEADERS, 2), *own]))
        self.offices = [*COMMON_OFFICES, f"{self.name[:3]}事务中心"]

    @property
    def has_workpoints(self) -> bool:
        return self.number % 2 == 0

    @property
    def has_directory(self) -> bool:
        return self.number % 3 == 0

    @property
    def has_own_columns(self) -> bool:
        return self.number % 3 == 1

    @property
    def has_contacts(self) -> bool:
        return self.number % 5 == 0

    @property
    def has_calendar(self) -> bool:
        return self.number % 7 == 3

    @property
    def carries_over(self) -> bool:
        return self.number % 4 != 3

    def office(self, number: int) -> str:
        """Return an office, in a body with a directory now and then by its other word."""
        name = self.random.choice(self.offices)
        return ALSO.get(name, name) if self.has_directory and number % 2 else name


Story = Callable[[Body, int], list[str]]
"""What happens to an entry of a body in a year, its deadline first, as the lines that say so."""


def title(number: int) -> str:
    return f"推进第{number + 1}项{SUBJECTS[number % len(SUBJECTS)]}改革"


def of_kind(body: Body, year: int, number: int, kind: str) -> Iterator[str]:
    """Yield what only rows of a kind say."""
    if kind == "scheme":
        yield f"document_number: {body.name[0]}发〔{year - 1}〕{1 + number % 90}号"
        yield f"issued: {year - 1}-0{1 + number % 9}-1{number % 10}"
        yield f"city_leader: {COMMON_LEADERS[number % len(COMMON_LEADERS)]}"
    elif kind == "pilot":
        yield from (f"level: {('国家级', '省级', '市级')[number % 3]}", "deployed_by: 省教育厅")
        yield f"basis: 《关于开展第{number + 1}项改革试点的通知》"
    elif kind == "review":
        yield "remark: 拟自行出台文件"


def entry(body: Body, year: int, number: int) -> tuple[list[str], bool]:
    """Return the lines that any entry may have, and whether it goes on in the next year."""
    story = STORIES.get(number % 19)
    wording = DUE[number % len(DUE)]
    lines = [f"text: {TEXT}，第{number + 1}号。", *_people(body, number)]
    if number % 2:
        lines.append("outcome: 形成工作方案并印发实施")
    lines += story(body, year) if story else [f"due: {wording.format(year=year, next=year + 1)}"]
    if number % 4 == 0:
        lines += ["star:", "  note: 第一批完成", "  phase: 第一批"] if story is _phased else ["star: ☆"]
    if number % 5 == 1:
        lines += _reports(body, year, number, story)
    if body.has_own_columns and number % 3 == 0:
        lines += ["columns:", f'  funding: "{body.random.randrange(1, 900)}"', "  report_day: 每月28日"]
    return lines, story is None and wording in GOES_ON


def _people(body: Body, number: int) -> Iterator[str]:
    yield "leaders:"
    yield from (f"  - {name}" for name in body.random.sample(body.leaders, 1 + (number % 7 == 2)))
    yield "lead_departments:"
    leading = list(dict.fromkeys(body.office(number + index) for index in range(1 + (number % 5 == 3))))
    yield from (f"  - {name}" for name in leading)
    if supporting := _supporting(body, number):
        yield from ("supporting_departments:", f"  - {supporting}")
    if number % 9 == 5:
        yield from ("persons:", "  分管领导:", f"    - {body.random.choice(body.leaders)}")
        yield from ("  项目责任人:", f"    - {body.random.choice(SURNAMES)}{body.random.choice(GIVEN)}")


def _supporting(body: Body, number: int) -> str | None:
    if number % 6 != 3:
        return None
    return GROUP if body.has_directory else "各乡镇"


def _reports(body: Body, year: int, number: int, story: Story | None) -> Iterator[str]:
    yield "progress:"
    quarterly = story is _quarterly
    for index in [2] if quarterly else range(1 + number % 3):
        yield f"  - date: {year}-{(3, 6, 9)[index]:02}-{15 + number % 14:02}"
        yield f"    text: 已完成第{index + 1}轮调研，方案进入征求意见阶段"
        yield "    for: 三季度" if quarterly else f"    percent: {_percent(body, index, story)}"
        if number % 4 == 3:
            yield "    weak: true"
        if supporting := _supporting(body, number):
            yield f"    by: {supporting}"
        if story is _counted:
            yield from ("    targets:", f"      改造学校: {index + 1}")


def _percent(body: Body, index: int, story: Story | None) -> int:
    return 100 if story is _done else 25 * index + body.random.randrange(25)


def _closed(_body: Body, year: int) -> list[str]:
    return ["due: 6月底前", "closed:", f"  date: {year}-06-20", "  evidence:", "    - 验收报告"]


def _closed_late(body: Body, year: int) -> list[str]:
    lines = ["due: 二季度", "closed:", f"  date: {year}-07-15", "  evidence:", f"    - 会议纪要〔{year}〕3号"]
    return [*lines, f"  approved_by: {body.leaders[0]}", "  late: true"]


def _phased(_body: Body, year: int) -> list[str]:
    lines = ["phases:", "  - name: 第一批", f"    due: {year}-06-30", "    closed:", f"      date: {year}-06-12"]
    lines += ["      evidence:", "        - 第一批验收报告"]
    return [*lines, "  - name: 第二批", f"    due: {year}-11-30", "  - name: 第三批", f"    due: {year + 1}年"]


def _dated(_body: Body, year: int) -> list[str]:
    lines = ["due: 3月：研讨；12月底前：发布", "phases:", "  - name: 研讨", "    closed:"]
    return [*lines, f"      date: {year}-03-20", "      evidence:", "        - 会议纪要"]


def _extended(body: Body, year: int) -> list[str]:
    lines = [f"due: {year}-11-30", "extensions:", f"  - date: {year}-06-20", "    from: 6月底前"]
    return [*lines, f"    to: {year}-11-30", "    reason: 上级方案推迟", f"    approved_by: {body.leaders[0]}"]


def _paused(body: Body, year: int) -> list[str]:
    lines = ["due: 年内", "paused:", f"  date: {year}-05-10", "  reason: 待上级明确政策"]
    return [*lines, f"  until: {year}-08-01"] if body.number % 2 else lines


def _reopened(_body: Body, year: int) -> list[str]:
    lines = ["due: 年内完成", "history:", f"  - date: {year}-07-01", "    reason: 材料不全", "    closed:"]
    return [*lines, f"      date: {year}-06-20", "      evidence:", "        - 验收报告"]


def _waived(body: Body, year: int) -> list[str]:
    lines = ["due: 每季度末", "waivers:", f"  - date: {year}-03-25", "    for: 一季度", "    reason: 集中力量防疫"]
    return [*lines, f"    approved_by: {body.leaders[0]}"]


def _with_milestones(_body: Body, year: int) -> list[str]:
    """Return milestones beside a deadline of the whole: one is closed, one cancelled, one open."""
    lines = ["due: 12月底前", "phases:", "  - name: 征求意见", f"    due: {year}-08-31", "    closed:"]
    lines += [f"      date: {year}-08-25", "  - name: 先行试点", f"    due: {year}-09-30", "    cancelled:"]
    lines += [f"      date: {year}-07-10", "      reason: 并入印发方案", "  - name: 印发方案"]
    return [*lines, f"    due: {year}-10-20", "    text: 经局党组会议审议", "    assessment: 达到序时进度"]


def _quarterly(_body: Body, _year: int) -> list[str]:
    """Return a duty of which, where anything is reported, one quarter alone is."""
    return ["due: 每季度末"]


def _done(_body: Body, _year: int) -> list[str]:
    """Return what is to be closed out, where anything is reported."""
    return ["due: 年底前"]


def _counted(_body: Body, year: int) -> list[str]:
    return [f"due: {year}年12月", "targets:", "  - name: 改造学校", "    value: 4", "    unit: 所"]


STORIES: Mapping[int, Story] = {
    2: _closed,
    3: _phased,
    5: _extended,
    7: _closed_late,
    8: _paused,
    10: _dated,
    11: _counted,
    12: _done,
    13: _reopened,
    15: _waived,
    16: _quarterly,
    17: _with_milestones,
}
"""What happens to entries, by turns of 19; the others have a deadline alone."""
