"""The rules by which the gazetteer locates places that a source names. Claims made by them have the basis `coded`."""

TOWN, PROVINCE, CHOSEN = "geonames-town@1", "geonames-province@1", "geonames-chosen@1"
RULES = {
    TOWN: "The source names the town; its point and radius are those of the town in GeoNames.",
    PROVINCE: "The source names the province; its point is the middle of the province’s towns in GeoNames.",
    CHOSEN: "The source names the place; an editor chose its entry in GeoNames.",
}
"""What each rule does. Every source may use them."""
RULES_ZH = {
    TOWN: "来源写明城镇；位置和半径取自GeoNames中的该城镇。",
    PROVINCE: "来源写明省份；位置为该省在GeoNames中各城镇的中心。",
    CHOSEN: "来源写明地点；由编辑选定其在GeoNames中的条目。",
}
"""Chinese versions of `RULES`."""
