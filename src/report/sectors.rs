//! Sectors as markets name them, and what they are called in English.
//!
//! A market writes sectors in its own words. Those of the national classification of industries (GB/T 4754-2017, sections A to T)
//! and of the plans for key industries are said in English too; any other stays as it is written.

use super::table::Cell;
use crate::language::{Language, Words};

/// The words of both languages.
pub(super) const SECTORS: &[Words] = &[
    Words::new("agriculture, forestry, animal husbandry and fishery", "农、林、牧、渔业"),
    Words::new("mining", "采矿业"),
    Words::new("manufacturing", "制造业"),
    Words::new("electricity, heat, gas and water", "电力、热力、燃气及水生产和供应业"),
    Words::new("construction", "建筑业"),
    Words::new("wholesale and retail", "批发和零售业"),
    Words::new("transport, storage and post", "交通运输、仓储和邮政业"),
    Words::new("hotels and catering", "住宿和餐饮业"),
    Words::new("information, software and IT services", "信息传输、软件和信息技术服务业"),
    Words::new("finance", "金融业"),
    Words::new("real estate", "房地产业"),
    Words::new("leasing and business services", "租赁和商务服务业"),
    Words::new("research and technical services", "科学研究和技术服务业"),
    Words::new("water conservancy, environment and public facilities", "水利、环境和公共设施管理业"),
    Words::new("household services, repair and other services", "居民服务、修理和其他服务业"),
    Words::new("education", "教育"),
    Words::new("health and social work", "卫生和社会工作"),
    Words::new("culture, sports and entertainment", "文化、体育和娱乐业"),
    Words::new("public administration and social security", "公共管理、社会保障和社会组织"),
    Words::new("international organisations", "国际组织"),
    Words::new("equipment manufacturing", "装备制造"),
    Words::new("digital economy", "数字经济"),
    Words::new("new energy", "新能源"),
    Words::new("new materials", "新材料"),
    Words::new("biomedicine", "生物医药"),
    Words::new("modern services", "现代服务"),
    Words::new("marine fishery", "海洋渔业"),
    Words::new("modern agriculture", "现代农业"),
    Words::new("information technology", "新一代信息技术"),
    Words::new("petrochemical industry", "石油化工"),
    Words::new("car industry", "汽车制造"),
    Words::new("logistics", "现代物流"),
    Words::new("textiles and clothing", "纺织服装"),
    Words::new("food processing", "食品加工"),
    Words::new("tourism", "文化旅游"),
];

/// The sector that a market calls `name`: this in files and in Chinese, and in English what it is called there if it is known.
pub(super) fn sector(name: &str) -> Cell {
    sector_words(name).map_or_else(|| Cell::name(name), |words| Cell::term(name, words))
}

/// What the sector that a market calls `name` is called in both languages, if it is known.
pub(super) fn sector_words(name: &str) -> Option<Words> {
    SECTORS.iter().copied().find(|words| words.get(Language::Chinese) == name)
}
