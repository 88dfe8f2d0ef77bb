"""A word list with counts and the places in; words.csv out: the words that tell a place name from a piece of another word.

    python scripts/build_words.py --dictionary jieba/dict.txt --places data/lexicons/places.csv --out data/lexicons

`--dictionary` is dict.txt of github.com/fxsjy/jieba (MIT): word, count, part of speech. data/README.md says what the rows mean.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

COMMON = 100  # a word that is seen less often decides no border
KNOWN = 3  # a landmark
LONGEST = 4  # characters
NAMES_OF_PEOPLE = re.compile("nr")
NAMES_OF_PLACES = re.compile("ns|nr|nt")
# 长白山, 中山路, 杭州湾: what lies at a place, or only bears its name.
LANDMARK = re.compile(
    r"(?:山|江|湖|河|路|街|湾|岛|海|门|关|岭|桥|峡|峰|寺|港|滩|洲|大道|公园|半岛|水库|盆地|平原|走廊)$"
)
SUFFIX = re.compile(r"(?:省|市|地区|县|区|盟|旗|州)$")
# Words of policy texts that the dictionary lacks or counts too low.
OF_POLICY = {
    5000: "巴丹吉林 宁德时代 北京时间 延安精神 大庆精神 红旗渠 常春藤 天下大同 连片 县城 青少年 县域 区域 片区 园区 "
    "校区 主城区 县区 市县 县管 县聘 区管 市域 省域 镇域 乡镇 村镇 城镇 集镇 都市圈 都市 医联体 医共体 欠发达 "
    "示范县 示范区 示范校 合作区 老旧 提质 增效 赋能 托底 统筹 规范 县中 市直 县直 省直 省级 市级 县级 区级 "
    "校级 新增 确保 医保 社保 校长 中心校 中心镇 重点镇 特色镇 建制镇 小城镇 文明村 文明镇 新高考 新课标 辖区 "
    "市辖区 东部 西部 中部 东南 西南 东北 西北 华东 华南 华北 华中 粤北 粤东 粤西 苏北 苏南 皖北 皖南 鲁中 "
    "鲁南 鲁西 豫东 豫南 豫西 豫北 鄂东 鄂西 鄂北 湘南 湘北 川东 川南 川西 川北 陕南 陕北 辽西 辽东 辽南 辽北 "
    "浙东 浙南 浙西 浙北 闽南 闽北 冀中 冀南 冀北 晋北 晋南 滇西 滇中 黔东 黔北 桂北 桂西 蒙东 蒙西 医疗 集团 "
    "联合体 办园 办学 学区 学区化 幼教 职教 特教 市场 市民 山区 库区 牧区 林区 灾区 景区 城区 社区 校车 本土 "
    "资本 成本 样本 基本",
}
# Place names that are ordinary words of policy texts: as often as this, and now and then.
ORDINARY = {
    5000: "新建 城区 市区 郊区 矿区 新区 老城区 新城区",
    2000: "资源 合作 和平 建设 开放 民主 团结 文化 互助 通道 同心 平安 文明 大方 前进 解放 友好 东方 公安 共和 安居 "
    "安定 发展 振兴 光明 红旗 中心 宣传 健康 安全 普通 高级 成功 富强 国庆 平等 南部 大通道",
    1200: "白银 天山 太湖 洪湖 巢湖 梁子湖 泰山 庐山 衡山 恒山 华山 嵩山 向阳 红星 东风 新华 先锋 古城 老城 新城 "
    "港口 勤劳 利民 高明 城东 城西 城南 城北 城中 江东 江北 江南 河东 河西 东城 西城 南山 北山 南岸 新市 市中 "
    "市南 市北 海港 海滨 滨海 滨江 沿河 河口 东湖 西湖 南湖 北湖 东山 西山 南关 北关 桥东 桥西 路南 路北 城关 "
    "新兴 振安 钟楼 大观 永定 站前 铁东 铁西 富民 惠民 惠农 爱民 裕民 康乐 乐业 兴业 兴国 兴文 长寿 武功 清水 "
    "平和 安平 安宁 开化 开远 民乐 民权 中方 成武 文成 德化 修文 化德 同德 尚义 尚志 崇文 崇礼 崇义 博爱 大名 "
    "五常 四会 建始 教化 会同 平定 平远 新田 大田 三江 三门 三台 三原 富平 富源 三水 正定 新和 新民 新河 新安 "
    "新平 新丰 长丰 长顺 长乐 长兴 多伦 海北 海西 永和 平顺 安福 安乡 安化 保康 上思 理工",
    300: "磐石 延寿 仁寿 盐池 五台 天台 玉田 盐田 牧野 北辰 天全 明水 始兴 双清 集美 平乐 平果 梨树 围场 修水 云霄 "
    "赤水 白塔 古塔 双塔 阳春 天长 红塔 红桥 双桥 双峰 金牛 金塔 天心 天元 天柱 铜鼓 石鼓 宝塔 灵宝 雨花 海珠 "
    "海晏 思明 和硕 神木 灵石 石楼 团风 响水 景泰 文安 新源 建水 建德 同安 永兴 兴宁 兴隆 兴平 永平 永安 永宁 "
    "永泰 永康 永春 宁海 宁远 乐平 乐至 安仁 安义 仁化 仁和 博野 莲湖 莲池 故城 清河 阳明 港口 万山 梅江 锦江 "
    "黄龙 方城 从化 奉化 大悟 双城 龙江 中原 红山 江海 滨湖 通江 平原 太平 南海 金凤 木兰 东至 柳江 西沙 沙河 "
    "黄埔 东坡 山城 山阳 浮山 徽州 钟山 长白 和顺 大关 盐湖 凤凰 故城 柳林 兰西 商城 黄梅 兴海 瑞金 同仁 临江 "
    "临河 唐河 麒麟 友谊 牡丹 温泉 华龙 开平 云和 武都 平陆 黄岩 崆峒 雅江 金沙 金川 科尔沁 若尔盖 武夷山 "
    "丹江口 积石山 长治 安康 三明 来宾 百色 普洱 文昌 北海 日照 大同 中卫 四平 丽水 朝阳 中山 玉树 和田 阿里 "
    "白山 白城 黑河 河源 海东 山南 开封 宝山 普陀 白云 青山 金山 南沙 大兴 大安 鼓楼 黄山 黄石 通化 长安 广安 "
    "定西",
}
# Names that the dictionary takes for other words than place names, though they hardly ever are.
NOT_ORDINARY = set(
    "石首 仙桃 孝感 大冶 常熟 弥勒 监利 麻城 应城 赤壁 竹溪 宝应 海盐 龙口 高密 河间 灵台 临清 融水 库车 大连 "
    "通州 南开 武侯".split()
)
# Words that hold a place's name and still mean the place: 台湾地区, 北京城.
STILL_THE_PLACE = re.compile(r"(?:地区|城|人|省委|省政府|市委|市政府|市政协|式|站|队|区|国)$")


class Word(NamedTuple):
    """A line of the dictionary."""

    text: str
    times: int
    sort: str


def read_words(path: Path) -> Iterator[Word]:
    """The words of Chinese characters, two to four of them."""
    for line in path.read_text(encoding="utf-8").splitlines():
        text, count, sort = line.split(" ")
        if 2 <= len(text) <= LONGEST and re.fullmatch(r"[\u4e00-\u9fff]+", text):
            yield Word(text, int(count), sort)


def place_names(path: Path) -> dict[str, bool]:
    """Every full and short name of places.csv; whether counties alone bear it as their short form."""
    names: dict[str, bool] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            short = SUFFIX.sub("", row["name"])
            for form in (row["name"], short, *row["aliases"].split("|")):
                of_county = row["level"] == "County" and form == short
                names[form] = names.get(form, True) and of_county
    return {name: of_counties for name, of_counties in names.items() if len(name) >= 2}


def kept(word: Word, names: Mapping[str, bool]) -> bool:
    """Whether a word can tell where a name begins and ends, or is the name of counties and an ordinary word too."""
    if word.text in names:
        ordinary = names[word.text] and word.text not in NOT_ORDINARY and not NAMES_OF_PLACES.match(word.sort)
        return ordinary and word.times >= COMMON
    if any(word.text[:at] in names and word.text[at:] in names for at in range(2, len(word.text) - 1)):
        return False
    held = _holds(word.text, names)
    if held and LANDMARK.search(word.text) and not NAMES_OF_PEOPLE.match(word.sort):
        return word.times >= KNOWN
    if held and (NAMES_OF_PLACES.match(word.sort) or STILL_THE_PLACE.search(word.text)):
        return False
    return word.times >= COMMON and not (NAMES_OF_PEOPLE.match(word.sort) and len(word.text) > 2)


def _holds(text: str, names: Mapping[str, bool]) -> bool:
    return any(text[a:b] in names for a in range(len(text)) for b in range(a + 2, len(text) + 1))


def counted(words: Iterator[Word], names: Mapping[str, bool]) -> Mapping[str, int]:
    """Word → count, with the words of policy texts."""
    counts = {word.text: word.times for word in words if kept(word, names)}
    for count, more in (*OF_POLICY.items(), *ORDINARY.items()):
        for text in more.split():
            counts[text] = count if text in names else max(count, counts.get(text, 0))
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dictionary", type=Path, required=True, help="dict.txt (jieba)")
    parser.add_argument("--places", type=Path, required=True, help="places.csv")
    parser.add_argument("--out", type=Path, required=True, help="folder for words.csv")
    wanted = parser.parse_args()
    counts = counted(read_words(wanted.dictionary), place_names(wanted.places))
    with (wanted.out / "words.csv").open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(["word", "count"])
        writer.writerows(sorted(counts.items()))
    print(f"{len(counts)} words")


if __name__ == "__main__":
    main()
