"""What marks a line or a sentence as one that a web site put around a document, with the reason that is given for leaving it out.

A rule is a pattern, and the table that it stands in says where it holds. Nothing here knows a certain site or document.
"""

from __future__ import annotations

from typing import NamedTuple


class Rule(NamedTuple):
    """A pattern, the reason to leave out what it fits, and words of which one always stands in it."""

    name: str
    words: str
    pattern: str


_RECOMMENDED = (
    "(?:相关推荐|推荐阅读|推荐文章|推荐访问|编辑推荐|相关阅读|相关链接|相关信息|相关新闻|相关搜索|相关文档|热门推荐|热门文章|热门新闻"
    "|猜你喜欢|您可能感兴趣的.{0,4}|延伸阅读|拓展阅读|VIP推荐)"
)
_SITE_LINKS = "网站地图 联系我们 关于我们 关于本站 网站声明 友情链接 广告服务 无障碍 长者模式 设为首页 RSS订阅"
_ITEM = "[^|·/ ]{1,12}"
_ITEM_WITH_LINK = f"[^|·/ ]{{0,8}}(?:{_SITE_LINKS.replace(' ', '|')})[^|·/ ]{{0,8}}"

# A short line without 。 that fits one of these is furniture wherever it stands.
LINE_RULES = (
    Rule("breadcrumb", "> » ›", r".*(?:首页|主页|位置|网|站|文库).*[>»›].*|[^>»›]+(?:[>»›][^>»›]+){2,}"),
    Rule("position", "位置：", r"(?:当前|您现在的|您的|您所在的|你的)位置：?.*"),
    Rule(
        "time-stamp",
        "时间： 日期：",
        r"(?:发布|更新|发表|录入|添加|上传)?(?:时间|日期)：\d{4}[-/.]\d{1,2}[-/.]\d{1,2}.*|(?:发布|更新|发表|录入|上传)(?:时间|日期)：\d{4}年\d{1,2}月.{0,40}",
    ),
    Rule(
        "toolbar",
        "下载 全屏 加大 减小 还原 放大 缩小 打印 收藏 纠错 分享 关闭 首页 【大 ]大",
        r"(?:下载|全屏|加大|减小|还原|放大|缩小|打印|收藏|纠错|分享|关闭|返回|大|中|小|首页|[【】\[\]>| ])+：?",
    ),
    Rule(
        "toolbar",
        "全文 原文 大图 更多 下载",
        r"(?:点击)?(?:展开|查看|阅读|显示)(?:全文|更多|原文|大图|更多评论)"
        r"|(?:点击|立即|免费|我要|直接)下载(?:文档|全文|Word|PDF)?|下载(?:本文|本文档|文档|全文)(?:文档)?(?:Word|PDF|到电脑.{0,12})?",
    ),
    Rule("site-menu", _SITE_LINKS, rf"(?:{_ITEM}[|·/ ]+)*{_ITEM_WITH_LINK}(?:[|·/ ]+{_ITEM})*"),
    Rule(
        "pager",
        "页】 页] 页： 下一页 广告",
        r"[【\[]上一页[】\]].*|.*[【\[]下一页[】\]]|第\d{1,3}页：.{1,30}|.*点击下一页.*|广告",
    ),
    Rule("calendar", "今天是", r"(?:您好！?，?)?今天是：?\d{4}年\d{1,2}月\d{1,2}日.{0,20}"),
    Rule("submit", "我要", r".*我要(?:投稿|纠错|评论|打印)$"),
    Rule("submit", "投稿", r"(?:网友|用户|会员|在线)?投稿(?:邮箱|热线|方式|须知|人)?(?:：.*|)"),
    Rule("counter", "次", r".*(?:发布|浏览|点击|阅读|访问|查看)[^，。]{0,4}\d+次(?:查看|浏览|阅读)?.*"),
    Rule("counter", "浏览 点击 阅读 访问", r".*(?:浏览|点击|阅读|访问)(?:次数|数|量)：.*"),
    Rule(
        "toolbar",
        "打印 关闭 收藏 分享到 字体 字号 扫一扫 返回 我要打印",
        r"[【\[（]?(?:打印|关闭|收藏|分享到|字体|字号|扫一扫|返回顶部|返回列表|我要打印).{0,40}",
    ),
    Rule(
        "login",
        "欢迎 登录 登陆 注册 设为首页 加入收藏 手机版 客户端",
        r"(?:您好，)?(?:欢迎(?:来到|光临|访问)|请?登[录陆]|免费注册|设为首页|加入收藏|手机版|客户端下载).*",
    ),
    Rule(
        "login",
        "全文 剩余 还剩 VIP 付费 文档",
        r"(?:.*(?:登[录陆]|注册|开通|购买|付费|充值|下载)[^，。]{0,12}(?:查看|阅读|浏览|获取|显示)?(?:全文|剩余|全部内容|完整).*"
        r"|.*剩余(?:内容|部分|\d+%)[^，。]{0,12}(?:登[录陆]|付费|购买|下载|阅读|隐藏).*"
        r"|.*(?:剩余|还剩)\d+页[^。]{0,12}(?:阅读|下载).*"
        r"|(?:本文|该|此)文档(?:由|为|共)[^。]{0,40}(?:上传|分享|收费|付费|下载|页).*)",
    ),
    Rule(
        "login",
        "注册 登录 忘记密码",
        r".*(?:立即|马上)注册.*|注册会员，.*|扫码登录，继续.*|忘记密码.{0,4}|.*需要登录(?:才|后).*|.*会员可见.*",
    ),
    Rule(
        "follow-us",
        "关注 长按 二维码 阅读原文 预览时标签 在看 手机打开",
        r"(?![（\d一二三四五六七八九十]).*(?:点击上方|点击蓝字|长按识别|长按二维码|关注我们|点击“?阅读原文|预览时标签不可点|点个“?在看).*"
        r"|(?:扫码关注|扫描二维码|扫一扫|识别二维码).{0,30}",
    ),
    Rule(
        "attribution",
        "本文 本篇 本资料",
        r"（?本(?:文|篇|资料)(?:来自|来源|转自|摘自|标签|关键词|由[^。]{1,20}(?:整理|提供|上传|分享|收集)).*",
    ),
    Rule("classified-site", "分类信息网 B2B信息 发布信息 免费信息", r".*(?:分类信息网|B2B信息|免费发布?信息).*"),
    Rule(
        "registration",
        "ICP 公网安备 opyright eserved 版权所有 网站标识码 技术支持： Powered 分辨率 访问者",
        r".*(?:ICP备|ICP证|公网安备|[Cc]opyright|[Rr]ights? ?[Rr]eserved|版权所有(?!者)|网站标识码|技术支持：|Powered by).*"
        r"|建议使用.*分辨率.*|您是第 ?\d+ ?位访问者.*",
    ),
    Rule("law-database", "法宝", r".*(?:法宝引证码|北大法宝).*"),
    Rule("source-link", "链接", r"(?:原文|本文|文章|来源|阅读)(?:链接|地址)：?.*"),
    Rule("source-link", "网址：", r"(?:原文|本文|文章)?网址：\s*(?:https?://|www\.).*"),
    Rule("neighbours", "上一 下一", r"(?:上一篇|下一篇|上一页|下一页|上一条|下一条)(?:：.*|)"),
    Rule(
        "recommended",
        "推荐 相关 热门 猜你喜欢 延伸阅读 拓展阅读 感兴趣 标签：",
        rf"[·*【]?{_RECOMMENDED}】?：?|{_RECOMMENDED}：(?!《).{{1,40}}|(?:热门|本文|文章)标签：.*",
    ),
    Rule("related-articles", "相关文章", r"[·*]?(?:【[^】]{2,40}】)?的?相关文章：?"),
)
# The same, but only above the first paragraph of running text or below the last.
EDGE_RULES = (
    Rule(
        "byline",
        "来源： 作者： 记者： 编辑： 编辑| 责编 审核： 校对： 校对| 撰稿： 供稿： 录入： 上传人： 发布人：",
        r"[（【]?(?:(?:信息|文章|稿件|新闻|文件)?来源|作者|记者|(?:责任|值班)?编辑|责编|审核|校对|撰稿|供稿|录入|上传人|发布人)[：|].{0,40}",
    ),
    Rule(
        "time-stamp",
        "来源： 作者： 编辑： 发表于 原创",
        r".{0,30}\d{4}[-/.]\d{1,2}[-/.]\d{1,2} ?\d{1,2}:\d{2}.{0,50}",
    ),
    Rule(
        "document-site",
        "格式： 页数： 大小： 积分： 会员 VIP",
        r"(?:文档格式|文档页数|文档大小|文件大小|大小|下载积分|所需积分)：.{0,20}|.{0,12}(?:VIP|会员)(?:免费)?下载.{0,4}|.{0,8}VIP会员.{0,8}",
    ),
    Rule(
        "document-site",
        "文档 已阅读 格式：doc 格式：pdf 格式：txt 格式：ppt 论文部分",
        r"文档简介|论文部分内容阅读.{0,4}|.{0,6}(?:原创力文档|本站所有文档).{0,40}|已阅读\d+页.{0,24}"
        r"|-? ?格式：(?:docx?|pdf|txt|pptx?)|.{0,6}版权说明：(?:本|该)文档.{0,40}|.{0,20}文档下载",
    ),
    Rule("keywords", "关键词： 关键字： 标签：", r"(?:关键[词字]|标签)：.{1,40}"),
    Rule("site-menu", "首页", r"[\[【]?首页.*"),
    Rule("breadcrumb", "> » ›", r"[\u4e00-\u9fff]{2,12}(?:[>»›][\u4e00-\u9fff]{2,12})+"),
    Rule("counter", "阅读 在看 赞", r"(?:阅读|在看|赞|点赞)\d[\d.]*[万+]?"),
    Rule(
        "site-words",
        "客户端 注册 登录 搜索 微信 微博 QQ空间 信息公开 申请公开 评论 评分 楼主 沙发 回复 积分规则 END 举报 GMT 关键 新闻热线",
        r"(?:(?:客户端|注册|登录|微信|微博|QQ空间|信息公开(?:指南|目录|年报)|依申请公开|发表评论|网友评论|评分|查看全部评分|楼主|沙发"
        r"|回复|使用道具|举报|本版积分规则|END|(?:站内)?搜索：?|请输入关键[字词])[| ]*)+|网友评论.{1,15}|GMT\+8.*|新闻热线：.{1,20}",
    ),
)
# A paragraph with 。 that fits one of these is a site's too.
PARAGRAPH_RULES = (
    Rule(
        "disclaimer",
        "声明： 提示：",
        r"(?:[【（]?(?:版权|免责|郑重|特别|法律)?声明|(?:版权|温馨)提示)】?：.*(?:本站|本网|网友|转载|来源于网络|会员|付费|积分|客服).*",
    ),
    Rule(
        "login",
        "文档 注册，",
        r"(?:下载|查看|阅读)(?:本|该|此)文档.{0,12}(?:登录|积分|付费|会员).*|(?:马上|立即|立刻)注册，.*",
    ),
)
# A sentence with one of these is an editor's; in the head of the file its whole paragraph is.
NOTE_RULES = (
    Rule("editor", "小编", r"小编(?<![大中较]小编)(?![制班组配])"),
    Rule("for-your-reading", "供大家 供您 供你 供各位", r"供(?:大家|您|你|各位)(?:参考|阅读|借鉴|学习|欣赏|查阅)"),
    Rule("for-your-reading", "欢迎", r"欢迎(?:大家)?(?:参考|阅读|借鉴|查阅)"),
    Rule("for-your-reading", "希望", r"希望(?:能)?(?:对|给)(?:大家|您|你们?)[^，。]{0,10}帮助"),
    Rule("uploaded", "来源于 来自", r"来(?:源于|自)(?:网友|网络|互联网)(?:上传|整理|收集|投稿)?"),
    Rule("uploaded", "不代表本站", r"不代表本站"),
    Rule("reprint", "转载请", r"转载请(?:注明|保留|标明)"),
    Rule(
        "more-of-this",
        "更多",
        r"更多[^，。]{0,20}(?:内容|信息|资讯|文章|范文|资料|精彩)[^，。]{0,12}(?:请|敬请|欢迎)(?:继续)?(?:关注|访问|点击|浏览|查看)",
    ),
    Rule("for-your-reading", "大家 感兴趣 喜欢本文", r"为大家(?:精心)?(?:整理|收集|搜集)|感兴趣的朋友|喜欢本文"),
    Rule("law-database", "法宝", r"北大法宝|法宝(?:快讯|V\d|联想)"),
    Rule("law-database", "所有产品", r"欢迎查看所有产品"),
)
# After one of these lines only titles of other pages follow, up to the end of the file.
TAIL_RULES = frozenset({"related-articles", "recommended", "registration", "neighbours"})
