"""Names of the ontology → the Chinese words that a page prints, and how years, widths and short names are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Kind
from kg.pictures.widths import shorten as shorten
from kg.pictures.widths import text_width as text_width
from kg.pictures.widths import wrap as wrap
from kg.views.link import Link

if TYPE_CHECKING:
    from kg.views.records import ClaimView

KINDS: dict[Kind, str] = {
    Kind.PROGRAM: "政策项目",
    Kind.PLACE: "地方",
    Kind.POLICY_DOCUMENT: "政策文件",
    Kind.AGENCY: "机构",
    Kind.ORGANIZATION: "学校与组织",
    Kind.TARGET_GROUP: "面向群体",
}
LINKS: dict[Link, str] = {
    Link.ADOPTS: "采纳",
    Link.LEARNS_FROM: "学习借鉴",
    Link.PROMOTES: "推广",
    Link.COOPERATES: "合作",
    Link.IMPLEMENTS: "落实",
    Link.ISSUES: "印发",
    Link.SUCCEEDS: "承接",
    Link.PART_OF: "属于",
    Link.TARGETS: "面向",
    Link.RECOGNIZES: "认定",
    Link.JURISDICTION: "隶属",
    Link.WITHIN: "位于",
}
STATUSES = {
    "Planned": "计划",
    "Started": "启动",
    "Ongoing": "持续推进",
    "Completed": "已完成",
    "Ended": "已终止",
    "": "状态不详",
}
DIFFUSIONS = {"Promotes": "推广", "LearnsFrom": "学习", "Cooperates": "合作"}
DATE_KINDS = {"Stated": "句中写明", "Effective": "生效日期", "Document": "文件年份（上限）", "": "年份不详"}
LEVELS = {
    "Nation": "中央",
    "Province": "省",
    "Prefecture": "市",
    "County": "县（区）",
    "Township": "乡镇",
    "Zone": "功能区",
    "Foreign": "国外",
    "": "层级不详",
}
GENRES = {
    "Summary": "总结",
    "Plan": "计划",
    "KeyPoints": "要点",
    "Opinion": "意见",
    "ActionPlan": "行动计划",
    "Scheme": "方案",
    "Notice": "通知",
    "Report": "报告",
    "Speech": "讲话",
    "News": "报道",
    "Regulation": "法规",
    "Other": "其他",
    "": "",
}
CLAIMS = {
    "Adoption": "采纳",
    "Issuance": "印发",
    "Implementation": "落实",
    "Targeting": "面向",
    "Goal": "目标",
    "Succession": "承接",
    "Membership": "从属",
    "Recognition": "认定",
    "Diffusion": "扩散",
}
DECISIONS = {
    "place": "地方",
    "year": "年份",
    "genre": "文种",
    "agency": "机构",
    "title": "标题",
    "number": "文号",
    "date": "日期",
    "addressees": "主送机关",
    "published": "发布日期",
}
TWINS = {"copy": "重复，不重复计算", "altered": "改动过的复制件，不采信", "shares": "文字大量相同"}
LEFT_OUT = {
    "breadcrumb": "导航路径",
    "position": "当前位置",
    "time-stamp": "发布时间",
    "toolbar": "工具栏",
    "submit": "投稿入口",
    "counter": "浏览计数",
    "login": "登录提示",
    "classified-site": "信息网广告",
    "registration": "备案与版权",
    "law-database": "法规库标记",
    "source-link": "原文链接",
    "neighbours": "上下篇",
    "recommended": "推荐阅读",
    "related-articles": "相关文章",
    "editor": "小编按语",
    "for-your-reading": "供参考之语",
    "uploaded": "网友上传声明",
    "reprint": "转载声明",
    "more-of-this": "更多内容提示",
    "preview": "网站摘要",
    "repeated-title": "重复标题",
    "repeated-phrase": "堆砌的关键词",
    "page-mark": "页码",
    "empty-items": "空的序号",
    "page-menu": "网页菜单",
    "page-number": "页码",
    "running-head": "页眉页脚",
    "watermark": "水印",
    "footnote": "脚注",
    "table-of-contents": "目录",
    "margin": "页边文字",
    "page-head": "网页页头",
    "page-foot": "网页页脚",
    "page-sidebar": "网页侧栏",
    "page-tools": "网页工具",
    "page-links": "网页链接",
    "login-wall": "登录墙",
    "attribution": "来源署名",
    "byline": "作者与编辑",
    "calendar": "日历",
    "disclaimer": "免责声明",
    "document-site": "文库提示",
    "follow-us": "扫码关注",
    "keywords": "关键词",
    "pager": "翻页",
    "site-menu": "网站菜单",
    "site-words": "网站用语",
}
REPAIRS = {
    "pinyin": "夹注拼音",
    "traditional": "繁体字",
    "html-entities": "HTML 实体",
    "html-tags": "HTML 标签",
    "field-codes": "域代码",
    "shifted-bytes": "错位字节",
    "dates": "残缺日期",
    "line-ends": "断行",
    "mail-quotes": "邮件引用符",
}
GIVEN = {"title": "标题", "place": "地方", "year": "年份", "date": "日期", "url": "网址", "by": "出处"}


def year_text(claim: ClaimView) -> str:
    """2013, 2013–2015, or ≤2013 where only the document's year is known; empty where no year is."""
    if claim.year is None:
        return ""
    years = str(claim.year)
    if claim.year_to is not None and claim.year_to != claim.year:
        years += f"–{claim.year_to}"
    return f"≤{years}" if claim.date_kind == "Document" else years
