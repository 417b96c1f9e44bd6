//! The schools of the Jinpu market. Real and named as members in reports on the consortium: C01, C02, S01, U01, U02,
//! U03, U04. Real by the Ministry's list of colleges, their part in the market assumed: C03, C04, U05, U06 as members,
//! N01 and N02 outside. Generated: the other names, and every head count and choice of programmes.

use super::trade::Trade::{
    self, Accounting, Biology, CarMaking, CarService, Childcare, CleanPower, Clothing, Commerce, Hotel, Intelligence,
    Logistics, Machining, Mechatronics, Network, PowerSupply, Robots, Ships, Software, Things, Welding,
};
use crate::market::Level::{self, Bachelor, College, Secondary};

/// A school of the market.
#[derive(Debug)]
pub(super) struct SchoolFacts {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    pub(super) level: Level,
    pub(super) region: &'static str,
    pub(super) member: bool,
    /// Share of the market's students (generated).
    pub(super) heads: u32,
    /// What it teaches, with the share of each trade (generated).
    pub(super) trades: &'static [(Trade, u32)],
}

macro_rules! schools {
    ($($id:literal, $name:literal, $level:expr, $region:literal, $member:literal, $heads:literal: $($trade:ident $share:literal),+;)+) => {
        /// Every school, by id.
        pub(super) const SCHOOLS: &[SchoolFacts] = &[$(SchoolFacts {
            id: $id, name: $name, level: $level, region: $region, member: $member, heads: $heads,
            trades: &[$(($trade, $share)),+],
        },)+];
    };
}

schools! {
    "C01", "大连职业技术学院", College, "210211", true, 1500:
        Machining 16, Mechatronics 12, Robots 12, CarMaking 12, Network 12, Software 12, Commerce 10, Childcare 8, CarService 6;
    "C02", "辽宁轻工职业学院", College, "210213", true, 1100:
        Mechatronics 16, Robots 12, Logistics 16, Commerce 16, Things 14, Accounting 16, Clothing 10;
    "C03", "大连装备制造职业技术学院", College, "210213", true, 900:
        Machining 25, Welding 20, Ships 20, CleanPower 18, PowerSupply 17;
    "C04", "大连汽车职业技术学院", College, "210213", true, 800:
        CarMaking 30, CarService 22, Robots 16, Intelligence 16, Logistics 16;
    "N01", "沈阳职业技术学院", College, "210100", false, 200: Machining 40, Robots 30, Software 30;
    "N02", "辽宁机电职业技术学院", College, "210600", false, 150: Mechatronics 60, PowerSupply 40;
    "N03", "鞍山岭南技术学校", Secondary, "210300", false, 150: Welding 50, Network 50;
    "S01", "大连市普兰店区职业教育中心", Secondary, "210214", true, 700:
        Machining 25, Welding 15, CarService 20, PowerSupply 15, Childcare 15, Clothing 10;
    "S02", "金普新区恒拓装备技术学校", Secondary, "210213", true, 700:
        Machining 30, Mechatronics 25, Robots 25, Welding 20;
    "S03", "金普新区云帆信息技术学校", Secondary, "210213", true, 650:
        Software 20, Network 25, Things 25, Intelligence 15, Commerce 15;
    "S04", "金州海韵商贸学校", Secondary, "210213", true, 600:
        Commerce 30, Logistics 30, Accounting 25, Hotel 15;
    "S05", "瓦房店岩松工业学校", Secondary, "210281", true, 550:
        Machining 30, Mechatronics 25, CarMaking 25, CleanPower 20;
    "S06", "旅顺口蓝湾船舶技术学校", Secondary, "210212", true, 450: Ships 40, Welding 30, Mechatronics 30;
    "S07", "庄河新禾综合职业学校", Secondary, "210283", true, 550:
        Childcare 25, Biology 25, Clothing 20, Commerce 15, CarService 15;
    "U01", "大连理工大学", Bachelor, "210211", true, 250: Software 40, Machining 30, Intelligence 30;
    "U02", "大连交通大学", Bachelor, "210204", true, 300: Machining 30, Mechatronics 40, Robots 30;
    "U03", "大连大学", Bachelor, "210213", true, 300: Biology 35, Intelligence 35, Machining 30;
    "U04", "大连民族大学", Bachelor, "210213", true, 300: Network 40, Things 30, Commerce 30;
    "U05", "大连东软信息学院", Bachelor, "210211", true, 250: Software 35, Intelligence 35, Things 30;
    "U06", "大连海洋大学", Bachelor, "210204", true, 200: Ships 40, CleanPower 30, Biology 30;
}

impl SchoolFacts {
    /// The programmes it offers: of each trade the first of its level, and for the larger trades the second too.
    pub(super) fn programmes(&self) -> Vec<&'static str> {
        self.offers().into_iter().map(|(programme, _, _)| programme).collect()
    }

    /// Each programme it offers with its trade and its share of the school's students.
    pub(super) fn offers(&self) -> Vec<(&'static str, Trade, u32)> {
        let mut offers = Vec::new();
        for (trade, share) in self.trades {
            match trade.programmes(self.level) {
                [first, second, ..] if *share >= 16 => {
                    offers.push((*first, *trade, share * 3));
                    offers.push((*second, *trade, share * 2));
                }
                [first, ..] => offers.push((*first, *trade, share * 5)),
                [] => {}
            }
        }
        offers
    }
}
