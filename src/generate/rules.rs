//! The rules of a consortium for a Jinpu market: the percentages and ranges are those of national and school rules, to whom they
//! apply is generated.

use std::collections::BTreeMap;

use super::draw::apportion;
use super::trade::{DIGITAL, ENERGY, EQUIPMENT};
use crate::market::{
    Amount, Base, Bond, BondKind, Dimension, Facet, Faults, Flag, Home, Market, Mentor, Party, Post, PostKind, Quota,
    SupplyIx, SupplyKind,
};

/// The kindergarten among the members.
const KINDERGARTEN: &str = "E12";

/// People a mentor has; the rules say 3 to 8.
const APPRENTICES: u32 = 5;

/// Bonds of a kind.
const BONDS: usize = 6;

/// `market`, made by [`jinpu`](super::jinpu), with the rules of a consortium besides its own:
///
/// | rule | numbers |
/// |---|---|
/// | interns by staff of the enterprise, and by staff on the same kind of post, with those there already | 10 %, 20 % |
/// | places outside the consortium, by programme | 20 % |
/// | students of one programme at the kindergarten, or none | 5 to 25 |
/// | low-income students on seats of order classes, and of apprenticeships | 5 % |
/// | seats of each priority sector that are filled | 35 % |
/// | students of each school that are placed, at 20 points for each person short | 40 % |
/// | a mentor of the enterprise and one of the school for each apprentice, field engineer and craftsman | 5 people each |
/// | cohorts placed whole, pairs at the same enterprise, pairs apart | 6 each |
///
/// Cost: a copy of the tables and their validation.
///
/// # Errors
/// The faults of a market that lacks what the rules name.
///
/// ```
/// use talent_match::generate::{Jinpu, jinpu, with_rules};
/// use talent_match::market::Market;
///
/// let catalogue = Market::read_catalogue("examples/data/jinpu")?;
/// let market = with_rules(&jinpu(&catalogue, Jinpu::default())?)?;
/// assert_eq!((market.quotas().len(), market.bonds().len()), (10, 18));
/// # Ok::<(), talent_match::market::Faults>(())
/// ```
pub fn with_rules(market: &Market) -> Result<Market, Faults> {
    market.with_limits(posts(market), quotas(), mentors(market))?.with_bonds(bonds(market))
}

/// Internships with the staff on the same kind of post: five for each seat, but for every eighth post, which plans for more
/// interns than its staff allows. At every tenth a third of the seats are taken by interns of before.
fn posts(market: &Market) -> Vec<Post> {
    let mut posts = market.posts().to_vec();
    for (at, post) in posts.iter_mut().enumerate().filter(|(_, post)| post.kind == PostKind::Internship) {
        post.staff = Some((post.seats_max * if at % 8 == 0 { 4 } else { 5 }).max(5));
        post.present = (at % 10 == 3).then_some((post.seats_max / 3).max(1));
    }
    posts
}

fn quotas() -> Vec<Quota> {
    let kind = |kind: PostKind| Facet::new(Dimension::Kind, kind.word());
    let sector = |(id, sector): (&str, &str)| {
        let quota = Quota::new(id, sector, vec![Facet::new(Dimension::Sector, sector)]);
        named(quota.at_least(Amount::Percent(35, Base::Seats)), id, sector, "联合体重点产业")
    };
    let school =
        Quota::new("school", "", Vec::new()).per(Dimension::School).at_least(Amount::Percent(40, Base::People));
    let kindergarten = vec![kind(PostKind::Internship), Facet::new(Dimension::Owner, KINDERGARTEN)];
    let equity = |of, id, name| named(Quota::equity_share(Flag::Poor, vec![kind(of)], 5), id, name, "联合体资助办法");
    let interns = "职业学校学生实习管理规定";
    let mut quotas = vec![
        named(Quota::interns_of_staff(10), "staff", "实习生不超过在岗职工一成", interns),
        named(Quota::interns_of_post_staff(20), "post-staff", "同类岗位实习生不超过两成", interns),
        named(Quota::outside_the_consortium(20), "outside", "联合体外岗位不超过专业人数两成", "学校实习办法"),
        named(
            Quota::programme_at_enterprise(kindergarten, 5, 25),
            "kindergarten",
            "同一专业到园五至二十五人",
            "学校实习办法",
        ),
        equity(PostKind::OrderClass, "order-equity", "订单班困难学生席位"),
        equity(PostKind::Apprenticeship, "apprentice-equity", "学徒困难学生席位"),
        Quota { penalty: Some(20), ..named(school, "school", "每校安置四成", "联合体章程") },
    ];
    quotas.extend([("equipment", EQUIPMENT), ("energy", ENERGY), ("digital", DIGITAL)].map(sector));
    quotas
}

fn named(quota: Quota, id: &str, name: &str, source: &str) -> Quota {
    Quota { id: id.into(), name: name.into(), source: Some(source.into()), ..quota }
}

/// Enterprises have mentors for five sixths of their seats, or all if these are few; schools for a twentieth of their people.
fn mentors(market: &Market) -> Vec<Mentor> {
    let mut places: BTreeMap<String, u32> = market.enterprises().iter().map(|row| (row.id.clone(), 0)).collect();
    for post in market.posts() {
        if matches!(post.kind, PostKind::Apprenticeship | PostKind::FieldEngineer | PostKind::Craftsman) {
            *places.entry(post.owner.clone()).or_default() += post.seats_max;
        }
    }
    for places in places.values_mut() {
        *places = if *places > 12 { *places - *places / 6 } else { (*places).max(APPRENTICES) };
    }
    let mut people: BTreeMap<Party, u32> = BTreeMap::new();
    for (unit, row) in SupplyIx::all(market.supply().len()).zip(market.supply()) {
        if let home @ Home::Programme(_) = market.home_of(unit) {
            *people.entry(market.party_of(home)).or_default() += row.headcount;
        }
    }
    let schools = people.into_iter().filter_map(|(party, people)| match party {
        Party::School(school) => Some((market.school(school).id.clone(), people / 22 + APPRENTICES)),
        Party::Enterprise(_) => None,
    });
    let all = places.into_iter().chain(schools);
    let mentors = all.flat_map(|(party, places)| {
        let shares = apportion(places, &vec![1; places.div_ceil(APPRENTICES) as usize]);
        let numbered = (1..).zip(shares).filter(|(_, places)| *places > 0);
        numbered
            .map(|(number, places)| Mentor::new(&format!("{party}-M{number:02}"), &party, places))
            .collect::<Vec<_>>()
    });
    mentors.collect()
}

/// Cohorts that stay whole, and pairs of one programme and year that go together, or apart.
fn bonds(market: &Market) -> Vec<Bond> {
    let mut years: BTreeMap<(Home, Option<u8>), Vec<&str>> = BTreeMap::new();
    let mut cohorts = Vec::new();
    for (unit, row) in SupplyIx::all(market.supply().len()).zip(market.supply()) {
        match row.kind {
            SupplyKind::Cohort => cohorts.push(row.id.as_str()),
            SupplyKind::Student => years.entry((market.home_of(unit), row.grade)).or_default().push(&row.id),
            SupplyKind::Employee => {}
        }
    }
    let whole = cohorts.into_iter().take(BONDS).map(|cohort| (BondKind::Whole, vec![cohort]));
    let years: Vec<Vec<&str>> = years.into_values().filter(|students| students.len() >= 4).collect();
    let pairs = |kind, from: usize, at: usize| {
        let every = years.iter().skip(from).step_by(5).take(BONDS);
        every.map(move |students| (kind, students[at..at + 2].to_vec()))
    };
    let all = whole.chain(pairs(BondKind::Together, 5, 0)).chain(pairs(BondKind::Apart, 7, 2));
    let numbered = (1..).zip(all).map(|(number, (kind, units))| {
        Bond::new(&format!("B{number:02}"), kind, units.into_iter().map(str::to_owned).collect())
    });
    numbered.collect()
}
