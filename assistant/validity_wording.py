"""How people ask whether a document still holds: 还有效吗, 停了没有, 现在还能领吗."""

from __future__ import annotations

import re

_STILL = r"(?:还|仍然?|依然|依旧|尚)(?:在|处于|处在|可以?|能|得|会|要)?"
# How a part of a question ends that asks for yes or no, and nothing else.
_END = r"[了过吧]?(?:吗|么|没有?|不|吧|否)?$"
HOLDS = re.compile(
    # It is past its end, or has no force.
    r"过了?期|过[没不]过期|失去?效|作废|废止|废除|停用[了没]|届满|到期没|过完|现行有效|(?<!超)过时"
    r"|(?:有没有|还有|是否|失去|现有|法律|指导)效力|效力(?:状态|如何|怎)|时效性"
    # It counts, it is valid.
    r"|(?<![决预])算数(?![据字])|(?<![工操合制运写])作数(?![据字额])|作准(?!入)|管不?管用|管不管事"
    r"|(?:是否|是不是)(?:现行)?有效|有效[吗么没不]|还认不?认?账|生效中"
    rf"|{_STILL}(?:有效|生效|管用|管事|适用|执行|施行|实行|实施|用(?:[吗么没]|不用?)?$|在用|好使|沿用|照办)"
    rf"|还(?:需要|要|得)?(?:接着|照着)[干做办]{_END}"
    # Its time is over.
    r"|(?:有效|试行)期(?!间)|试行阶段"
    rf"|(?:规划|计划|行动|实施|试点)期(?:限)?(?:内|是否|是不是|有没有|已经?)*(?:结束|满|到|过)?{_END}"
    rf"|(?:是不是|是否|有没有|被|已经?|早就?|都)(?:停|停止执行|结束|取消|终止|到期|撤销|替换|取代|收官|期满)[了掉]?{_END}"
    r"|(?:停|结束|取消|终止|到头)(?:(?:了|掉)(?:没有?|吗|么|不)|没有?)$"
    rf"|(?:意见|办法|政策|方案|措施|规定)的?(?:期限|时限)(?:是不是|有没有)?(?:已经?)?[到过满完]{_END}"
)
# What a part of a question asks for that is no yes or no, whatever is over or done away with in it.
OTHERWISE = re.compile("什么情|怎么[处办罚]|哪些|哪[份个]|谁")
# What can be valid or not: a document, or what one grants; no vehicle inspection and no loan.
OF_DOCUMENT = re.compile(
    "办法|政策|文件|规定|措施|通知|通告|方案|意见|规划|行动计划|政府计划|细则|条例|新规"
    r"|补贴|补助|奖励|公报|[这那][笔套]|《|这个?办|还执行|还管用|〕\s*\d+\s*号"
)
# Whatever it is called, what is asked to be still possible is asked to be valid.
STILL_POSSIBLE = re.compile(
    r"(?:现在|目前|今年|如今|眼下|今天|至今)[^。？?]{0,12}"
    r"(?:还(?:能|可以|可不可以|可行|有没有|有吗|给不给|发不发|补不补|行吗|行不行)"
    r"|仍然?(?:可|能|适用|有效|在|执行|施行|实行|生效))"
)
# The document that went before: 老的办法, 以前那个规定, 2017年的办法; the year stands in group 1.
OLDER = re.compile(
    r"(?:(?<![养古])[老旧]|原来|原先|以前|之前|上一版|((?:19|20)\d{2})年)[的那个版]*"
    r"(?:《|[^，。？?得过获]{0,8}(?:办法|规定|文件|通知|意见|方案|措施|细则|号文))"
)
