"""The Chinese words of 惠民惠企, 查条款 and 关于; those of the rest of the page are in text.py."""

from __future__ import annotations

LOADING = "正在载入……"
ALL = "全部"
NONE_STATED = "公报未写明"
NOTHING_FOUND = "没有符合条件的内容，请放宽筛选。"
SHOWN_OF = "共{total}项，这里显示前{shown}项；其余请缩小筛选，或下载全表。"
TABLE_HINT = "{caption}，可用方向键滚动"
DOWNLOAD = "下载表格（CSV）"
RESET = "清除筛选"
DOCUMENT = "文件"
STATUS = "状态"

# 惠民惠企.
BENEFITS_INTRO = (
    "公报里的奖励、补贴、补助、减免等，全部列在这里，逐字摘自原文。"
    "已过有效期的也列出并标明；能否办理，以原文和主管部门答复为准。"
)
I_AM = "我是…"
GROUP_COUNT = "{group}（{count}）"
BENEFIT_KIND = "种类"
BENEFIT_SEARCH = "搜索"
BENEFIT_SEARCH_HINT = "如：竹、房租、社保"
SORT = "排序"
SORTS = {
    "source-asc": "按公报顺序",
    "amount-desc": "金额从高到低",
    "amount-asc": "金额从低到高",
    "until-asc": "先到期的在前",
    "until-desc": "后到期的在前",
    "status-asc": "有效的在前",
    "kind-asc": "按种类",
    "who-asc": "按对象",
}
BENEFIT_COLUMNS = {
    "who": "谁能得",
    "what": "得什么",
    "amount": "多少",
    "condition": "条件",
    "office": "找谁",
    "until": "到什么时候",
    "clause": "依据",
}
BENEFITS_SHOWN = "显示{shown}项，共{total}项"
BENEFITS_ENDED = "其中{count}项已过有效期或已废止"
BENEFITS_WIDER = "写明{group}的{own}项在前，面向{wider}的{others}项在后"
BENEFITS_SILENT = "另有{count}项未写明对象，选“{all}”可见"
BENEFITS_TABLE = "惠民惠企事项"
BENEFITS_FILE = "惠民惠企"
BENEFIT_CSV = (
    "种类", "谁能得", "得什么", "多少", "适用情形", "条件", "限制", "找谁", "截止日期",
    "状态（{date}）", "文件", "文号", "条款", "原文", "条款编号",
)  # fmt: skip

# 查条款.
CLAUSES_BROWSE = "查找"
CLAUSES_TASKS = "任务"
CLAUSES_TIMELINE = "时间表"
CLAUSES_PEOPLE = "任免"
SEARCH_LABEL = "文号、标题、条号或关键词"
SEARCH_HINT = "如：〔2022〕14号 第十一条；竹产业 补贴"
SEARCH = "查找"
FILTERS = "筛选"
KIND = "类别"
ISSUER = "发文机关"
SINCE = "成文日期从"
UNTIL = "到"
DAY_HINT = "如：2022-09-01"
BAD_DAY = "“{day}”不是日期，请写成 2022-09-01 这样。"
TREE = "目录"
ISSUE_DOCUMENTS = "{issue}（{count}篇）"
UNFOLD = "展开《{name}》的章条"
PAGE = "第{page}页起"
FOUND_BY_NAME = "按文号、条号查到{count}条"
FOUND_DOCUMENTS = "按名称查到{count}篇文件"
FOUND_BY_WORDS = "按词句查到{count}条，最相关的在前"
NOT_HELD = "公报中没有：{names}"

# 任务分工.
OFFICE = "单位（可输入名称查找）"
OFFICE_COUNT = "{office}（{count}）"
ALL_OFFICES = "全部单位"
ROLES = "角色"
ROLE_NAMES = {"牵头单位": "牵头", "责任单位": "责任", "配合单位": "配合"}
CHOOSE_OFFICE = "选一个单位，这里列出它在全部文件里的任务、完成时限和出处。"
TASKS_SHOWN = "{office}：{count}项任务，牵头{led}项，写明完成时限{due}项"
ALSO_WRITTEN = "含写作{names}的条款"
TASK_COLUMNS = ("任务", "角色", "完成时限", "文件", "条款")
TASKS_TABLE = "任务清单"
TASKS_FILE = "任务清单-{office}"
TASK_CSV = (
    "单位", "角色", "任务", "完成时限", "最早到期日", "文件", "文号", "条款", "原文", "条款编号",
)  # fmt: skip

# 时间表.
MILESTONE_KINDS = "内容"
AHEAD_ONLY = "只看今天以后的"
TIMELINE_SHOWN = "{count}个节点，其中{ahead}个在今天（{today}）以后"
NO_DAY = "未写明日期的"
DAYS_LEFT = "还有{days}天"
DAY_PASSED = "已过"
DAY_TODAY = "今天"
MILESTONES_OF_DAY = "{count}个节点"
TIMELINE = "时间表"
TIMELINE_FILE = "时间表"
MILESTONE_CSV = ("日期", "内容", "原文写法", "事项", "文件", "文号", "条款", "条款编号")

# 人事任免.
PEOPLE_SEARCH = "姓名或职务"
PEOPLE_SHOWN = "{count}人次，任职{appointed}、免职{removed}"
PEOPLE_TABLE = "人事任免"
PEOPLE_FILE = "人事任免"
PEOPLE_COLUMNS = ("姓名", "任免", "职务", "成文日期", "条款")
PEOPLE_CSV = ("姓名", "任免", "职务", "说明", "成文日期", "文件", "文号", "条款编号")
ACTIONS = {"任": "任职", "免": "免职"}

# 关于.
ABOUT_COVERAGE = "收录范围"
COVERAGE_COLUMNS = ("期", "文件", "条款", "成文日期")
COVERAGE_DATES = "{first} 至 {last}"
INDEX_FACTS = {
    "documents": "文件",
    "clauses": "条款",
    "chunks": "检索片段",
    "questions": "日常问法",
    "built": "索引建成",
    "corpus": "文本摘要值",
    "embedding": "向量模型摘要值",
    "chunker": "切分版本",
}
ABOUT_METHOD = "怎样回答、怎样核对"
METHOD_STEPS = (
    "先找：文号、标题、条号、人名直接查；其余按字词、日常问法和语义三路一起找。",
    "再摘：从最相关的条款里摘出能回答问题的原句，一字不改，逐句标明出处。",
    "核对：回答里的金额、比例、日期、年龄、期限和文号，都必须在所引条款里找得到，否则不用。",
    "不猜：公报里没有的，如实说没有，并给出最接近的文件。",
    "提醒：按今天的日期核对施行日期和有效期，已过期或已废止的会写明。",
)
ABOUT_FIGURES = "评测结果"
FIGURES_NONE = "尚无评测结果。"
FIGURES_NOTE = (
    "在固定问题集（{version}，可答{answerable}题、不可答{unanswerable}题）上测得；"
    "短横线是95%置信区间。"
)
FIGURE_COLUMNS = ("指标", "结果", "95%区间", "题数")
FIGURES_PLOT = "评测结果图"
FIGURE_NAMES = {
    "all_evidence@5": "前5条里有全部依据",
    "correct": "回答正确",
    "all_facts": "要点齐全",
    "citation_recall": "该引的都引了",
    "citation_precision": "引的都该引",
    "citation_validity": "引文与原文一字不差",
    "abstention_R": "没有答案时如实说没有",
    "false_refusal": "有答案却说没有（越低越好）",
}
ABOUT_PRIVACY = "隐私"
PRIVACY_POINTS = (
    "问答只留在您自己的浏览器标签页里，关闭即消失；服务器不记录问题。",
    "本页不连接任何外部网站，没有统计代码，也不加载外部字体。",
    "管理者若接入了对话模型，问题和所引条款会发给该模型作答；未接入时只在本机摘录原文。",
    "只有管理者开启了意见收集、您又点了“有用”或“没用”时，才保存那一条问答，"
    "其中的身份证号、电话号码等先行隐去。",
)
ABOUT_CONTACT = "联系公报编辑部"
CONTACT_LABELS = {
    "office": "编辑出版",
    "phone": "电话（传真）",
    "address": "地址",
    "postcode": "邮编",
}
CONTACT_NONE = "刊头没有写明联系方式。"
CONTACT_SOURCE = "以上摘自刊头"
ABOUT_TEXT = "原文归属"
TEXT_POINTS = (
    "所收录的是政府依法公开发布的公报，著作与解释权属于发文机关；本页只作查阅之便。",
    "摘录如与公报原文不一致，以原文为准。",
)
STANDING_LEAD = "刊头写明："
