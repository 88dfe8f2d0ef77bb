"""Names of places that are read otherwise than their characters usually are, with their reading: 单县 is shàn xiàn, not dān xiàn.

The readings are those by which the places romanise their own names (Shanxian, Xunxian, Xingyang, Guoyang); most stand in
public lists of place names that are often misread. They serve the search alone.
"""

from __future__ import annotations

READINGS = {
    "东阿": "dōng ē",
    "乐亭": "lào tíng",
    "乐清": "yuè qīng",
    "亳州": "bó zhōu",
    "伽师": "jiā shī",
    "六合": "lù hé",
    "六安": "lù ān",
    "单县": "shàn xiàn",
    "厦门": "xià mén",
    "大埔": "dà bù",
    "宕昌": "tàn chāng",
    "尉犁": "yù lí",
    "朝阳": "cháo yáng",
    "枞阳": "zōng yáng",
    "泌阳": "bì yáng",
    "洪洞": "hóng tóng",
    "浚县": "xùn xiàn",
    "涡阳": "guō yáng",
    "渑池": "miǎn chí",
    "犍为": "qián wéi",
    "番禺": "pān yú",
    "筠连": "jūn lián",
    "繁峙": "fán shì",
    "荥经": "yíng jīng",
    "荥阳": "xíng yáng",
    "蔚县": "yù xiàn",
    "重庆": "chóng qìng",
    "铅山": "yán shān",
    "长丰": "cháng fēng",
    "长兴": "cháng xīng",
    "长垣": "cháng yuán",
    "长治": "cháng zhì",
    "黄陂": "huáng pí",
}
