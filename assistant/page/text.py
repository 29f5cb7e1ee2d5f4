"""Every Chinese word the page shows, in one place."""

from __future__ import annotations

# The head of the page.
TITLE = "公报问答"
PURPOSE = "只依据政府公报原文回答问题，每句都注明出自哪一条；以原文为准。"
COVERAGE = "收录：{issues}，共{documents}篇文件、{clauses}条。"
LOADING = "正在载入公报……"
LARGE_TYPE = "大字版"
DARK_MODE = "深色"
SKIP_LINK = "跳到提问框"
OFFLINE = "与服务器的连接断开了，正在重新连接……已有的问答还在本页。"
ONLINE_AGAIN = "已重新连接，可以继续提问。"

# Tabs.
TAB_CHAT = "问答"
TAB_BENEFITS = "惠民惠企"
TAB_CLAUSES = "查条款"
TAB_ABOUT = "关于"

# 问答.
ASK_LABEL = "您的问题"
ASK_PLACEHOLDER = "例如：房租能免吗？"
SEND = "发送"
STOP = "停止"
CLEAR = "清空"
EXPORT_MARKDOWN = "导出 Markdown"
EXPORT_DOCX = "导出 Word"
WELCOME = "可以这样问"
YOU_ASKED = "问"
SEARCHING = "正在查找公报原文……"
INTERRUPTED = "连接中断，这个问题没有答完；请点“重答”。"
STOPPED = "已停止。"
FAILED = "没有答成：{reason}"
REWRITTEN = "理解为：{question}"
WARNING = "注意"
RETRY = "重答"
EDIT = "改问题"
NEXT_QUESTIONS = "还可以问"
SOURCES = "依据"
ORIGINAL_PREVAILS = "以公报原文为准。"
ERROR = "出错了"
NOTHING_TO_EXPORT = "还没有问答可以导出。"

# Examples: a persona and the groups of benefits it looks for (assistant.benefits).
PERSONA_OFFICIAL = "公职人员"

# A benefit as a card.
BENEFIT_KIND = "种类"
BENEFIT_SLOTS = {
    "who": "谁能领",
    "amount": "多少",
    "condition": "条件",
    "limit": "限制",
    "office": "找谁",
    "until": "期限",
}
NOT_STATED = "公报未写明"
UNTIL = "至{date}"

# Feedback.
HELPFUL = "有用"
UNHELPFUL = "没用"
REASON_LABEL = "哪里不好？"
REASONS = ("没答到点子上", "引文不对", "内容已过时", "看不懂", "其他")
FEEDBACK = "意见"
FEEDBACK_THANKS = "谢谢，已记下。"

# The source pane.
SOURCE = "原文"
SOURCE_EMPTY = "点回答里的引文编号，这里会打开原文并标出所引的字句。"
SOURCE_MISSING = "没有找到这一条款：{id}"
PREVIOUS = "上一条"
NEXT = "下一条"
COPY_CLAUSE = "复制条文"
COPY_CITATION = "复制引文"
COPY_LINK = "复制链接"
COPIED = "已复制"
CLOSE = "收起原文"
BREADCRUMB = "位置"
PAGE = "自第{page}页起"
DATED = "{date}印发"
FROM = "{date}起施行"
TO = "至{date}"
REPAIRED = "这一条的原文因分栏排版次序错乱，已按文意复原。"
STATUS_NOTES = {
    "有效": "现行有效",
    "未施行": "尚未施行",
    "已过有效期": "已过有效期",
    "已废止": "已废止",
    "未载明": "文件未写明有效期",
}

# 查条款.
DOCUMENTS = "全部文件"

# 惠民惠企.
BENEFIT_COLUMNS = ("种类", "谁", "内容", "金额", "期限", "条款")

# 关于.
ABOUT_COVERAGE = "收录范围"
ABOUT_METHOD = "怎样回答"
ABOUT_PRIVACY = "隐私"
ABOUT_CONTACT = "联系"

# Export.
EXPORT_TITLE = "公报问答记录"
EXPORT_NAME = "公报问答"
EXPORT_MADE = "导出时间：{time}"
QUESTION = "问"
ANSWER = "答"

# /v1/chat/completions.
API_NO_QUESTION = "messages 里没有用户的问题"
API_KEY_WRONG = "需要正确的 API key（GAZETTE_API_KEY）"
API_TOO_MANY = "提问太快，请过一分钟再试"
API_CLOSED = "本页设有密码；要开放 /v1，请设置 GAZETTE_API_KEY"

MCP_MISSING = "GAZETTE_MCP=1：缺少软件包；请运行 pip install 'mcp>=1.21,<2'"

# app.py.
CLI_SERVING = "打开 {url}"
CLI_ERROR = "错误：{error}"
