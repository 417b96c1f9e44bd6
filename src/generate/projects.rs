//! What schools and enterprises have agreed: the sixteen projects that reports on the consortium name, with their real
//! kinds and parties, and generated apprenticeship agreements.

use super::draw::Draw;
use super::enterprises::EnterpriseFacts;
use super::schools::{SCHOOLS, SchoolFacts};
use crate::market::{Agreement, AgreementKind, Level};

use AgreementKind::{Base, Science, Talent};

/// The sixteen projects: kind, name, parties. Of the fifteen parties of the last one only the kind is reported; which
/// members they are is assumed.
const PROJECTS: [(AgreementKind, &str, &[&str]); 16] = [
    (Base, "三友电器实训基地", &["E02", "U01"]),
    (Base, "人工智能计算中心实训基地", &["E03", "U01"]),
    (Base, "理工科技实训基地", &["E04", "C01"]),
    (Base, "一汽解放大柴实训基地", &["E05", "C02"]),
    (Base, "膜科技实训基地", &["E06", "U02"]),
    (Base, "第一互感器实训基地", &["E07", "C01", "S01"]),
    (Science, "机床技术攻关项目", &["E01", "U01"]),
    (Science, "汽车制造技术攻关项目", &["E08", "U01"]),
    (Science, "智能装备技术攻关项目", &["E09", "U02"]),
    (Science, "氢能技术攻关项目", &["E10", "U02"]),
    (Science, "冷链生物装备技术攻关项目", &["E11", "U03"]),
    (Talent, "幼儿保育人才培养项目", &["E12", "C01"]),
    (Talent, "开源鸿蒙人才培养中心", &["C01", "U01"]),
    (Talent, "生物医药人才培养项目", &["E13", "E14", "U03"]),
    (Talent, "城市服务人才培养项目", &["E15", "U04"]),
    (
        Talent,
        "数字化人才培养基地",
        &["C01", "C02", "C04", "S03", "U04", "U05", "E03", "E04", "E17", "E22", "E24", "E27", "E30", "E33", "E38"],
    ),
];

/// How many apprenticeship agreements are generated.
const APPRENTICESHIPS: usize = 28;

fn teaches(school: &SchoolFacts, enterprise: &EnterpriseFacts) -> bool {
    school.trades.iter().any(|(trade, _)| enterprise.trades.contains(trade))
}

/// All agreements.
pub(super) fn agreements(draw: &mut Draw, enterprises: &[EnterpriseFacts]) -> Vec<Agreement> {
    let ids = |parties: &[&str]| parties.iter().map(|id| (*id).to_owned()).collect();
    let projects = PROJECTS.iter().enumerate();
    let project = |(k, (kind, name, parties)): (usize, &(AgreementKind, &str, &[&str]))| {
        Agreement::new(&format!("P{:02}", k + 1), name, *kind, ids(parties))
    };
    let mut all: Vec<Agreement> = projects.map(project).collect();
    // Apprenticeships are signed by schools that teach a trade of the enterprise; the large members come first.
    let mut members: Vec<&EnterpriseFacts> = enterprises.iter().filter(|enterprise| enterprise.member).collect();
    members.sort_by_key(|enterprise| (std::cmp::Reverse(enterprise.staff), enterprise.id.clone()));
    for (k, enterprise) in members.into_iter().take(APPRENTICESHIPS).enumerate() {
        let fits =
            |school: &&SchoolFacts| school.member && school.level != Level::Bachelor && teaches(school, enterprise);
        let mut schools: Vec<&SchoolFacts> = SCHOOLS.iter().filter(fits).collect();
        let wanted = draw.between(1, 3) as usize;
        while schools.len() > wanted {
            let out = draw.below(schools.len() as u32) as usize;
            schools.remove(out);
        }
        if schools.is_empty() {
            continue;
        }
        let parties: Vec<&str> = std::iter::once(enterprise.id.as_str()).chain(schools.iter().map(|s| s.id)).collect();
        let name = format!("{}学徒制协议", enterprise.name);
        all.push(Agreement::new(&format!("A{:02}", k + 1), &name, Talent, ids(&parties)));
    }
    all
}

/// The enterprises that have an agreement with a secondary school or college, and so can take apprentices.
pub(super) fn partners<'a>(
    agreements: &'a [Agreement],
    enterprises: &'a [EnterpriseFacts],
) -> impl Iterator<Item = &'a EnterpriseFacts> {
    let schooled = |agreement: &&Agreement| {
        agreement
            .parties
            .iter()
            .any(|id| SCHOOLS.iter().any(|school| school.id == id && school.level != Level::Bachelor))
    };
    enterprises.iter().filter(move |enterprise| {
        let signed = |agreement: &Agreement| agreement.parties.contains(&enterprise.id);
        agreements.iter().filter(schooled).any(signed)
    })
}
