"""A web page (HTML or MHT) → the text of the whole page, with what stands around the document marked as left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from email import message_from_bytes
from email.message import Message
from itertools import groupby
from typing import Any, NamedTuple

from kg.errors import UnreadableFile
from kg.model import LeftOut, Span
from kg.patterns import regex
from kg.texts.decoding import Decoded, decode
from kg.texts.formats.extract import Extract
from kg.texts.readable import check_readable

HEAD = 4096  # bytes in which a page declares its charset
LARGEST = 40_000_000  # characters of a page that are parsed
LARGEST_SEARCHED = 2_000_000  # characters of a page in which trafilatura looks for the document
MIN_FOUND = 1 / 3  # share of the page's own Chinese text below which trafilatura has not found the document
BODY = 25  # characters outside links, with a 。 among them: a paragraph of running text
LONGEST_CELL = 300  # characters of a table cell; longer ones show that the table arranges the page
LONG_LINE = 15  # characters from which a line is looked for within the lines of the found text
TRIES = 500  # long lines that are looked for
DEEPEST = 2000  # nested elements; the parser drops what lies deeper
HEADING_LINES = 12  # lines above the title that may be its metadata

SKIPPED = frozenset("script style template noscript head title select button svg textarea object applet".split())
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code del dfn em font i img input ins kbd label mark nobr q s samp small span "
    "strike strong sub sup tt u var wbr".split()
)
CELLS = ("td", "th")
AROUND = {"nav": "page-menu", "aside": "page-sidebar", "footer": "page-foot", "header": "page-head"}
# Words of class and id that name a piece of furniture; a piece that holds a paragraph of running text is none.
AROUND_WORDS = {
    "page-menu": "nav navbar navigation menu submenu topnav mainnav breadcrumb breadcrumbs crumb crumbs position",
    "page-sidebar": "sidebar aside related relate recommend hot hotlist friendlink friendlinks qrcode",
    "page-foot": "footer foot copyright",
    "page-head": "topbar header search login",
    "page-tools": "share toolbar bdsharebuttonbox fontsize pager pagination comment comments ad ads advert adsbygoogle",
}
REASONS = {word: reason for reason, words in AROUND_WORDS.items() for word in words.split()}
FILES = r"pdf|docx?|wps|ofd|xlsx?|et|rtf|zip|rar|7z|txt"

_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})|<\?xml[^>]{0,80}encoding=["']([\w.:-]{1,40})""", re.I
)
_XML_DECLARATION = regex(r"<\?xml[^>]{0,200}>", re.I)
_NOT_XML = regex("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WRAPPERS = regex(r"</?(?!(?:p|br|h[1-6]|a|html|head|body|title|meta|script|style)\b)([a-z][\w:-]*)[^<>]*>", re.I)
_WORD = regex(r"[a-z]+")
_HIDDEN = regex(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
_BREAK_IN_CHINESE = regex(f"(?<=[{_WIDE}])[ \t\f]*[\r\n][ \t\r\n\f]*(?=[{_WIDE}])")
_BLANKS = regex(r"[ \r\n\f]+")
_HAN = regex("[\u3400-\u9fff]")
_SIGNS = regex(r"[\s|\-\u200b\ufeff]+")
_FILE = regex(rf"[^\s?&=\"'<>]+\.(?:{FILES})(?=$|[?&#\"'])", re.I)
_SITE = regex(r"\s*[_|–—-]+\s*")
_HEADING = regex(
    r"(?:索\s*引\s*号|发文字号|文\s*号|发布机构|发文机[关构]|公开主体|发文日期|成文日期|发布日期|发布时间|生成日期|公开日期"
    r"|主\s*题\s*[分词]|信息名称|名\s*称|有\s*效\s*性|体裁|来\s*源|日\s*期|时\s*间)"
    r"|[〔\[（(](?:19|20)\d\d[〕\])）]|\d{4}\s*[年.-]\s*\d{1,2}\s*[月.-]\s*\d{1,2}|(?:文件|公报)$"
)
_CLOSING = regex(
    r"(?:19|20|二[〇○O])\S{0,4}年\S{1,3}月\S{1,3}日|^附(?:件|表|录)|^抄\s*[送报]|^主题词|印发$|(?:局|厅|府|委|室|会|院|校|部|组)$"
)
_TAIL = regex(
    r"^[\s·*【\[（(]*(?:上一[篇页条]|下一[篇页条]|相关(?:阅读|文章|链接|推荐|信息|新闻|文档|资料)|推荐(?:阅读|文章)|热门(?:推荐|文章|文档)|VIP推荐"
    r"|猜你喜欢|延伸阅读|[您你]可能|责任编辑|编辑：|打印|关闭|分享|扫一扫|返回顶部|网站地图|版权所有|主办单位|友情链接|关于我们"
    r"|[Cc]opyright|©|.{0,4}导航$)|ICP备|公网安备|网站标识码"
)
_NOTE = regex(r"版权|转载|免责|ICP备|小编|本站|网友|不代表")
_LOGIN = regex(
    r"登[录陆]后?(?:即可|可|可以|才能|方可)?(?:继续)?(?:查看|阅读|浏览)(?:全文|更多|完整|剩余)?|(?:开通|成为)(?:会员|VIP).{0,8}(?:查看|阅读|下载)"
    r"|(?:付费|购买|支付)后?(?:即可)?(?:查看|阅读)(?:全文|完整|剩余)|试读(?:已)?结束|剩余.{0,8}(?:未读|内容).{0,8}(?:登[录陆]|会员|付费|下载)"
)


class Line(NamedTuple):
    """A line of the page as a reader sees it."""

    text: str
    signs: str  # without blanks and bars, as lines of two extractions are compared
    linked: int  # signs of it that lead to another page
    is_heading: bool  # stands in <h1>
    piece: int  # the innermost piece of furniture it stands in, -1 for none

    @property
    def is_link(self) -> bool:
        return 5 * self.linked >= 4 * len(self.signs)

    @property
    def is_body(self) -> bool:
        return "。" in self.text and len(self.signs) - self.linked >= BODY

    @property
    def own_chinese(self) -> int:
        return 0 if self.is_link else len(_HAN.findall(self.signs))


class Piece(NamedTuple):
    """An element that its name or class calls a menu, a footer …"""

    reason: str
    by_tag: bool


class Page(NamedTuple):
    """What one walk over a page gives."""

    lines: list[Line]
    pieces: list[Piece]
    titles: frozenset[str]  # as signs
    files: tuple[str, ...]  # linked or framed documents
    frames: tuple[str, ...]  # pages that a frameset shows


def read_html(data: bytes) -> Extract:
    """The page's text; `left_out` are its menus, sidebars and footers."""
    return _read_page(data, _declared(data), "html")


def read_mht(data: bytes) -> Extract:
    """The text of a page that a browser saved with its pictures as one mail message."""
    try:
        message = message_from_bytes(data.lstrip(b"\xef\xbb\xbf \t\r\n"))
        page = _root(message)
        content = page.get_payload(decode=True) if page is not None else None
        charset = str(page.get_content_charset("") or "") if page is not None else ""
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise UnreadableFile(
            "damaged MHT file: its parts cannot be taken apart; save the page again as HTML"
        ) from error
    if page is None and b"<html" in data[:HEAD].lower():
        return read_html(data)
    if not isinstance(content, bytes) or not content:
        raise UnreadableFile("no web page in this MHT file; save the page again as HTML")
    return _read_page(content, charset or _declared(content), "mht")


def _root(message: Message) -> Message | None:
    """The part that `start` names, else the first page, else the first plain text."""
    start = message.get_param("start")
    parts = [part for part in message.walk() if not part.is_multipart()]
    pages = [part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    named = [part for part in pages if start and part.get("Content-ID") == start]
    plain = [part for part in parts if part.get_content_type() == "text/plain" and message.is_multipart()]
    return next(iter(named or pages or plain), None)


def _declared(data: bytes) -> str:
    """The charset that the page names for itself.

    >>> _declared(b'<meta http-equiv="Content-Type" content="text/html; charset=gb2312">')
    'gb2312'
    """
    found = _DECLARED.search(data[:HEAD])
    return (found[1] or found[2]).decode("ascii") if found else ""


def _read_page(data: bytes, declared: str, form: str) -> Extract:
    decoded = decode(data, declared, check=False)
    source = _NOT_XML.sub("", _XML_DECLARATION.sub("", decoded.text, count=1))
    if len(source) > LARGEST:
        raise UnreadableFile(
            f"page of {len(source) // 1_000_000} million characters: too large; split it into several files"
        )
    page = _page(source)
    reasons = _reasons(page, _found(source))
    text = "\n".join(line.text for line in page.lines)
    kept = [line for line, reason in zip(page.lines, reasons, strict=True) if not reason]
    _check_own_text(page, kept)
    return Extract(
        text,
        form,
        decoded.encoding,
        left_out=tuple(_left_out(page.lines, reasons)),
        doubts=tuple(_doubts(decoded, page, kept, text)),
    )


def _check_own_text(page: Page, kept: Sequence[Line]) -> None:
    text = "\n".join(line.text for line in kept)
    if text and (_HAN.search(text) or not (page.files or page.frames)):
        check_readable(text)
        return
    if page.files:
        raise UnreadableFile(f"the page holds no text of its own, only a link to {page.files[0]}; give that file")
    if page.frames:
        raise UnreadableFile(f"the page holds no text of its own, only frames; give the page {page.frames[0]}")
    raise UnreadableFile("the page holds no text of its own; its text may be loaded by a script: save it in a browser")


def _doubts(decoded: Decoded, page: Page, kept: Sequence[Line], text: str) -> Iterator[str]:
    if decoded.doubt:
        yield decoded.doubt
    if wall := _LOGIN.search(text):
        yield f"the page shows its whole text only to those who log in or pay (“{wall[0]}”): the text may be cut"
    if page.files and not any(line.is_body for line in kept):
        yield f"the page holds no text of its own, only a link to {page.files[0]}: read that file, too"


def _left_out(lines: Sequence[Line], reasons: Sequence[str]) -> Iterator[LeftOut]:
    """Neighbouring lines of one reason as one stretch, the line break after them included."""
    start = 0
    length = sum(len(line.text) + 1 for line in lines) - 1
    for reason, group in groupby(zip(lines, reasons, strict=True), key=lambda pair: pair[1]):
        end = start + sum(len(line.text) + 1 for line, _ in group)
        if reason:
            yield LeftOut(Span(start, min(end, length)), reason)
        start = end


def _page(source: str) -> Page:
    """The page; one that is nested too deep for the parser is read without its wrapping elements."""
    root = _parsed(source)
    walk = _Walk(root)
    if walk.deepest >= DEEPEST:
        root = _parsed(_WRAPPERS.sub(lambda tag: "" if _is_inline(tag[1].lower()) else "<br>", source))
        walk = _Walk(root)
    if walk.deepest >= DEEPEST:
        raise UnreadableFile(f"page of more than {DEEPEST} nested elements: damaged; save it again as text")
    return Page(walk.lines, walk.pieces, frozenset(_titles(root)), tuple(walk.files), tuple(walk.frames))


def _parsed(source: str) -> Any:
    from lxml import etree

    parser = etree.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(source, parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableFile(
            f"damaged page: its markup cannot be read ({type(error).__name__}); save it again"
        ) from error
    if root is None:
        raise UnreadableFile("empty page: there is nothing in it but comments")
    return root


class _Walk:
    """One pass over the elements of a page in document order; no recursion, because pages may be nested deep."""

    def __init__(self, root: Any) -> None:
        from lxml import etree

        self.lines: list[Line] = []
        self.pieces: list[Piece] = []
        self.files: list[str] = []
        self.frames: list[str] = []
        self.deepest = 0
        self._text: list[str] = []
        self._linked: list[str] = []
        self._heading = False
        self._in_heading = self._in_link = self._in_pre = self._in_article = 0
        self._open: list[tuple[Any, int]] = []  # elements that are pieces of furniture, the innermost last
        self._data_tables = _data_tables(root)
        self._in_data = self._in_cell = 0  # within a table of data, within a cell of one
        walk = etree.iterwalk(root, events=("start", "end"))
        depth = 0
        for event, element in walk:
            tag = _tag(element)
            if event == "start":
                depth += 1
                self.deepest = max(self.deepest, depth)
                self._note_files(tag, element)
                if _is_skipped(tag, element):
                    walk.skip_subtree()
                else:
                    self._start(tag, element)
            else:
                depth -= 1
                if not _is_skipped(tag, element):
                    self._end(tag, element)
                self._add(element.tail)
        self._break()

    def _start(self, tag: str, element: Any) -> None:
        if not self._is_inline(tag):
            self._break()
        self._in_article += tag in ("article", "main")
        if (piece := _piece(tag, element)) and not (tag == "header" and self._in_article):
            self._open.append((element, len(self.pieces)))
            self.pieces.append(piece)
        self._in_data += element in self._data_tables
        self._in_heading += tag == "h1"
        self._in_link += tag == "a" and _leads_away(element)
        self._in_pre += tag == "pre"
        self._in_cell += tag in CELLS and self._in_data > 0
        self._add(element.text)

    def _end(self, tag: str, element: Any) -> None:
        if tag in CELLS and self._in_data:
            self._in_cell -= 1
            self._text.append("\t" if element.getnext() is not None else "")
        elif tag == "br" and self._in_cell:
            self._add(" ")
        elif not self._is_inline(tag):
            self._break()
        self._in_data -= element in self._data_tables
        self._in_article -= tag in ("article", "main")
        self._in_heading -= tag == "h1"
        self._in_link -= tag == "a" and _leads_away(element)
        self._in_pre -= tag == "pre"
        if self._open and self._open[-1][0] is element:
            self._open.pop()

    def _is_inline(self, tag: str) -> bool:
        """Within a cell of data everything is."""
        return _is_inline(tag) or bool(self._in_cell) or (tag in CELLS and bool(self._in_data))

    def _add(self, text: str | None) -> None:
        if not text:
            return
        if self._in_pre and not self._in_cell:
            *whole, text = text.split("\n")
            for line in whole:
                self._append(line)
                self._break()
        self._append(text)

    def _append(self, text: str) -> None:
        text = _NOT_XML.sub("", text.replace("\t", " "))
        self._text.append(text)
        self._heading = self._heading or (self._in_heading > 0 and not text.isspace())
        if self._in_link:
            self._linked.append(text)

    def _break(self) -> None:
        if not self._text:
            return
        text = _tidied("".join(self._text))
        if text:
            linked = len(_SIGNS.sub("", "".join(self._linked)))
            piece = self._open[-1][1] if self._open else -1
            self.lines.append(Line(text, _SIGNS.sub("", text), linked, self._heading, piece))
        self._text.clear()
        self._linked.clear()
        self._heading = False

    def _note_files(self, tag: str, element: Any) -> None:
        address = element.get("href" if tag == "a" else "data" if tag == "object" else "src") or ""
        if tag in ("a", "iframe", "embed", "object", "frame") and (found := _FILE.search(address)):
            self.files.append(found[0])
        elif tag == "frame" and address:
            self.frames.append(address)


def _tag(element: Any) -> str:
    return element.tag.lower() if isinstance(element.tag, str) else ""


def _is_inline(tag: str) -> bool:
    """Elements of Word, such as o:p, are, too."""
    return tag in INLINE or ":" in tag


def _is_skipped(tag: str, element: Any) -> bool:
    """Hidden words within a line are traps for copiers; hidden blocks may be the rest of the text, to be unfolded."""
    return tag in SKIPPED or (tag in INLINE and bool(_HIDDEN.search(element.get("style") or "")))


def _tidied(text: str) -> str:
    """Blanks as a browser shows them; a line break between Chinese characters is none; tabs stand between cells."""
    cells = (_BLANKS.sub(" ", cell).strip(" ") for cell in _BREAK_IN_CHINESE.sub("", text).split("\t"))
    line = "\t".join(cells).rstrip("\t ")
    return line if _SIGNS.sub("", line) else ""


def _data_tables(root: Any) -> frozenset[Any]:
    """Tables that hold data, whose rows are lines; others only arrange the page."""
    tables = list(root.iter("table"))
    outer = {next(table.iterancestors("table"), None) for table in tables}
    return frozenset(table for table in tables if table not in outer and _is_data_table(table))


def _is_data_table(table: Any) -> bool:
    cells = list(table.iter(*CELLS))
    rows = [sum(_tag(cell) in CELLS for cell in row) for row in table.iter("tr")]
    return max(rows, default=0) > 1 and all(len("".join(cell.itertext())) <= LONGEST_CELL for cell in cells)


def _leads_away(link: Any) -> bool:
    """To another page, not within this one and not to an attached file."""
    address = (link.get("href") or "").strip()
    return bool(address) and not address.startswith("#") and not _FILE.search(address)


def _piece(tag: str, element: Any) -> Piece | None:
    if tag in AROUND:
        return Piece(AROUND[tag], True)
    if tag in ("html", "body", "form", "main", "article"):
        return None
    role = element.get("role") or ""
    if role in ("navigation", "contentinfo", "complementary"):
        return Piece({"navigation": "page-menu", "contentinfo": "page-foot"}.get(role, "page-sidebar"), True)
    names = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
    reason = next((REASONS[word] for word in _WORD.findall(names) if word in REASONS), "")
    return Piece(reason, False) if reason else None


def _titles(root: Any) -> Iterator[str]:
    """What the page calls its document, also without the names of the site after it."""
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").lower()
        if name in ("articletitle", "og:title", "title"):
            yield _SIGNS.sub("", meta.get("content") or "")
    for title in root.iter("title"):
        parts = _SITE.split("".join(title.itertext()).strip())
        yield from (_SIGNS.sub("", "".join(parts[:count])) for count in range(1, len(parts) + 1))


def _found(source: str) -> list[str]:
    """The lines that trafilatura takes for the document, as signs."""
    if len(source) > LARGEST_SEARCHED:
        return []
    import trafilatura

    text = trafilatura.extract(
        source,
        output_format="txt",
        favor_recall=True,
        include_tables=True,
        include_comments=False,
        deduplicate=False,
        fast=True,
    )
    return [signs for line in (text or "").splitlines() if (signs := _SIGNS.sub("", line))]


def _reasons(page: Page, found: Sequence[str]) -> list[str]:
    """For each line why it is left out, or nothing: the document is from its title to the last line that was found."""
    furniture = _furniture(page)
    lines = page.lines
    own = sum(line.own_chinese for line, reason in zip(lines, furniture, strict=True) if not reason)
    matched = _matched(lines, furniture, found)
    if sum(len(_HAN.findall(line)) for line in found) < MIN_FOUND * own or not matched:
        matched = {i for i, line in enumerate(lines) if not furniture[i] and not line.is_link}
    if not matched:
        return furniture
    last = _end(lines, furniture, max(matched))
    first = _start(page, furniture, min(min(matched), last))
    inside = [reason or _reason_inside(page, line) for line, reason in zip(lines, furniture, strict=True)]
    inside = _with_headings(lines, inside)[first : last + 1]
    return ["page-head"] * first + inside + ["page-foot"] * (len(lines) - last - 1)


def _reason_inside(page: Page, line: Line) -> str:
    """Links to other documents, and calls to log in, also stand in the middle of a text."""
    if line.is_link and not _is_title(page, line):
        return "page-links"
    return "login-wall" if _LOGIN.search(line.text) and not line.is_body else ""


def _furniture(page: Page) -> list[str]:
    """The reason of the piece that a line stands in, unless the piece holds running text."""
    running: dict[int, int] = {}
    for line in page.lines:
        if line.is_body and not _NOTE.search(line.text):
            running[line.piece] = running.get(line.piece, 0) + line.own_chinese
    total = sum(running.values())
    text = {i for i, piece in enumerate(page.pieces) if running.get(i, 0) > (total / 2 if piece.by_tag else 0)}
    headed = {line.piece for line in page.lines if line.is_heading and line.piece >= 0}
    text |= {piece for piece in headed if page.pieces[piece].reason == "page-head"}
    return ["" if line.piece < 0 or line.piece in text else page.pieces[line.piece].reason for line in page.lines]


def _is_title(page: Page, line: Line) -> bool:
    return line.is_heading or line.signs in page.titles


def _matched(lines: Sequence[Line], furniture: Sequence[str], found: Sequence[str]) -> set[int]:
    """Lines that were found, whole or, if long, within a longer one; only the outermost of the latter are looked for."""
    whole = set(found)
    candidates = [i for i, line in enumerate(lines) if not furniture[i] and line.signs]
    matched = {i for i in candidates if lines[i].signs in whole}
    joined = "\n".join(found)
    long = [i for i in candidates if len(lines[i].signs) >= LONG_LINE and i not in matched]
    for order in (long[:TRIES], long[-TRIES:][::-1]):
        inner = next((i for i in order if lines[i].signs in joined), None)
        matched |= {inner} if inner is not None else set()
    return matched


def _start(page: Page, furniture: Sequence[str], first: int) -> int:
    """Back to the title and to the lines above it that tell number, issuer and date."""
    lines = page.lines
    above = range(first, -1, -1)
    titled = (i for i in above if not furniture[i] and (_is_title(page, lines[i]) or _is_split_title(page, i)))
    start = next(titled, first)
    for i in range(start - 1, max(start - HEADING_LINES, 0) - 1, -1):
        if furniture[i] or lines[i].is_link:
            break
        if _HEADING.search(lines[i].text) or lines[i].is_body:
            start = i
    return start


def _is_split_title(page: Page, at: int) -> bool:
    return any("".join(line.signs for line in page.lines[at : at + count]) in page.titles for count in (2, 3))


def _end(lines: Sequence[Line], furniture: Sequence[str], last: int) -> int:
    """On to signature, date and attachments, and to paragraphs that follow; back over links and a site's notes."""
    end = last
    for i in range(last + 1, len(lines)):
        line = lines[i]
        if furniture[i] or line.is_link or _TAIL.search(line.text):
            break
        if _CLOSING.search(line.text) or (line.is_body and not _NOTE.search(line.text)):
            end = i
    bodies = (
        i for i in range(end, -1, -1) if not furniture[i] and lines[i].is_body and not _NOTE.search(lines[i].text)
    )
    body = next(bodies, 0)
    tail = next((i for i in range(body + 1, end + 1) if _TAIL.search(lines[i].text)), end + 1)
    while tail > 1 and (lines[tail - 1].is_link or furniture[tail - 1]):
        tail -= 1
    return tail - 1


def _with_headings(lines: Sequence[Line], reasons: list[str]) -> list[str]:
    """With the headings of the lists of links that are left out."""
    for i in range(len(lines) - 1):
        if reasons[i + 1] == "page-links" and not reasons[i] and _TAIL.search(lines[i].text):
            reasons[i] = "page-links"
    return reasons
