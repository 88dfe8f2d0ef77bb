"""Writes the pages of this folder that are no UTF-8 files: layout.html (GBK, declared as UTF-8) and saved.mht."""

from base64 import encodebytes
from pathlib import Path
from quopri import encodestring

HERE = Path(__file__).parent

LAYOUT = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>红岭教育网</title></head>
<body bgcolor="#FFFFFF"><table width="760" align="center"><tr><td colspan="2"><img src="top.gif"></td></tr>
<tr><td colspan="2"><a href="index.asp">首页</a> | <a href="news.asp">教育新闻</a>
| <a href="file.asp">文件通知</a> | <a href="bbs.asp">教师论坛</a></td></tr>
<tr><td width="160" valign="top"><table><tr><td><font color="red">栏目导航</font></td></tr><tr><td><a href="a.asp">局领导</a></td></tr>
<tr><td><a href="b.asp">科室设置</a></td></tr><tr><td><a href="c.asp">学校风采</a></td></tr></table></td>
<td valign="top"><table width="100%"><tr><td align="center"><font size="4"><b>红岭县2006年教育工作总结</b></font></td></tr>
<tr><td align="center">发布日期：2006-12-25 点击：318</td></tr>
<tr><td><font size="3">　　2006年，我县教育工作以“三个代表”重要思想为指导，全面实施素质教育。<br>
　　一、“两基”成果进一步巩固。小学适龄儿童入学率达到99.8%，初中阶段入学率达到97.2%。<br>
　　二、办学条件明显改善。投入资金860万元，改造危房1.2万平方米。<br>
　　三、农村中小学现代远程教育工程全面启动，65所学校配备了卫星接收设备。<br>
<div align="right">红岭县教育局<br>二〇〇六年十二月二十日</div></font></td></tr></table></td></tr>
<tr><td colspan="2" align="center"><a href="about.asp">关于我们</a> | <a href="map.asp">网站地图</a><br>
版权所有：红岭县教育局　赣ICP备00000006号</td></tr></table></body></html>
"""

SAVED = """<html><head><title>语言文字示范校创建_市语委网</title></head><body>
<div class="nav"><a href="http://www.example.cn/">网站首页</a><a href="http://www.example.cn/tz">通知公告</a></div>
<h1>关于开展语言文字规范化示范校创建活动的通知</h1><p>各中小学、幼儿园：</p>
<p>　　经研究，决定在全市开展语言文字规范化示范校创建活动，现将有关事项通知如下。</p>
<p>　　一、各校要把普通话和规范汉字的使用纳入教学常规管理，建立健全规章制度。</p>
<p>　　二、申报材料于5月底前报市语委办公室，逾期不予受理。</p>
<div class="footer">版权所有 市语言文字工作委员会</div></body></html>
"""


def mht(page: str) -> bytes:
    """As Internet Explorer saves a page: the page and a picture, in one message."""
    body = encodestring(page.encode("gb18030")).replace(b"\n", b"\r\n")
    picture = encodebytes(b"GIF89a\1\0\1\0\0\0\0;").replace(b"\n", b"\r\n")
    head = (
        "From: <Saved by Windows Internet Explorer 8>\r\nSubject: page\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="----=_Part_0001"\r\n\r\nThis is a multi-part message.\r\n'
    )
    parts = (
        '\r\n------=_Part_0001\r\nContent-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n',
        "\r\n------=_Part_0001\r\nContent-Type: image/gif\r\nContent-Transfer-Encoding: base64\r\n\r\n",
        "\r\n------=_Part_0001--\r\n",
    )
    return (head + parts[0]).encode() + body + parts[1].encode() + picture + parts[2].encode()


FILES = {"layout.html": LAYOUT.encode("gb18030"), "saved.mht": mht(SAVED)}

if __name__ == "__main__":
    for name, data in FILES.items():
        (HERE / name).write_bytes(data)
