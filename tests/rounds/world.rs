//! A market as plain rows, easy to change: one student and one post that fit in every respect.

use jiff::civil::{Date, date};
use talent_match::market::{
    Agreement, AgreementKind, Bond, Decision, Degrees, Enterprise, Investment, Level, Market, Mentor, Occupation,
    Placement, Placements, Post, PostIx, PostKind, Programme, ProgrammeOccupation, Quota, Region, Round, School,
    Supply, SupplyIx, Target,
};

/// The window everybody is available through and every post runs through.
pub(crate) const WINDOW: [Date; 2] = [date(2026, 9, 1), date(2027, 2, 28)];

/// A code of a catalogue.
pub(crate) fn code<T: std::str::FromStr>(text: &str) -> T
where
    T::Err: std::fmt::Debug,
{
    text.parse().expect("the codes of the tests are valid")
}

/// A division with or without longitude and latitude in millionths of a degree.
pub(crate) fn region(text: &str, place: Option<(i32, i32)>) -> Region {
    let degrees = |of: fn((i32, i32)) -> i32| place.map(|place| Degrees::from_micro(of(place)));
    Region::new(code(text), "Division", degrees(|place| place.0), degrees(|place| place.1))
}

/// The rows of a market.
#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) round: Round,
    pub(crate) schools: Vec<School>,
    pub(crate) programmes: Vec<Programme>,
    pub(crate) enterprises: Vec<Enterprise>,
    pub(crate) agreements: Vec<Agreement>,
    pub(crate) posts: Vec<Post>,
    pub(crate) supply: Vec<Supply>,
    pub(crate) quotas: Vec<Quota>,
    pub(crate) mentors: Vec<Mentor>,
    pub(crate) bonds: Vec<Bond>,
    pub(crate) decisions: Vec<Decision>,
    pub(crate) targets: Vec<Target>,
    pub(crate) investments: Vec<Investment>,
    pub(crate) regions: Vec<Region>,
    pub(crate) occupations: Vec<Occupation>,
    pub(crate) trains_for: Vec<ProgrammeOccupation>,
}

impl World {
    /// The student `li` of the secondary programme `machining` (660102) and the internship `fitter`, which fit.
    pub(crate) fn of_two() -> Self {
        let mut post = Post::new("fitter", "Fitter", PostKind::Internship, "plant", 1, WINDOW);
        post.occupation = Some(code("6-18-01-02"));
        post.programmes = vec![code("6601")];
        Self {
            round: Round::new("autumn", date(2026, 6, 1), 7),
            schools: vec![School::new("school", "Vocational centre", Level::Secondary, code("210213"))],
            programmes: vec![Programme::new("machining", "school", code("660102"))],
            enterprises: vec![Enterprise::new("plant", "Machine plant", code("210213"), 800)],
            agreements: Vec::new(),
            posts: vec![post],
            supply: vec![Supply::student("li", "machining", 2, date(2009, 3, 1), WINDOW)],
            quotas: Vec::new(),
            mentors: Vec::new(),
            bonds: Vec::new(),
            decisions: Vec::new(),
            targets: Vec::new(),
            investments: Vec::new(),
            regions: Vec::new(),
            occupations: Vec::new(),
            trains_for: Vec::new(),
        }
    }

    /// A second student `wu`, who is like `li`, and the one seat there is.
    pub(crate) fn of_rivals() -> Self {
        let mut world = Self::of_two();
        let mut wu = world.supply[0].clone();
        "wu".clone_into(&mut wu.id);
        world.supply.push(wu);
        world
    }

    /// The one student becomes an employee of the plant, and the post a craftsman plan.
    pub(crate) fn of_craftsmen() -> Self {
        let mut world = Self::of_two();
        world.supply = vec![Supply::employee("li", "plant", date(1999, 3, 1), WINDOW)];
        world.posts[0].kind = PostKind::Craftsman;
        world
    }

    /// Seat and person `k` are in city `k`, 300 km from the next one; person `k` can also take seat `k + 1`. One person more
    /// can take seat 0 alone.
    pub(crate) fn chain(length: u8) -> Self {
        let mut rows = Self::of_two();
        let (post, unit) = (rows.posts.remove(0), rows.supply.remove(0));
        let city = |k: u8| format!("210{}00", k + 1);
        rows.regions = vec![region("210213", None)];
        let day = |k: u8| WINDOW[0].saturating_add(jiff::Span::new().days(k));
        for k in 0..length {
            rows.regions.push(region(&city(k), Some((120_000_000, 3_000_000 * i32::from(k)))));
            let mut seat = post.clone();
            (seat.id, seat.region) = (format!("seat{k}"), Some(code(&city(k))));
            (seat.start, seat.end) = (day(k), day(100 + k));
            rows.posts.push(seat);
            let mut person = unit.clone();
            (person.id, person.region) = (format!("person{k}"), Some(code(&city(k))));
            (person.from, person.to) = (day(k), day(100 + k + 1));
            rows.supply.push(person);
        }
        let mut last = unit;
        (last.id, last.region) = ("last".to_owned(), Some(code(&city(length - 1))));
        (last.from, last.to) = (day(0), day(100));
        rows.supply.push(last);
        rows
    }

    /// The only post.
    pub(crate) fn post(&mut self) -> &mut Post {
        &mut self.posts[0]
    }

    /// The only supply unit.
    pub(crate) fn unit(&mut self) -> &mut Supply {
        &mut self.supply[0]
    }

    /// Another programme of the school, which the only student then takes.
    pub(crate) fn study(&mut self, programme: &str) {
        self.programmes = vec![Programme::new("machining", "school", code(programme))];
        self.schools[0].level = self.programmes[0].code.level();
    }

    /// An agreement of school and plant that covers `programmes`.
    pub(crate) fn agree(&mut self, programmes: &[&str]) {
        let parties = vec!["school".to_owned(), "plant".to_owned()];
        let mut agreement = Agreement::new("deal", "Joint training", AgreementKind::Talent, parties);
        agreement.programmes = programmes.iter().map(|text| code(text)).collect();
        self.agreements = vec![agreement];
    }

    pub(crate) fn market(&self) -> Market {
        let mut builder = Market::builder(self.round.clone());
        macro_rules! add {
            ($($rows:ident by $add:ident),+) => {
                $(for row in &self.$rows {
                    builder = builder.$add(row.clone());
                })+
            };
        }
        add!(
            schools by school, programmes by programme, enterprises by enterprise, agreements by agreement,
            posts by post, supply by supply, quotas by quota, mentors by mentor, bonds by bond, decisions by decision, targets by target, investments by investment, regions by region, occupations by occupation,
            trains_for by programme_occupation
        );
        builder.build().expect("the markets of the tests are valid")
    }
}

/// Every pair of a supply unit and a post.
pub(crate) fn pairs(market: &Market) -> impl Iterator<Item = (SupplyIx, PostIx)> + '_ {
    SupplyIx::all(market.supply().len())
        .flat_map(|unit| PostIx::all(market.posts().len()).map(move |post| (unit, post)))
}

/// Whether both sides are consortium members.
pub(crate) fn inside(market: &Market, unit: SupplyIx, post: PostIx) -> bool {
    market.is_member(market.party_of(market.home_of(unit))) && market.is_member(market.owner_of(post))
}

/// Who is placed where, by ids.
pub(crate) fn placements(market: &Market, rows: &[(&str, &str, u32)]) -> Placements {
    let row = |(unit, post, people): &(&str, &str, u32)| Placement {
        unit: market.find_unit(unit).expect("a unit"),
        post: market.find_post(post).expect("a post"),
        people: *people,
    };
    Placements::new(rows.iter().map(row).collect())
}
