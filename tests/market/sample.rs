//! A small market in its three forms, and ways to break it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use jiff::civil::date;
use serde_json::Value;
use talent_match::market::{
    Agreement, AgreementKind, Amount, Base, Bond, BondKind, CatalogueProgramme, Consent, Decision, DecisionState,
    Degrees, Dimension, Enterprise, Facet, FaultCode, Faults, Flag, Hazard, Indicator, Investment, Level, Market,
    MarketBuilder, Mentor, Occupation, Place, Post, PostKind, Programme, ProgrammeOccupation, Qualification, Quota,
    Reach, Region, Round, Row, School, Sex, Supply, Target,
};

pub(crate) const FOLDER: &str = "tests/data/market/sample";
pub(crate) const DOCUMENT: &str = "tests/data/market/sample.json";

/// The files of a market, by name.
#[derive(Clone, Debug)]
pub(crate) struct Files(pub(crate) BTreeMap<String, Vec<u8>>);

impl Files {
    /// The sample.
    pub(crate) fn sample() -> Self {
        let entries = fs::read_dir(FOLDER).expect("the sample is carried").flatten();
        let files = entries.map(|entry| {
            let name = entry.file_name().into_string().expect("a plain name");
            (name, fs::read(entry.path()).expect("a readable file"))
        });
        Self(files.collect())
    }

    pub(crate) fn text(&self, file: &str) -> String {
        String::from_utf8(self.0[file].clone()).expect("the sample is UTF-8")
    }

    /// The same with `from` in `file` replaced by `to`; it must be there.
    pub(crate) fn with(self, file: &str, from: &str, to: &str) -> Self {
        let text = self.text(file);
        assert!(text.contains(from), "{file} has no {from:?}");
        self.put(file, text.replacen(from, to, 1))
    }

    pub(crate) fn put(mut self, file: &str, bytes: impl AsRef<[u8]>) -> Self {
        self.0.insert(file.to_owned(), bytes.as_ref().to_vec());
        self
    }

    pub(crate) fn append(self, file: &str, row: &str) -> Self {
        let text = self.text(file) + row + "\n";
        self.put(file, text)
    }

    pub(crate) fn without(mut self, file: &str) -> Self {
        self.0.remove(file);
        self
    }

    pub(crate) fn write(&self, folder: &Path) {
        for (name, bytes) in &self.0 {
            fs::write(folder.join(name), bytes).expect("the temporary folder can be written");
        }
    }

    pub(crate) fn read(&self) -> Result<Market, Faults> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        self.write(folder.path());
        Market::read(folder.path())
    }

    /// The faults of a market that must have some.
    pub(crate) fn faults(&self) -> Faults {
        self.read().expect_err("the market is broken on purpose")
    }
}

/// The sample as a JSON value.
pub(crate) fn document() -> Value {
    serde_json::from_str(&fs::read_to_string(DOCUMENT).expect("the sample is carried")).expect("the sample is JSON")
}

/// The faults of the sample document after `change`.
pub(crate) fn document_faults(change: impl FnOnce(&mut Value)) -> Faults {
    let mut changed = document();
    change(&mut changed);
    Market::from_json(&changed.to_string()).expect_err("the document is broken on purpose")
}

/// A fault's place in short.
pub(crate) fn place(table: &str, row: Option<Row>, field: &str, id: &str) -> Place {
    let mut place = Place::default();
    (place.table, place.row, place.field, place.id) = (table.to_owned(), row, field.to_owned(), id.to_owned());
    place
}

/// Exactly these faults, each as code, place and value.
pub(crate) fn assert_faults(faults: &Faults, expected: &[(FaultCode, &str, &str)]) {
    let found: Vec<_> =
        faults.all().iter().map(|fault| (fault.code, fault.place.to_string(), fault.value.clone())).collect();
    let expected: Vec<_> =
        expected.iter().map(|(code, place, value)| (*code, (*place).to_owned(), (*value).to_owned())).collect();
    assert_eq!(found, expected);
}

/// The sample as a builder.
pub(crate) fn builder() -> MarketBuilder {
    let mut classes = Target::new(Indicator::OrderClasses, 1);
    classes.source = Some("Plan of the year".to_owned());
    let mut later = Investment::new("plant", 2025, 0, 50_000);
    later.withdrawn = Some(100_000);
    let market = round_of_sample().investment(later).investment(Investment::new("plant", 2024, 1_000_000, 200_000));
    market.target(Target::new(Indicator::ProgrammesInTraining, 60)).target(classes)
}

/// The same without what is reported beside the round.
fn round_of_sample() -> MarketBuilder {
    let region = |code: &str, name, longitude: Option<i32>, latitude: Option<i32>| {
        Region::new(code.parse().unwrap(), name, longitude.map(Degrees::from_micro), latitude.map(Degrees::from_micro))
    };
    let programme =
        |code: &str, name| CatalogueProgramme::new(code.parse().unwrap(), name, "机械设计制造类", "装备制造大类");
    let edge = |code: &str| ProgrammeOccupation::new(code.parse().unwrap(), "6-18-02-04".parse().unwrap());
    let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
    let qualification = |kind, grade| Qualification::new(kind, grade).expect("a valid qualification");

    let mut round = Round::new("autumn", date(2026, 9, 1), 7);
    round.enterprises = ids(&["plant", "works"]);

    let mut centre = School::new("centre", "Vocational centre", Level::Secondary, "210213".parse().unwrap());
    centre.member = true;
    let mut college = School::new("college", "Polytechnic college 职业学院", Level::College, "210200".parse().unwrap());
    college.member = true;

    let mut plant = Enterprise::new("plant", "Machine plant, Dalian", "210213".parse().unwrap(), 800);
    plant.sector = Some("装备制造".to_owned());
    plant.member = true;
    let works = Enterprise::new("works", "Tool works", "210200".parse().unwrap(), 120);

    let mut shop = Agreement::new("shop", "Shared shop", AgreementKind::Base, ids(&["centre", "plant"]));
    shop.programmes = vec!["6601".parse().unwrap()];

    let class_window = [date(2026, 10, 8), date(2027, 6, 30)];
    let mut class = Post::new("class", "Order class", PostKind::OrderClass, "plant", 30, class_window);
    class.sponsors = ids(&["works"]);
    class.occupation = Some("6-18-02-04".parse().unwrap());
    class.programmes = vec!["660103".parse().unwrap(), "46".parse().unwrap()];
    class.reach = Reach::Consortium;
    (class.promise, class.trained, class.hired) = (Some(80), Some(25), Some(20));

    let fitter_window = [date(2026, 10, 8), date(2027, 4, 7)];
    let mut fitter = Post::new("fitter", "Fitter", PostKind::Internship, "plant", 2, fitter_window);
    fitter.occupation = Some("6-18-02-04".parse().unwrap());
    fitter.levels = vec![Level::Secondary, Level::College];
    fitter.region = Some("210200".parse().unwrap());
    (fitter.pay, fitter.wage) = (Some(4000), Some(4500));
    fitter.qualifications = vec![qualification("焊工", 2), qualification("Web前端开发", 1)];
    (fitter.staff, fitter.present) = (Some(16), Some(2));
    fitter.hazards = vec![Hazard::Height, Hazard::NightShift];

    let college_years = [date(2027, 9, 1), date(2029, 7, 10)];
    let mut through = Post::new("through", "Through-training", PostKind::ThroughTraining, "college", 40, college_years);
    through.target = Some("460103".parse().unwrap());
    through.programmes = vec!["660103".parse().unwrap()];
    through.levels = vec![Level::Secondary];

    let school_year = [date(2026, 9, 1), date(2027, 8, 31)];
    let mut em = Supply::employee("em", "works", date(1999, 12, 31), school_year);
    em.sex = Some(Sex::Male);
    em.qualifications = vec![qualification("焊工", 3)];
    let mut group = Supply::cohort("group", "centre-machining", 2, 24, date(2010, 5, 4), school_year);
    group.wishes = ids(&["class"]);
    let until_2029 = [date(2026, 9, 1), date(2029, 8, 31)];
    let mut li = Supply::student("li", "centre-machining", 3, date(2008, 2, 29), until_2029);
    li.sex = Some(Sex::Female);
    li.qualifications = vec![qualification("焊工", 2)];
    li.region = Some("210213".parse().unwrap());
    li.wishes = ids(&["fitter", "class"]);
    li.flags = vec![Flag::Poor, Flag::Rural];
    let mut wu = Supply::student("wu", "college-machining", 2, date(2006, 7, 1), school_year);
    wu.consent = Consent::Nobody;

    let kind = vec![Facet::new(Dimension::Kind, "internship")];
    let mut interns = Quota::new("interns", "Interns by staff on the same kind of post", kind).per(Dimension::Post);
    interns.max = Some(Amount::Percent(20, Base::PostStaff));
    interns.source = Some("Internship rules".to_owned());
    let of = [(Dimension::Occupation, "6-18"), (Dimension::Flag, "poor"), (Dimension::Flag, "rural")];
    let of = of.map(|(dimension, value)| Facet::new(dimension, value)).to_vec();
    let mut welders = Quota::new("welders", "Welders of each school", of).per(Dimension::School);
    (welders.min, welders.max, welders.penalty) = (Some(Amount::Count(1)), Some(Amount::Count(10)), Some(5));
    let mut xu = Mentor::new("xu", "centre", 8);
    xu.programme = Some("centre-machining".to_owned());
    let mut together = Bond::new("class-24", BondKind::Whole, ids(&["group"]));
    together.source = Some("Class rules".to_owned());

    let decision = Decision::at;
    Market::builder(round)
        .quota(welders)
        .quota(interns)
        .mentor(xu)
        .mentor(Mentor::new("ma", "plant", 3))
        .bond(together)
        .decision(decision("em", "class", DecisionState::Forbidden).because("Family works there").of_round(2))
        .decision(decision("group", "class", DecisionState::Placed).of_people(4).of_round(1))
        .decision(decision("group", "class", DecisionState::Frozen).of_people(20).of_round(1))
        .supply(wu)
        .supply(li)
        .supply(group)
        .supply(em)
        .post(through)
        .post(fitter)
        .post(class)
        .agreement(shop)
        .enterprise(works)
        .enterprise(plant)
        .programme(Programme::new("college-machining", "college", "460103".parse().unwrap()))
        .programme(Programme::new("centre-machining", "centre", "660103".parse().unwrap()))
        .school(college)
        .school(centre)
        .programme_occupation(edge("660103"))
        .programme_occupation(edge("460103"))
        .occupation(Occupation::new("6-18-02-04".parse().unwrap(), "焊工"))
        .catalogue_programme(programme("660103", "数控技术应用"))
        .catalogue_programme(programme("460103", "数控技术"))
        .region(region("210213", "金州区", Some(121_782_655), Some(39_050_001)))
        .region(region("210200", "大连市", Some(121_614_848), Some(38_914_086)))
        .region(region("210000", "辽宁省", None, None))
}
