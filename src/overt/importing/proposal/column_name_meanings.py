"""Guesses what a column contains from its name in English or Chinese."""

import re

_KEY = (
    r"^(no|nr|n°|№|#|id|key|code|ref|ref\.? no|uid|uuid|number|serial|record id|project id|case id|id number|序号|编号|编码)\.?$"
)
_COUNTRY = r".*(country|origin|nationality|hq)\b"
MEANINGS: tuple[tuple[str, str], ...] = (
    ("key", _KEY),
    ("key", r"\b(id|identifier|uuid)$"),
    ("person", r"\bcontact\b|\be-?mail|\bphone|\btel\b|\bperson\b|\bauthor\b|\breporter\b|\banalyst\b|\bresearcher\b"
     r"|entered by|added by|\bcoder\b|联系人|负责人|电话|邮箱"),
    ("edited", r"updated|modified|last edit|edited|retrieved|accessed|checked|date added|entered|timestamp|录入|更新|修改"),
    ("supplier-country", rf"\b(vendor|supplier|company|provider|manufacturer)\w*\b{_COUNTRY}|供应商国"),
    ("implementer-country", rf"\b(contractor|implementer|builder|integrator){_COUNTRY}"),
    ("financier-country", rf"\b(lender|financier|funder|donor|creditor|bank){_COUNTRY}"),
    ("customer-country", rf"\b(client|customer|buyer|purchaser|end.?user){_COUNTRY}"),
    ("owner-country", rf"\bowner{_COUNTRY}"),
    ("operator-country", rf"\boperator{_COUNTRY}"),
    ("partner-country", rf"\bpartner{_COUNTRY}"),
    ("document-published", r"(source|document|article|publication|published).*(date|year)|^(date )?published$"),
    ("document", r"\burl\b|\blinks?\b|\bhref\b|web ?page|链接|网址"),
    ("website", r"\bwebsite\b|\bhomepage\b|官网"),
    ("document-title", r"^sources?$|^references?$|source (name|title)|title of (the )?source|citation|^evidence$|来源|出处|资料"),
    ("notes", r"\bnotes?\b|\bcomments?\b|\bremarks?\b|备注|说明"),
    ("description", r"\bdescription\b|\bsummary\b|\bdetails?\b|描述|简介"),
    ("currency", r"^currency|currency code|货币|币种"),
    ("flow-type", r"flow type|finance type|type of (finance|funding)|loan or grant|资金类型"),
    ("status", r"\bstatus\b|\bstage\b|^state$|\bstate of\b|\bphase\b|状态|进度|阶段"),
    ("latitude", r"^lat(itude)?\b|纬度"),
    ("longitude", r"^(lon|lng|long)(gitude)?\b|经度"),
    ("agreed", r"\bsign(ed|ing|ature)?\b|\bagree|\bcontract(ed)? (date|year|signed)|(date|year) of (contract|agreement)|\baward"
     r"|签约|签订|签署|合同日期"),
    ("construction-start", r"construction (start|began)|broke ground|开工"),
    ("operational", r"\boperational\b|in (service|use|operation)\b|go.?live|live since|投入使用|投运"),
    ("completed", r"\bcomplet|\bdeliver|\bfinished\b|完工|完成|交付"),
    ("ended", r"^end\b|\bend(ed| date| year)|\bexpir|terminat|\buntil\b|结束|终止"),
    ("started", r"\bstart|\bbegan\b|\bbegin|\blaunch|\bsince\b|^from$|启动|开始"),
    ("financier", r"\blender|\bfinanc|\bfunder|\bdonor|\bcreditor|\bfunded by|\bbank\b|贷款方|出资|融资|资助"),
    ("supplier", r"\bvendors?\b|\bsuppliers?\b|\bprovider|\bmanufacturer|\bseller|^compan(y|ies)\b|\bcompan(y|ies)$"
     r"|供应商|供货|厂商|企业|公司"),
    ("implementer", r"\bcontractors?\b|\bimplement|\bbuilder|\bintegrator|承建|承包|实施"),
    ("operator", r"\boperators?\b|运营商|运营方"),
    ("owner", r"\bowners?\b|业主|所有者"),
    ("customer", r"\bclients?\b|\bcustomers?\b|\bbuyers?\b|\bpurchas|\bend.?user|\brecipient|\bagency\b|\bprocuring"
     r"|客户|采购|买方|用户"),
    ("partner", r"\bpartners?\b|合作"),
    ("admin1", r"\bprovince\b|\bregion\b|\badmin|\bstate$|\bcounty\b|省|州"),
    ("country", r"\bcountry\b|\bcountries\b|\bnation\b|国家|国别|地区"),
    ("town", r"\bcity\b|\bcities\b|\btowns?\b|\blocation|\bplaces?\b|\bsite\b|\bmunicipality\b|城市|地点|所在地"),
    ("amount", r"\bvalue\b|\bamount|\bcosts?\b|\bprice|\bbudget|\bworth\b|\bsum\b|\busd\b|\beur\b|us\$|金额|价值|造价|投资额"),
    ("kind", r"\btypes?\b|\bkinds?\b|\bcategor|\btechnolog|\bsystem type|类型|类别|种类|技术"),
    ("sector", r"\bsector\b|\bindustry\b|行业"),
    ("length", r"\blength\b|长度"),
    ("date", r"\bdate\b|\byear\b|\bwhen\b|日期|年份|时间"),
    ("name", r"\bname\b|\bproject\b|\btitle\b|\binitiative\b|\bsystem\b|\bdeal\b|名称|项目|名字"),
)  # fmt: skip
"""Meanings, each with a pattern of column names that suggest it, in the order in which they are tried."""
ROLES = ("supplier", "implementer", "customer", "operator", "owner", "financier", "partner")
DATES = ("agreed", "construction-start", "started", "operational", "completed", "ended")
_GENERAL = ("name", "title", "label", "country", "url", "date")
"""JSON keys that identify their contents only together with the key above them."""
_COMPILED = tuple((meaning, re.compile(pattern)) for meaning, pattern in MEANINGS)


def meanings_of(name: str) -> list[str]:
    """Return what a column with this name may contain, most likely first.

    In a JSON pointer, the last key decides, together with the key above if the last key is as general as `name`.
    """
    last = name
    if name.startswith("/"):
        above, last = ["", *(step for step in name.split("/") if step not in ("", "*"))][-2:]
        if last.casefold() in _GENERAL:
            last = f"{above} {last}"
    text = " ".join(re.sub(r"[_/()\[\]:*?]+", " ", last).casefold().split())
    meanings = list(dict.fromkeys(meaning for meaning, pattern in _COMPILED if pattern.search(text)))
    return [meaning for meaning in meanings if f"{meaning}-country" not in meanings]
