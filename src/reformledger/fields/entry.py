"""The fields of an entry and of the records of its life."""

from __future__ import annotations

from reformledger.fields.field import Field, table

_APPROVED_BY = Field("approved_by", "审批人", "同意的人。", "Who agreed.", one="approver", names="approver")

# fmt: off
ENTRY = table(
    Field("id", "编号", "固定不变，小写字母、数字和连字符，如 point-4。", "Stable id in ASCII.",
          en="ID", table=1, fixed=True, show=False, place=0, kept_by="nobody"),
    Field("ref", "年度编号", en="Ref", source="derived", searched=False, show=False, csv=False, fixed=True),
    Field("year", "年度", en="Year", source="derived", searched=False, show=False, fixed=True, type="year"),
    Field("kind", "类别", en="Kind", source="derived", searched=False, show=False, fixed=True),
    Field("part", "所属部分", en="Part", source="derived", show=False),
    Field("number", "序号", "按原文，如 1、一、（一）。", "Number as printed.", en="No.", place=1,
          also=("任务编号", "Number", "#"), type="printed number"),
    Field("title", "名称（改革任务、方案名称、试点名称）", "按原文。", "Title as printed.",
          en="Title",
          also=("工作任务", "任务名称", "项目名称", "事项名称", "重点任务", "重点工作", "任务", "事项", "项目", "问题",
                "要点内容", "工作要点", "改革举措", "改革事项", "工作事项", "重点事项", "Task", "Action",
                "Risk", "Weakness"),
          table=6, wide=True, weight=4, place=3, prose=True),
    Field("leaders", "责任领导（牵头领导、责任人）", "每人一行。", "Who answers for it, one a line.",
          en="Leaders", one="leader", point_zh="牵头领导", point_en="Leading officials",
          also=("牵头人", "负责人", "责任局领导", "Responsible person"), table=4, several=True,
          names="person"),
    Field("lead_departments", "牵头科室（牵头单位）", "每个一行。", "Departments that lead, one a line.",
          en="Lead", one="leading department", zh="牵头单位", point_zh="责任部门（牵头）",
          point_en="Responsible departments (lead)",
          also=("责任部门", "责任科室", "责任处室", "责任股室", "责任单位", "牵头部门", "牵头处室",
                "牵头责任单位", "主责单位", "主办单位", "承办单位", "Lead department", "Responsible departments",
                "Responsible office"),
          table=5, weight=2, several=True, names="office"),
    Field("supporting_departments", "配合单位（协助单位）", "每个一行。", "Departments that support, one a line.",
          en="Support", one="supporting department", point_zh="责任部门（配合）",
          point_en="Responsible departments (support)",
          also=("责任部门", "配合科室", "配合处室", "配合部门", "协助科室", "协助部门", "协办单位",
                "协同单位", "协同部门", "协作单位", "参与单位", "参加单位", "Supporting department",
                "Responsible departments"),
          several=True, names="office"),
    Field("due", "完成时限（进度安排、上会时间）", "按原文，如 2020年12月、年内、长期坚持。", "Deadline as printed.",
          en="Due", one="deadline",
          also=("完成时间", "完成日期", "完成期限", "时限", "时间节点", "时间安排", "时间进度", "时间要求", "时限要求",
                "进度要求", "办结时限", "整改时限", "计划完成时间", "时间", "Deadline", "Due date",
                "Scheduled completion date"),
          table=2, fixed=True, show=False, csv=False),
    Field("wording", "时限原文", en="Deadline as printed", source="derived", seen="column", show=False),
    Field("start", "起始日", en="First day", source="derived", seen="column", show=False, fixed=True, type="day"),
    Field("end", "截止日", en="Last day", source="derived", seen="column", show=False, fixed=True, type="day"),
    Field("milestone", "节点", en="Milestone", source="derived", seen="column", searched=False, show=False, weight=2),
    Field("star", "☆", "需年内完成销账；有条件的写 note 和 phase。", "To be closed out within the year.",
          en="☆", searched=False, table=7, fixed=True, place=21, stays=True),
    Field("star_note", "☆条件", en="Condition of the ☆", also=("条件", "Condition"),
          source="derived", show=False),
    Field("star_closed", "☆已销账", en="☆ closed out", source="derived", searched=False, show=False, type="flag"),
    Field("status", "状态", en="Status", also=("状态（截至 ）", "Status as of"),
          source="derived", searched=False, show=False, table=3, fixed=True),
    Field("light", "亮灯", en="Light", source="derived", searched=False, show=False, fixed=True),
    Field("light_reason", "亮灯原因", en="Reason", source="derived", searched=False, show=False, fixed=True),
    Field("days_left", "剩余天数", en="Days left", also=("天数", "Days"),
          source="derived", searched=False, show=False, fixed=True, type="count"),
    Field("last_report", "最近进展", en="Last report", source="derived", searched=False, show=False, weight=2),
    Field("text", "内容", "正文，不含名称和末尾括号。", "Text as printed, without title and closing parenthesis.",
          en="Text",
          also=("工作内容", "任务内容", "建设内容", "主要内容", "具体内容", "主要任务", "具体任务", "工作措施",
                "具体措施", "Description"),
          wide=True, weight=4, prose=True),
    Field("title_from", "标题来源", "section 表示本要点没有标题，取所在部分的标题。",
          "The point takes its section's title.", source="point", seen="file", show=False, csv=False, place=4),
    Field("outcome", "成果形式", "按原文。", "Form of the outcome.", en="Outcome",
          also=("预期成果", "工作成果", "成果"), wide=True, prose=True),
    Field("city_leader", "联系市领导", "联系本方案的市领导。", "City leader.", en="City leader", names="person"),
    Field("document_number", "文号", "发文字号，按原文。", "Document number, as printed.", en="Document number",
          also=("发文字号",)),
    Field("issued", "出台时间", "写作 2018-08-29。", "Day of issue.", en="Issued",
          also=("出台日期", "印发时间", "印发日期", "发文时间", "Date of issue"), fixed=True, type="day"),
    Field("level", "试点类别", "按原文。", "Level of a pilot, as printed.", en="Level",
          also=("任务类别", "改革类别", "工作类别", "项目类别")),
    Field("deployed_by", "部署单位", "由谁部署。", "Who ordered the pilot.", en="Deployed by",
          names="office", joined=True),
    Field("basis", "试点依据", "按原文。", "The document it rests on.", en="Basis", zh="依据",
          also=("政策依据", "文件依据", "依据文件"), wide=True, prose=True),
    Field("contact", "联系人", en="Contact", also=("联系电话", "联系方式", "电话", "Phone"),
          source="contacts", searched=False),
    Field("phases", "分期", "分批完成、各有时限的。", "Batches with deadlines of their own.",
          en="Phases", one="phase", zh="阶段",
          also=("节点", "任务分解", "时序进度", "工作步骤", "推进步骤", "实施步骤", "阶段任务", "阶段目标",
                "进度计划", "推进计划", "Milestones"),
          show=False, kept_by="phase"),
    Field("occurrences", "期次", en="Occurrences", source="derived", searched=False, show=False, csv=False),
    Field("persons", "各类责任人", "按原文的职务名目列出，如 项目责任人。", "Persons by the role that is printed.",
          en="Persons", show=False, parts="names", kept_by="role", names="person"),
    Field("targets", "目标", "可计量的目标。", "Measurable targets.", en="Targets", one="target", zh="指标",
          kept_by="hand"),
    Field("implements", "对应要点", "所落实的要点编号，每个一行。",
          "Ids of the work points that it carries out, one a line.",
          en="Carries out", one="work point", show=False, several=True, place=22),
    Field("assigned", "交办日期", "写作 2020-06-30。", "Day on which it was assigned.",
          en="Assigned", also=("交办时间",), seen="column", csv=False, fixed=True, type="day", place=23),
    Field("progress", "进展", "历次报送，先后为序。", "Reports, oldest first.",
          en="Progress", one="report", kept_by="progress", place=24, stays=True),
    Field("waivers", "免报", "免报记录，先后为序。", "Occurrences that need not be reported on, oldest first.",
          en="Waived", one="waiver", seen="column", show=False, csv=False, kept_by="waive", place=25, stays=True),
    Field("extensions", "延期", "历次延期，先后为序。", "Moved deadlines, oldest first.",
          en="Extensions", one="extension", kept_by="extend", place=25, stays=True),
    Field("paused", "暂停", "经批准暂停推进。", "Work put off by a decision.",
          en="Paused", one="pause", show=False, csv=False, kept_by="record", place=25, stays=True),
    Field("closed", "销账", "完成并经审批。", "Close-out.",
          en="Closed out", one="close-out", show=False, kept_by="close", place=26, stays=True),
    Field("history", "重启记录", "撤销的销账，先后为序。", "Close-outs taken back, oldest first.",
          en="Reopened", one="reopening", show=False, csv=False, kept_by="reopen", place=27, stays=True),
    Field("carried_over_from", "结转自", "上年度条目，如 2019/task-2。",
          "The entry of an earlier year that goes on here.", en="Carried over from", one="origin", place=23),
    Field("acknowledged", "已知问题", "经研究不改的检查发现，规则号与理由。",
          "Findings looked at and left, with the reason.",
          en="Acknowledged findings", one="acknowledged finding", zh="已认可的问题", csv=False, parts="text",
          kept_by="finding", place=28),
    Field("inherited", "随标题", en="From the heading", source="derived", searched=False, show=False, csv=False),
    Field("remark", "备注", "按原文。", "Remark as printed.", en="Remark", also=("备注说明", "Remarks"), place=20,
          prose=True),
    Field("columns", "自设栏目", "本表自设栏目的内容，按键。", "Values of the table's own columns, by key.",
          en="Own columns", one="column", show=False, csv=False, parts="text", kept_by="column"),
    Field("file", "文件", en="File", also=("文件位置", "Place in the file"),
          source="derived", searched=False, show=False, csv=False),
    Field("line", "行号", en="Line", source="derived", searched=False, show=False, csv=False, fixed=True,
          type="count"),
)
"""A work point and a row of the ledger, in the order of the JSON contract (``schema/entry.json``)."""



def record_keys() -> list[str]:
    """Return the keys of the record, in its order."""
    return [key for key, field in ENTRY.items() if field.seen == "record"]


def searched_keys() -> list[str]:
    """Return those that ``--search`` looks through."""
    return [key for key in record_keys() if ENTRY[key].searched]


BESIDE = table(
    Field("marks", "标记", en="Mark", source="derived", seen="column"),
    Field("implemented_by", "对应台账", en="Carried out by", source="derived", seen="column"),
)
"""What ``show`` prints of an entry beside its fields: columns for whoever names them, no part of the record."""

DUE = table(Field("wording", "原文表述"), Field("means", "含义", one="meaning"))
STAR = table(
    Field("note", "条件", "☆ 旁所注的条件，按原文。", "The condition printed beside the ☆.", one="condition"),
    Field("phase", "期名", "该期销账即为完成。", "The phase that meets the condition."),
)
CLOSING = table(
    Field("date", "销账日期", "写作 2020-12-20。", "Day of the close-out.", type="day"),
    Field("evidence", "佐证材料", "每份一行。", "What shows that it is done, one a line.", several=True),
    _APPROVED_BY,
    Field("late", "逾期销账", "true 为时限过后才销账。", "True where closed out after its last day.", type="flag"),
    Field("despite", "缺期说明", "有期次未完成仍予销账的理由。", "Why, although occurrences were not met."),
)
PHASE = table(
    Field("name", "期名", "按原文，如 第一批。", "Name of the batch, as printed.",
          also=("节点", "节点内容", "任务分解", "步骤", "阶段", "子任务", "Milestone")),
    Field("count", "子项数", "本期的子项数。", "Number of items in it.", type="count"),
    Field("due", "完成时限", "本期的时限，按原文。", "Deadline of the batch.", one="deadline",
          also=("时间", "时间节点", "时序进度", "完成时间", "节点时间", "Date")),
    Field("text", "内容", "本期的内容，按原文。", "What is to be done in it, as printed.", en="Text",
          also=("目标", "工作目标", "阶段目标", "计划", "任务")),
    Field("targets", "目标", "本期可计量的目标。", "Measurable targets of it.", en="Targets", one="target",
          kept_by="hand"),
    Field("result", "完成情况", "按原文。", "What was done, as printed.", en="Result",
          also=("实际完成情况", "进展", "进展情况", "推进情况")),
    Field("problems", "存在问题", "困难和问题。", "Problems met.", en="Problems"),
    Field("assessment", "评估", "按原文，如 达到序时进度。", "Assessment, as printed.", en="Assessment",
          also=("评价", "考核", "完成状态")),
    Field("paused", "暂停", "本期经批准暂停。", "Put off by a decision.", en="Paused", one="pause", kept_by="record"),
    Field("cancelled", "取消", "本期经批准取消。", "Cancelled by a decision.", en="Cancelled", one="cancellation",
          kept_by="record"),
    Field("closed", "销账", "本期的销账。", "Close-out of the batch.", one="close-out", kept_by="close"),
)
PAUSE = table(
    Field("date", "批准日期", "写作 2020-06-30。", "Day of the decision.", type="day"),
    Field("reason", "理由", "为何暂停。", "Why."),
    Field("until", "恢复日期", "自这一天起恢复推进；未定的不写。", "Day on which it goes on; blank while not decided.",
          one="end", type="day ahead"),
)
CANCELLATION = table(
    Field("date", "批准日期", "写作 2020-06-30。", "Day of the decision.", type="day"),
    Field("reason", "理由", "为何取消。", "Why."),
)
COUNTED = table(
    Field("phases", "分期", "计其各期子项数的条目编号。", "Entry whose phases hold the items that are counted."),
    Field("part", "分表", "计其行数的分表或表名。", "Title of the part or table whose rows are counted."),
    Field("level", "试点类别", "只计这一类别的行。", "Level of the rows that are counted."),
)
TARGET = table(
    Field("name", "指标", "计量什么。", "What is counted."),
    Field("value", "目标值", "只写数字。", "How much of it, in digits.", type="number"),
    Field("unit", "单位", "按原文，如 所、%。", "Unit, as printed."),
    Field("counts", "计数对象", "目标所计的台账内容，供检查核对。",
          "What in the ledger it counts, for check to add up."),
)
PROGRESS = table(
    Field("date", "日期", "报送日期，写作 2020-06-30。", "Day of the report.", en="Reported on", zh="报送日期",
          also=("报送时间", "填报日期", "填报时间", "Date", "Day"), type="day"),
    Field("text", "进展情况", "做了什么。", "What was done.", en="Progress", zh="进展",
          also=("工作进展", "工作进展情况", "推进情况", "落实情况", "完成情况", "实际完成情况", "What was done")),
    Field("percent", "完成比例", "百分数，0 到 100。", "Share done so far, in per cent.", en="% done", one="percentage",
          also=("完成百分比", "完成率", "完成进度", "Percent", "Percentage"), type="percent"),
    Field("by", "报送部门", "由谁报送。", "Who reports.", en="Reported by", one="reporting department",
          also=("报送单位", "报送科室", "填报部门", "填报单位", "填报科室", "Department"), names="office"),
    Field("evidence", "佐证材料", "每份一行。", "What shows it, one a line.", en="Evidence",
          also=("佐证", "证明材料", "支撑材料"), several=True),
    Field("weak", "推进不力", "true 为推进不力。", "True where progress is behind.", type="flag"),
    Field("targets", "指标", "各项指标的完成值。", "Value reached of each target, by its name.",
          one="target"),
    Field("for", "所报期次", "报的是哪一期，如 一季度。", "The occurrence or period that it is for.", en="For",
          one="period", also=("期次", "报送期次", "Period")),
    Field("phase", "期名", "只报一期时写明。", "The phase concerned, if one.", en="Phase",
          also=("分期", "批次", "节点", "Milestone")),
    Field("problems", "存在问题", "困难和问题。", "Problems met.", en="Problems",
          also=("存在的问题", "问题和困难", "困难和问题", "存在问题和困难")),
)
WAIVER = table(
    Field("date", "批准日期", "写作 2020-06-30。", "Day of the decision.", type="day"),
    Field("for", "期次", "免哪一期，如 一季度。", "The occurrence or period.", one="period"),
    Field("reason", "理由", "为何免报。", "Why."),
    _APPROVED_BY,
)
EXTENSION = table(
    Field("date", "批准日期", "写作 2020-12-01。", "Day of the decision.", type="day"),
    Field("from", "原时限", "延期前的时限。", "The deadline before."),
    Field("to", "新时限", "延期后的时限。", "The deadline after."),
    Field("reason", "理由", "为何延期。", "Why it was moved."),
    _APPROVED_BY,
    Field("late", "逾期后办理", "true 为原时限过后才批准。", "True where decided after the old deadline had passed.",
          type="flag"),
    Field("phase", "期名", "只延一期时写明。", "The phase concerned, if one."),
)
REOPENING = table(
    Field("date", "重启日期", "写作 2020-12-01。", "Day on which it was taken back.", type="day"),
    Field("reason", "理由", "为何撤销。", "Why."),
    Field("phase", "期名", "只撤一期时写明。", "The phase concerned, if one."),
    Field("closed", "原销账记录", "撤销前的记录。", "The close-out that no longer holds."),
)
CONTACT = table(
    Field("name", "姓名", "联系人姓名。", "Name of the contact."),
    Field("phone", "电话", "联系电话，输出时隐去中间四位。", "Phone number, masked in every output.", zh="联系电话"),
)
# fmt: on

RECORDS = {
    "due": DUE,
    "star": STAR,
    "paused": PAUSE,
    "cancelled": CANCELLATION,
    "phases": PHASE,
    "contact": CONTACT,
}
"""The keys of an entry, and of its phases, whose value has parts that ``set`` can name (``due.means``), and those."""
