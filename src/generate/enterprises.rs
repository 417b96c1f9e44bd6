//! The enterprises of the Jinpu market. Real: the fifteen that reports on the consortium name (those in English print
//! are given in a Chinese rendering). Generated: the other names, and every number of staff, sector share and trade.

use super::draw::Draw;
use super::trade::Trade::{
    self, Accounting, Biology, CarMaking, CarService, Childcare, CleanPower, Commerce, Fishery, Hotel, Intelligence,
    Logistics, Machining, Mechatronics, Network, PowerSupply, Robots, Ships, Software, Things, Welding,
};
use super::trade::{BIOLOGY, DIGITAL, ENERGY, EQUIPMENT, SERVICE};

/// An enterprise of the market.
#[derive(Clone, Debug)]
pub(super) struct EnterpriseFacts {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) region: &'static str,
    pub(super) sector: &'static str,
    pub(super) member: bool,
    /// People employed in a market of 10,000 people.
    pub(super) staff: u32,
    /// How much students wish to go there, relative to the others.
    pub(super) popularity: u32,
    pub(super) trades: &'static [Trade],
}

impl EnterpriseFacts {
    /// Whether its name is that of a real enterprise, of which no figure is invented that could be held against it.
    pub(super) fn is_named(&self) -> bool {
        NAMED.iter().any(|row| row.0 == self.name)
    }
}

/// Name, region, sector, staff, popularity, trades.
type Row = (&'static str, &'static str, &'static str, u32, u32, &'static [Trade]);

/// The named members, `E01` onwards.
const NAMED: &[Row] = &[
    ("通用技术集团大连机床有限责任公司", "210213", EQUIPMENT, 3200, 12, &[Machining, Mechatronics, Robots]),
    ("大连三友电器有限公司", "210213", EQUIPMENT, 620, 4, &[Mechatronics, PowerSupply]),
    ("大连人工智能计算中心", "210213", DIGITAL, 180, 14, &[Intelligence, Network]),
    ("大连理工科技有限公司", "210213", DIGITAL, 420, 5, &[Things, Software]),
    ("一汽解放大连柴油机有限公司", "210213", EQUIPMENT, 2600, 12, &[CarMaking, Machining, CarService]),
    ("大连比非膜科技有限公司", "210213", ENERGY, 260, 3, &[CleanPower, Mechatronics]),
    ("大连第一互感器集团有限责任公司", "210214", EQUIPMENT, 1100, 4, &[PowerSupply, Mechatronics]),
    ("东风日产大连分公司", "210213", EQUIPMENT, 4200, 16, &[CarMaking, Robots, Welding]),
    ("大连禾业智能科技有限公司", "210213", EQUIPMENT, 300, 4, &[Robots, Mechatronics]),
    ("大连国创氢能科技有限公司", "210213", ENERGY, 380, 9, &[CleanPower]),
    ("冰山松洋生物科技（大连）有限公司", "210213", EQUIPMENT, 1500, 6, &[Mechatronics, Machining]),
    ("金州第一幼儿园", "210213", SERVICE, 130, 5, &[Childcare]),
    ("大连一诺生物科技有限公司", "210213", BIOLOGY, 320, 4, &[Biology]),
    ("石药远大（大连）制药有限公司", "210213", BIOLOGY, 900, 7, &[Biology]),
    ("大连德泰城市服务有限公司", "210213", SERVICE, 1800, 3, &[Logistics, Hotel, PowerSupply, Accounting]),
];

/// How many members there are in all.
const MEMBERS: usize = 57;

/// Kinds of generated members: what follows the brand in their name, their sector and trades; taken in turn.
const KINDS: &[(&str, &str, &[Trade])] = &[
    ("精密机械", EQUIPMENT, &[Machining]),
    ("软件技术", DIGITAL, &[Software, Intelligence]),
    ("自动化设备", EQUIPMENT, &[Robots, Mechatronics]),
    ("新能源科技", ENERGY, &[CleanPower, PowerSupply]),
    ("供应链管理", SERVICE, &[Logistics, Accounting]),
    ("汽车零部件", EQUIPMENT, &[CarMaking, Machining]),
    ("网络信息", DIGITAL, &[Network, Things]),
    ("焊接结构", EQUIPMENT, &[Welding, Machining]),
    ("跨境电商", DIGITAL, &[Commerce, Logistics]),
    ("船舶装备", EQUIPMENT, &[Ships, Welding]),
    ("汽车服务", SERVICE, &[CarService]),
    ("电子科技", DIGITAL, &[Things, Mechatronics]),
    ("电力工程", ENERGY, &[PowerSupply]),
    ("生物制品", BIOLOGY, &[Biology]),
    ("数据科技", DIGITAL, &[Intelligence, Commerce]),
    ("酒店管理", SERVICE, &[Hotel, Childcare]),
];

const BRANDS: &[&str] = &[
    "辰拓",
    "岭航",
    "海睿",
    "卓川",
    "恒曜",
    "启泽",
    "瀚北",
    "铭疆",
    "凌岳",
    "博澜",
    "宏栈",
    "禹成",
    "远灏",
    "锦岱",
    "沐阳",
    "景荣",
    "拓宇",
    "昊坤",
    "嘉屹",
    "鼎澄",
    "翊辰",
    "朗越",
    "泓瑞",
    "骏驰",
    "森谷",
    "浩屿",
    "煜港",
    "晟岩",
    "澜图",
    "硕丰",
    "弘毅达",
    "北岬",
    "青屿",
    "天枢",
    "旭港",
    "川禾",
    "聚澄",
    "诚岳",
    "港联",
    "信屿",
    "万岭",
    "星汇",
];

/// Where generated members lie.
const DISTRICTS: &[&str] = &["210213", "210213", "210213", "210211", "210214", "210281", "210212", "210202"];

/// Enterprises of the province outside the consortium, all generated: `X01` onwards.
const OUTSIDE: &[Row] = &[
    ("沈阳铁岳重工有限公司", "210106", EQUIPMENT, 1400, 5, &[Machining, Welding]),
    ("沈阳浑南云栈软件有限公司", "210112", DIGITAL, 500, 7, &[Software, Network]),
    ("鞍山千岭自动化有限公司", "210304", EQUIPMENT, 600, 2, &[Robots]),
    ("营口鲅港物流有限公司", "210804", SERVICE, 450, 2, &[Logistics]),
    ("丹东江岸仪表有限公司", "210603", EQUIPMENT, 380, 2, &[Mechatronics]),
    ("锦州渤光新能源有限公司", "210711", ENERGY, 520, 3, &[CleanPower]),
    ("长海碧礁水产有限公司", "210224", "海洋渔业", 300, 1, &[Fishery]),
    ("盘锦苇岸生物有限公司", "211103", BIOLOGY, 260, 1, &[Biology]),
];

/// Every enterprise, by id.
pub(super) fn enterprises(draw: &mut Draw) -> Vec<EnterpriseFacts> {
    let listed = |id: String, row: &Row, member: bool| EnterpriseFacts {
        id,
        name: row.0.to_owned(),
        region: row.1,
        sector: row.2,
        member,
        staff: row.3,
        popularity: row.4,
        trades: row.5,
    };
    let named = NAMED.iter().enumerate().map(|(k, row)| listed(format!("E{:02}", k + 1), row, true));
    let mut all: Vec<EnterpriseFacts> = named.collect();
    for (k, brand) in BRANDS.iter().enumerate().take(MEMBERS - NAMED.len()) {
        let (what, sector, trades) = KINDS[k % KINDS.len()];
        let staff = match draw.weighted(&[2, 5, 3]) {
            0 => draw.between(90, 240) * 10,
            1 => draw.between(30, 85) * 10,
            _ => draw.between(11, 28) * 10,
        };
        all.push(EnterpriseFacts {
            id: format!("E{:02}", all.len() + 1),
            name: format!("大连{brand}{what}有限公司"),
            region: draw.pick(DISTRICTS).copied().unwrap_or("210213"),
            sector,
            member: true,
            staff,
            popularity: draw.between(1, 6),
            trades,
        });
    }
    let outside = OUTSIDE.iter().enumerate();
    all.extend(outside.map(|(k, row)| listed(format!("X{:02}", k + 1), row, false)));
    all
}
