//! The trades of the consortium: which real programmes train for them, in which real occupations they work, and with
//! which real certificate. Sources: the national programme catalogue, the occupational classification and the
//! programme-occupation guideline, as carried in the market's catalogue; certificates from the national programme
//! briefs.

use crate::market::Level;

/// Declares the trades with their facts.
macro_rules! trades {
    ($($trade:ident {
        name: $name:literal, certificate: $certificate:literal, wage: $wage:literal,
        worker: $worker:expr, engineer: $engineer:expr,
        secondary: $secondary:expr, college: $college:expr, bachelor: $bachelor:expr,
    })+) => {
        /// A trade.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Trade { $($trade,)+ }

        impl Trade {
            pub(super) const ALL: &'static [Self] = &[$(Self::$trade),+];

            pub(super) const fn facts(self) -> &'static Facts {
                match self {
                    $(Self::$trade => &Facts {
                        name: $name, certificate: $certificate, wage: $wage,
                        worker: $worker, engineer: $engineer,
                        programmes: [$secondary, $college, $bachelor],
                    },)+
                }
            }
        }
    };
}

/// What is known of a trade.
#[derive(Debug)]
pub(super) struct Facts {
    /// Name.
    pub(super) name: &'static str,
    /// A skill certificate of its programmes.
    pub(super) certificate: &'static str,
    /// Typical monthly wage in CNY (generated).
    pub(super) wage: u32,
    /// Occupations of workers and technicians.
    pub(super) worker: &'static [&'static str],
    /// Occupations of engineers and other professionals.
    pub(super) engineer: &'static [&'static str],
    /// Programmes by level: secondary, college, bachelor.
    programmes: [&'static [&'static str]; 3],
}

impl Trade {
    /// The trade's programmes of `level`.
    pub(super) const fn programmes(self, level: Level) -> &'static [&'static str] {
        self.facts().programmes[level as usize]
    }

    /// Category of the trade across levels, from the first programme it has.
    pub(super) fn category(self) -> &'static str {
        let first = Level::ALL.iter().find_map(|level| self.programmes(*level).first());
        first.map_or("", |code| &code[1..2])
    }
}

pub(super) const EQUIPMENT: &str = "装备制造";
pub(super) const ENERGY: &str = "新能源";
pub(super) const DIGITAL: &str = "数字经济";
pub(super) const BIOLOGY: &str = "生物医药";
pub(super) const SERVICE: &str = "现代服务";

trades! {
    Machining {
        name: "数控加工", certificate: "数控车铣加工", wage: 6800,
        worker: &["6-18-01-07", "6-20-03-01", "6-18-01-04", "6-18-01-05", "6-20-01-03"], engineer: &["2-02-07-02"],
        secondary: &["660103", "660102"], college: &["460103", "460104"], bachelor: &["260103", "260101"],
    }
    Welding {
        name: "焊接", certificate: "特殊焊接技术", wage: 7200,
        worker: &["6-18-02-04", "6-20-03-02"], engineer: &["2-02-07-09"],
        secondary: &["660105"], college: &["460110"], bachelor: &["260106"],
    }
    Mechatronics {
        name: "机电设备", certificate: "数控设备维护与维修", wage: 6500,
        worker: &["6-31-01-10", "6-26-01-01"], engineer: &["2-02-38-05"],
        secondary: &["660301", "660201"], college: &["460301", "460202"], bachelor: &["260201", "260301"],
    }
    Robots {
        name: "工业机器人", certificate: "工业机器人操作与运维", wage: 7000,
        worker: &["6-31-07-01", "6-31-07-03"], engineer: &["2-02-38-10"],
        secondary: &["660303"], college: &["460305", "460306"], bachelor: &["260304", "260302"],
    }
    CarMaking {
        name: "汽车制造", certificate: "新能源汽车装调与测试", wage: 7100,
        worker: &["6-22-02-01", "6-22-01-01", "6-22-01-02"], engineer: &["2-02-07-11"],
        secondary: &["660702", "660701"], college: &["460702", "460701"], bachelor: &["260702", "260701"],
    }
    Ships {
        name: "船舶制造", certificate: "特殊焊接技术", wage: 7000,
        worker: &["6-23-02-01", "6-23-02-03"], engineer: &["2-02-07-12"],
        secondary: &["660501"], college: &["460501"], bachelor: &["260501"],
    }
    CleanPower {
        name: "新能源发电", certificate: "光伏电站运维", wage: 6900,
        worker: &["6-28-01-12", "6-29-03-07", "6-20-02-04", "6-24-02-04"], engineer: &["2-02-11-01"],
        secondary: &["630302", "630301"], college: &["430302", "430304"], bachelor: &["230301"],
    }
    PowerSupply {
        name: "供用电", certificate: "智能配电集成与运维", wage: 6600,
        worker: &["6-31-01-03", "6-29-02-12", "4-11-01-01"], engineer: &["2-02-12-02"],
        secondary: &["630105"], college: &["430108", "430105"], bachelor: &["230101"],
    }
    Software {
        name: "软件", certificate: "Web前端开发", wage: 8200,
        worker: &["4-04-05-05"], engineer: &["2-02-10-03"],
        secondary: &["710203"], college: &["510203"], bachelor: &["310203"],
    }
    Network {
        name: "网络与云", certificate: "网络系统建设与运维", wage: 7000,
        worker: &["4-04-04-01", "4-04-04-02", "4-04-02-01"], engineer: &["2-02-38-04"],
        secondary: &["710202"], college: &["510202", "510206"], bachelor: &["310202"],
    }
    Things {
        name: "物联网", certificate: "物联网安装调试与运维", wage: 6700,
        worker: &["6-25-04-09", "6-25-04-05"], engineer: &["2-02-38-02"],
        secondary: &["710102", "710103"], college: &["510102", "510101"], bachelor: &["310102"],
    }
    Intelligence {
        name: "大数据与人工智能", certificate: "大数据分析与应用", wage: 8000,
        worker: &["4-04-05-05", "4-07-02-05"], engineer: &["2-02-38-03", "2-02-38-01"],
        secondary: &["710205"], college: &["510205", "510209"], bachelor: &["310205", "310209"],
    }
    CarService {
        name: "汽车检修", certificate: "汽车运用与维修", wage: 5800,
        worker: &["4-12-01-01", "4-08-05-05"], engineer: &["2-02-15-01"],
        secondary: &["700206"], college: &["500211"], bachelor: &["300203"],
    }
    Logistics {
        name: "物流", certificate: "物流管理", wage: 5900,
        worker: &["4-02-06-03"], engineer: &["2-02-30-02"],
        secondary: &["730801"], college: &["530802"], bachelor: &["330802"],
    }
    Commerce {
        name: "电子商务", certificate: "网店运营推广", wage: 5600,
        worker: &["4-01-06-01", "4-01-06-02"], engineer: &["4-01-06-01"],
        secondary: &["730701"], college: &["530701"], bachelor: &["330701"],
    }
    Accounting {
        name: "会计", certificate: "智能财税", wage: 5500,
        worker: &["2-06-03-00"], engineer: &["2-06-03-00"],
        secondary: &["730301"], college: &["530302"], bachelor: &["330302"],
    }
    Biology {
        name: "生物制药", certificate: "药物制剂生产", wage: 6200,
        worker: &["6-12-05-01", "6-12-05-02", "4-08-05-04"], engineer: &["6-31-03-03"],
        secondary: &["670101"], college: &["470102"], bachelor: &["270101"],
    }
    Childcare {
        name: "幼儿保育", certificate: "幼儿照护", wage: 4600,
        worker: &["4-10-01-03"], engineer: &["2-08-03-00"],
        secondary: &["770101"], college: &["570102"], bachelor: &["370101"],
    }
    Hotel {
        name: "酒店", certificate: "前厅运营管理", wage: 4800,
        worker: &["4-03-01-02", "4-03-01-03"], engineer: &["4-03-01-03"],
        secondary: &["740104"], college: &["540106"], bachelor: &["340102"],
    }
    // Schools teach it and nobody in the consortium offers a post: its students show what a surplus looks like.
    Clothing {
        name: "服装", certificate: "服装陈列设计", wage: 5000,
        worker: &["6-05-01-01", "6-05-01-03"], engineer: &["2-02-23-05"],
        secondary: &["680402"], college: &["480402"], bachelor: &[],
    }
    // Posts without a school: what a shortage looks like.
    Fishery {
        name: "水产养殖", certificate: "水产养殖", wage: 5200,
        worker: &["5-04-02-01"], engineer: &["5-04-02-01"],
        secondary: &[], college: &[], bachelor: &[],
    }
}
