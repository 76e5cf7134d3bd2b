"""Who is responsible for each of the 148 tasks, typed from the notices by hand, never from the readings.

牵 lead, 责 responsible, 配 support; * a group phrase, ~ only possibly, ^ taken from the row above, ? not of the cell.
"""

from typing import Final

ALL: Final = "各科室、单位"

JIANGMEN: Final = {
    "1": "牵综合规划科 配各专项规划涉及科室~",
    "2": "牵综合规划科 配各专项规划涉及科室~",
    "3": "牵登记注册科 配各业务科室~",
    "4": "牵综合规划科 配各涉及科室~",
    "5": "责各相关业务科室~ 责执法监督科",
    "6": "责执法监督科 责价监竞争科",
    "7": "牵财审科",
    "8": "牵财审科^",
    "9": f"牵认证信息科 配{ALL}*",
    "10": "责执法监督科 责登记注册科 责价监竞争科",
    "11": f"责{ALL}*",
    "12": "牵协调应急科 责疫情防控各工作组、各专班及相关科室、单位~",
    "13": "牵食品市场科",
    "14": "责各业务科室、单位~",
    "15": "责各业务科室、单位~",
    "16": f"牵办公室 责{ALL}*",
    "17": f"牵政策法规科 配{ALL}*",
    "18": "牵办公室",
    "19": "牵综合规划科 配各相关科室~",
    "20": "牵综合规划科 配各相关科室~",
    "21": "牵办公室 牵综合规划科 牵消委会 配各科室*",
    "22": "责综合规划科",
    "23": f"牵政策法规科 配{ALL}*",
    "24": f"牵政策法规科^ 配{ALL}^",
    "25": f"牵政策法规科^ 配{ALL}^",
    "26": f"牵办公室 牵登记注册科 牵认证信息科 配{ALL}*",
    "27": f"牵综合规划科 配{ALL}*",
    "28": f"牵办公室 配{ALL}*",
    "29": f"牵办公室 配{ALL}*",
    "30": "牵办公室 责各科室、各单位*",
    "31": f"牵办公室 配{ALL}*",
    "32": "牵办公室 配财审科 配价监竞争科",
    "33": f"牵办公室 配{ALL}*",
    "34": "责办公室",
    "35": f"牵办公室 配{ALL}*",
    "36": f"牵办公室^ 配{ALL}^",
    "37": f"牵办公室 责{ALL}*",
    "38": f"牵办公室^ 责{ALL}^",
    "39": f"牵办公室^ 责{ALL}^",
}

BUREAU: Final = "责局机关科室、中心、执法支队*"
BUREAU_WITHOUT_BRIGADE: Final = "责局机关科室、中心*"
LIUPANSHUI: Final = {
    "一(一)": f"牵登记注册科 {BUREAU}",
    "一(二)": f"牵应急宣传科 {BUREAU}",
    "一(三)": f"牵政策法规科 牵登记注册科 牵信用监管科 {BUREAU}",
    "一(四)1": f"牵政策法规科 牵登记注册科 {BUREAU}",
    "一(四)2": f"牵信用监管科 牵登记注册科 {BUREAU}",
    "一(四)3": f"牵登记注册科 {BUREAU}",
    "一(四)4": f"牵网络值班科室 {BUREAU}",
    "一(四)5": f"牵网络值班科室 {BUREAU_WITHOUT_BRIGADE}",
    "一(四)6": f"牵执法支队 {BUREAU_WITHOUT_BRIGADE}",
    "一(四)7": f"牵登记注册科 牵执法支队 {BUREAU_WITHOUT_BRIGADE}",
    "二(一)": f"牵办公室 {BUREAU}",
    "二(二)": f"牵办公室 牵政策法规科 {BUREAU}",
    "三(一)": f"牵办公室 牵科技与信息化科 {BUREAU}",
    "三(二)": f"牵办公室 牵科技与信息化科 {BUREAU}",
    "四(一)": "牵局政务公开领导小组办公室",
    "四(二)": "牵局政务公开领导小组办公室 责各科室*",
}

SERVICE: Final = "广电旅游和公共服务股(行政审批服务股)"
OFFICE_LEADS: Final = "牵办公室 配其他股室及属下单位*"
EVERYBODY: Final = "责办公室 责各股室* 责属下单位*"
CULTURE: Final = {
    **dict.fromkeys(("1", "2", "27", "29", "30", "31", "32"), OFFICE_LEADS),
    "3": f"责{SERVICE}",
    "4": "责市场执法股",
    "5": "责计划财务股 责属下单位*",
    "6": "责计划财务股",
    **dict.fromkeys(("7", "8", "10", "11", "12", "13", "14", "15", "16", "17", "18", "21", "22", "23"), EVERYBODY),
    "9": f"牵{SERVICE} 配办公室",
    **dict.fromkeys(("19", "20"), f"牵{SERVICE} 配其他股室及属下单位*"),
    **dict.fromkeys(("24", "25", "28", "33"), "责办公室"),
    "26": "牵办公室 牵计划财务股 配其他股室及属下单位*",
}

GUIDELINE: Final = "按照《省市场监管局关于加强湖北政务服务网涉及市场监管部门政务服务事项办事指南管理的意见》分工负责"
HUBEI: Final = {
    "1": "牵办公室 责各相关处室、单位~",
    "2": "牵综合处 责各处室、单位*",
    "3": "牵信用处 责各相关处室、单位~",
    "4": "责稽查处 责反垄断处 责价监竞争处 责省纤检局 责食品稽查局",
    "5": "责食品相关处室~ 责价监竞争处 责等~?",
    "6": "牵机关党委",
    "7": "责食品相关处室~ 责特设处 责质量监督处",
    "8": "责各直属事业单位*",
    **dict.fromkeys(("9", "10", "11", "14"), "牵法规处"),
    "12": "牵办公室 责各处室、单位*",
    **dict.fromkeys(("13", "17", "23", "25", "28"), "牵办公室"),
    **dict.fromkeys(("15", "18"), "牵信息中心"),
    **dict.fromkeys(("16", "27"), "牵宣传处"),
    "19": f"责{GUIDELINE}~?",
    "20": "牵办公室 牵法规处 牵人事处",
    "21": "牵稽查处",
    "22": "责各处室*",
    "24": "责政策文件起草处室~ 配宣传处",
    "26": "责办公室 责注册处 责12315指挥中心",
}

JIADING_NAMED: Final = {
    "4": "责注册许可科",
    **dict.fromkeys(("5", "6", "22", "30", "32"), "责办公室"),
    **dict.fromkeys(("8", "10"), "责各科室* 责文件起草部门~?"),
    "15": "责法规科 配各科室~? 责办公室~?",
    "23": "责注册许可科 责各科室~?",
    "29": "责信用监管科",
    "31": "责办公室 责法规科",
}
JIADING: Final = {str(n): JIADING_NAMED.get(str(n), "责各科室*") for n in range(1, 33)}

RESPONSIBILITIES: Final = {
    "jiangmen-2021": JIANGMEN,
    "liupanshui-2020": LIUPANSHUI,
    "jiangmen-culture-2021": CULTURE,
    "hubei-2022": HUBEI,
    "jiading-2021": JIADING,
}

Dates = tuple[tuple[int, int | None], ...]
"""(month, day) of each date; day None is the month's end."""

DECEMBER_3: Final[Dates] = ((12, 3),)
NOVEMBER_END: Final[Dates] = ((11, None),)
DECEMBER_END: Final[Dates] = ((12, None),)

DEADLINES: Final[dict[str, dict[str, tuple[str, Dates]]]] = {
    "jiangmen-2021": {
        **{str(n): ("on_day", DECEMBER_3) for n in range(1, 40)},
        **dict.fromkeys(("9", "12", "34"), ("recurring", DECEMBER_3)),
        "24": ("on_day", ((12, 31),)),
        "29": ("on_day", ((11, 20), (12, 10))),
    },
    "liupanshui-2020": {"三(一)": ("month_end", ((5, None),)), "四(二)": ("recurring", ())},
    "jiangmen-culture-2021": {
        "7": ("recurring", ()),
        "20": ("on_day", ((12, 31),)),
        "24": ("on_day", ((11, 20),)),
        "28": ("recurring", ()),
    },
    "hubei-2022": {
        **{str(n): ("standing", ()) for n in range(1, 21)},
        **dict.fromkeys(("2", "3", "9", "10", "11", "13", "22", "23"), ("month_end", NOVEMBER_END)),
        "21": ("month_end", ((1, None),)),
        **dict.fromkeys(("24", "25", "26", "27", "28"), ("month_end", DECEMBER_END)),
    },
    "jiading-2021": {
        **{str(n): ("standing", ()) for n in range(1, 33)},
        **dict.fromkeys(("2", "22", "26"), ("month_end", ((9, None),))),
        "6": ("month_end", ((2, None),)),
        "15": ("month_end", ((3, None),)),
        **dict.fromkeys(("18", "19", "23", "24", "31"), ("month_end", NOVEMBER_END)),
        "20": ("month_end", ((8, None),)),
        "27": ("month_end", ((6, None),)),
        "32": ("month_end", ((4, None),)),
    },
}
