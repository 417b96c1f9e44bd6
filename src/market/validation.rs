//! What must hold of a market as a whole: ids, references, ranges. Every fault is found, none is mended.

use std::collections::HashSet;
use std::fmt::Display;

use super::codes;
use super::draft::Draft;
use super::fault::{Fault, FaultCode, Faults, Row, is_hidden};
use super::links::{Home, Links, Party};
use super::record::{Record, Table};
use super::{
    AgreementIx, EnterpriseIx, Market, Post, PostIx, PostKind, ProgrammeIx, SchoolIx, Supply, SupplyIx, SupplyKind,
};
use super::{decision_faults, investment, quota_faults, target};

/// Sorts, checks and links `draft`.
pub(super) fn validate(mut draft: Draft) -> Result<Market, Faults> {
    draft.sort();
    let mut check = Check { draft: &draft, faults: Faults::default(), links: Links::default() };
    check.ids_and_names();
    codes::check(&draft, &mut check.faults);
    check.round();
    check.programmes();
    check.agreements();
    check.posts();
    check.supply();
    let Check { mut faults, mut links, .. } = check;
    quota_faults::check(&draft, &mut links, &mut faults);
    links.decided = decision_faults::check(&draft, &mut faults);
    target::check(&draft, &mut faults);
    investment::check(&draft, &mut faults);
    faults.or(())?;
    let quotas = draft.quotas.clone();
    let market = Market::assemble(draft, links);
    let mut faults = Faults::default();
    quota_faults::check_groups(&market, &quotas, &mut faults);
    faults.or(market)
}

/// Whether `text` can be an id: 1 to 64 letters, digits, `.`, `_`, `-`, the first a letter or digit.
fn is_id(text: &str) -> bool {
    text.chars().count() <= 64
        && text.starts_with(char::is_alphanumeric)
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-'))
}

/// Whether `text` can be a name: 1 to 200 characters without control characters and markup, no blank at either end,
/// and nothing at its beginning that a spreadsheet would take for a formula.
pub(super) fn is_name(text: &str) -> bool {
    (1..=200).contains(&text.chars().count())
        && text.trim() == text
        && !text.starts_with(['=', '+', '-', '@'])
        && !text.chars().any(|c| is_hidden(c) || matches!(c, '<' | '>'))
}

/// Wishes from which a rank is searched rather than counted off.
const LONG: usize = 16;

struct Check<'a> {
    draft: &'a Draft,
    faults: Faults,
    links: Links,
}

/// The row of a table sorted by id whose id is `id`.
pub(super) fn find<T: Record>(table: &Table<T>, id: &str, key: impl Fn(&T) -> &str) -> Option<u32> {
    table.rows.binary_search_by(|(_, row)| key(row).cmp(id)).ok().map(|k| k as u32)
}

impl Check<'_> {
    fn fault<T: Record>(
        &mut self,
        table: &Table<T>,
        row: usize,
        field: &str,
        code: FaultCode,
        value: impl Display,
        allowed: impl Display,
    ) {
        self.faults.push(Fault::new(code, table.place(row, field), value, allowed));
    }

    fn party(&self, id: &str) -> Option<Party> {
        let school = find(&self.draft.schools, id, |school| &school.id).map(|k| Party::School(SchoolIx::new(k)));
        school.or_else(|| {
            let found = find(&self.draft.enterprises, id, |enterprise| &enterprise.id);
            found.map(|k| Party::Enterprise(EnterpriseIx::new(k)))
        })
    }

    fn ids_and_names(&mut self) {
        macro_rules! check_table {
            ($($table:ident: $what:ident),+) => {
                $(check_table!(@ $table, $what);)+
            };
            (@ $table:ident, named) => {
                for (k, row) in self.draft.$table.records().enumerate() {
                    if !is_name(&row.name) {
                        self.fault(&self.draft.$table, k, "name", FaultCode::BadName, &row.name, "");
                    }
                }
                check_table!(@ $table, plain);
            };
            (@ $table:ident, plain) => {
                for (k, row) in self.draft.$table.records().enumerate() {
                    if !is_id(&row.id) {
                        self.fault(&self.draft.$table, k, "id", FaultCode::BadId, &row.id, "");
                    }
                    if k > 0 && self.draft.$table.rows[k - 1].1.id == row.id {
                        self.fault(&self.draft.$table, k, "id", FaultCode::DuplicateId, &row.id, "");
                    }
                }
            };
        }
        check_table!(
            schools: named, enterprises: named, programmes: plain, agreements: named, posts: named, supply: plain,
            quotas: named, mentors: plain, bonds: plain, round: plain
        );
        for (k, enterprise) in self.draft.enterprises.records().enumerate() {
            if find(&self.draft.schools, &enterprise.id, |school| &school.id).is_some() {
                self.fault(&self.draft.enterprises, k, "id", FaultCode::DuplicateId, &enterprise.id, "");
            }
            if let Some(sector) = enterprise.sector.as_ref().filter(|sector| !is_name(sector)) {
                self.fault(&self.draft.enterprises, k, "sector", FaultCode::BadName, sector, "");
            }
        }
    }

    fn round(&mut self) {
        let rounds = &self.draft.round;
        let place = || super::Place { table: rounds.source.clone(), ..super::Place::default() };
        let [(_, round)] = rounds.rows.as_slice() else {
            return self.faults.push(Fault::new(FaultCode::OneRound, place(), rounds.rows.len(), ""));
        };
        self.links.school_takes_part = vec![round.schools.is_empty(); self.draft.schools.rows.len()];
        self.links.enterprise_takes_part = vec![round.enterprises.is_empty(); self.draft.enterprises.rows.len()];
        for id in &round.schools {
            match find(&self.draft.schools, id, |school| &school.id) {
                Some(school) => self.links.school_takes_part[school as usize] = true,
                None => self.fault(rounds, 0, "schools", FaultCode::Dangling, id, "schools"),
            }
        }
        for id in &round.enterprises {
            match find(&self.draft.enterprises, id, |enterprise| &enterprise.id) {
                Some(enterprise) => self.links.enterprise_takes_part[enterprise as usize] = true,
                None => self.fault(rounds, 0, "enterprises", FaultCode::Dangling, id, "enterprises"),
            }
        }
    }

    fn programmes(&mut self) {
        let draft = self.draft;
        for (k, programme) in draft.programmes.records().enumerate() {
            match find(&draft.schools, &programme.school, |school| &school.id) {
                Some(school) => self.links.programme_school.push(SchoolIx::new(school)),
                None => self.fault(&draft.programmes, k, "school", FaultCode::Dangling, &programme.school, "schools"),
            }
        }
    }

    fn parties<T: Record>(&mut self, table: &Table<T>, row: usize, field: &str, ids: &[String]) -> Vec<Party> {
        let mut parties = Vec::with_capacity(ids.len());
        for id in ids {
            match self.party(id) {
                Some(party) => parties.push(party),
                None => self.fault(table, row, field, FaultCode::Dangling, id, "schools, enterprises"),
            }
        }
        parties.sort_unstable();
        parties.dedup();
        parties
    }

    fn agreements(&mut self) {
        let draft = self.draft;
        for (k, agreement) in draft.agreements.records().enumerate() {
            let parties = self.parties(&draft.agreements, k, "parties", &agreement.parties);
            if parties.len() < 2 && agreement.parties.iter().all(|id| self.party(id).is_some()) {
                self.fault(&draft.agreements, k, "parties", FaultCode::Parties, "", "");
            }
            for party in &parties {
                self.links.agreements_of.entry(*party).or_default().push(AgreementIx::new(k as u32));
            }
            self.links.agreement_parties.push(parties);
        }
    }

    fn posts(&mut self) {
        let draft = self.draft;
        let mut seats = 0_u64;
        for (k, post) in draft.posts.records().enumerate() {
            self.post_parties(k, post);
            if post.end < post.start {
                let window = format!("{} .. {}", post.start, post.end);
                self.fault(&draft.posts, k, "end", FaultCode::WindowReversed, window, "");
            }
            if post.seats_min > post.seats_max {
                let range = format!("{} > {}", post.seats_min, post.seats_max);
                self.fault(&draft.posts, k, "seats_min", FaultCode::RangeReversed, range, "");
            }
            self.promise(k, post);
            seats += u64::from(post.seats_max);
        }
        self.total("posts", seats, draft.posts.rows.len());
    }

    /// Whoever trains people may promise to hire some; what became of the class before is stated whole.
    fn promise(&mut self, k: usize, post: &Post) {
        let posts = &self.draft.posts;
        let Some(promise) = post.promise else {
            for (field, people) in [("trained", post.trained), ("hired", post.hired)] {
                if let Some(people) = people {
                    self.fault(posts, k, field, FaultCode::PromiseFields, people, "");
                }
            }
            return;
        };
        let trains = [PostKind::OrderClass, PostKind::Apprenticeship, PostKind::FieldEngineer];
        if !trains.contains(&post.kind) {
            self.fault(posts, k, "promise", FaultCode::KindExcludes, promise, post.kind.word());
        }
        if !(1..=100).contains(&promise) {
            self.fault(posts, k, "promise", FaultCode::BadNumber, promise, "1–100");
        }
        match (post.trained, post.hired) {
            (Some(trained), Some(hired)) if hired > trained => {
                self.fault(posts, k, "hired", FaultCode::HiredMore, hired, trained);
            }
            (Some(people), None) => self.fault(posts, k, "hired", FaultCode::PromiseFields, people, ""),
            (None, Some(people)) => self.fault(posts, k, "trained", FaultCode::PromiseFields, people, ""),
            _ => {}
        }
    }

    /// People and seats are counted in 32 bits by the solver; more is refused here.
    fn total(&mut self, table: &str, total: u64, rows: usize) {
        let limit = u64::from(u32::MAX);
        if total > limit || rows as u64 > limit {
            let place = super::Place { table: table.to_owned(), ..super::Place::default() };
            self.faults.push(Fault::new(FaultCode::TooMany, place, total, limit));
        }
    }

    fn post_parties(&mut self, k: usize, post: &Post) {
        let posts = &self.draft.posts;
        let kind = post.kind.word();
        let of_school = post.kind == PostKind::ThroughTraining;
        let owner = self.party(&post.owner);
        match owner {
            None => self.fault(posts, k, "owner", FaultCode::Dangling, &post.owner, "schools, enterprises"),
            Some(Party::Enterprise(_)) if of_school => {
                self.fault(posts, k, "owner", FaultCode::KindExcludes, &post.owner, kind);
            }
            Some(Party::School(_) | Party::Enterprise(_)) => {}
        }
        let fields = [
            ("target", post.target.map(|code| code.to_string()), of_school),
            ("occupation", post.occupation.map(|code| code.to_string()), !of_school),
        ];
        for (field, value, wanted) in fields {
            match (value, wanted) {
                (None, true) => self.fault(posts, k, field, FaultCode::KindNeeds, "", kind),
                (Some(value), false) => self.fault(posts, k, field, FaultCode::KindExcludes, value, kind),
                _ => {}
            }
        }
        let sponsors = self.parties(posts, k, "sponsors", &post.sponsors);
        let Some(owner) = owner else { return };
        let region = match owner {
            Party::School(school) => self.draft.schools.rows[school.index()].1.region,
            Party::Enterprise(enterprise) => self.draft.enterprises.rows[enterprise.index()].1.region,
        };
        self.links.post_region.push(post.region.unwrap_or(region));
        self.links.post_owner.push(owner);
        self.links.post_sponsors.push(sponsors);
    }

    fn supply(&mut self) {
        let draft = self.draft;
        let round_date = draft.round.rows.first().map(|(_, round)| round.date);
        let mut people = 0_u64;
        for (k, unit) in draft.supply.records().enumerate() {
            self.home(k, unit);
            self.wishes(k, unit);
            if unit.to < unit.from {
                let window = format!("{} .. {}", unit.from, unit.to);
                self.fault(&draft.supply, k, "to", FaultCode::WindowReversed, window, "");
            }
            if unit.kind != SupplyKind::Cohort && unit.headcount != 1 {
                self.fault(&draft.supply, k, "headcount", FaultCode::PersonHeadcount, unit.headcount, "");
            }
            if round_date.is_some_and(|date| unit.birth >= date) {
                self.fault(&draft.supply, k, "birth", FaultCode::BornLate, unit.birth, "");
            }
            people += u64::from(unit.headcount);
        }
        self.total("supply", people, draft.supply.rows.len());
    }

    /// Students and cohorts belong to a programme and have a grade; employees belong to an enterprise.
    fn home(&mut self, k: usize, unit: &Supply) {
        let supply = &self.draft.supply;
        let kind = unit.kind.word();
        let employed = unit.kind == SupplyKind::Employee;
        let fields = [
            ("programme", unit.programme.clone(), !employed),
            ("enterprise", unit.enterprise.clone(), employed),
            ("grade", unit.grade.map(|grade| grade.to_string()), !employed),
        ];
        for (field, value, wanted) in &fields {
            match (value, wanted) {
                (None, true) => self.fault(supply, k, field, FaultCode::KindNeeds, "", kind),
                (Some(value), false) => self.fault(supply, k, field, FaultCode::KindExcludes, value, kind),
                _ => {}
            }
        }
        if unit.grade.is_some_and(|grade| !(1..=9).contains(&grade)) {
            self.fault(supply, k, "grade", FaultCode::BadNumber, unit.grade.unwrap_or_default(), "1–9");
        }
        let programme = unit.programme.as_deref().filter(|_| !employed);
        let enterprise = unit.enterprise.as_deref().filter(|_| employed);
        let home = match (programme, enterprise) {
            (Some(id), _) => {
                let found = find(&self.draft.programmes, id, |programme| &programme.id);
                if found.is_none() {
                    self.fault(supply, k, "programme", FaultCode::Dangling, id, "programmes");
                }
                found.map(|k| Home::Programme(ProgrammeIx::new(k)))
            }
            (None, Some(id)) => {
                let found = find(&self.draft.enterprises, id, |enterprise| &enterprise.id);
                if found.is_none() {
                    self.fault(supply, k, "enterprise", FaultCode::Dangling, id, "enterprises");
                }
                found.map(|k| Home::Enterprise(EnterpriseIx::new(k)))
            }
            (None, None) => None,
        };
        self.links.supply_home.extend(home);
    }

    fn wishes(&mut self, k: usize, unit: &Supply) {
        let mut wishes: Vec<PostIx> = Vec::with_capacity(unit.wishes.len());
        let mut seen = HashSet::new();
        for id in &unit.wishes {
            match find(&self.draft.posts, id, |post| &post.id).map(PostIx::new) {
                None => self.fault(&self.draft.supply, k, "wishes", FaultCode::Dangling, id, "posts"),
                Some(post) if !seen.insert(post) => {
                    self.fault(&self.draft.supply, k, "wishes", FaultCode::DuplicateWish, id, "");
                }
                Some(post) => wishes.push(post),
            }
        }
        if wishes.len() > LONG {
            let mut ranks: Vec<_> = wishes.iter().copied().zip(0..).collect();
            ranks.sort_unstable();
            self.links.long_wishes.insert(SupplyIx::new(k as u32), ranks);
        }
        self.links.wishes.push(wishes);
    }
}

impl Draft {
    /// Puts every table into the order of its ids or codes, rows given first staying first among equals.
    fn sort(&mut self) {
        macro_rules! by {
            ($($table:ident, $row:ident => $key:expr;)+) => {
                $(self.$table.rows.sort_by(|(place_a, a), (place_b, b)| {
                    let key = |$row: &_| $key;
                    Ord::cmp(&key(a), &key(b)).then_with(|| Row::cmp(place_a, place_b))
                });)+
            };
        }
        macro_rules! by_id {
            ($($table:ident),+) => {
                $(self.$table.rows.sort_by(|(place_a, a), (place_b, b)| a.id.cmp(&b.id).then_with(|| place_a.cmp(place_b)));)+
            };
        }
        by_id!(schools, programmes, enterprises, agreements, posts, supply, quotas, mentors, bonds);
        self.decisions.rows.sort_by(|(place_a, a), (place_b, b)| {
            (&a.unit, &a.post, a.state, place_a).cmp(&(&b.unit, &b.post, b.state, place_b))
        });
        by! {
            investments, row => { let row: &super::Investment = row; (row.enterprise.clone(), row.year) };
            targets, row => { let row: &super::Target = row; row.indicator };
            regions, row => { let row: &super::Region = row; row.code };
            catalogue_programmes, row => { let row: &super::CatalogueProgramme = row; row.code };
            occupations, row => { let row: &super::Occupation = row; row.code };
            programme_occupations, row => { let row: &super::ProgrammeOccupation = row; (row.programme, row.occupation) };
        }
    }
}
