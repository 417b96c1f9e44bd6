//! The codes of a market: unique in the catalogue, and every code used is in the catalogue the market carries.

use std::fmt::Display;

use super::draft::Draft;
use super::fault::{Fault, FaultCode, Faults};
use super::record::{Record, Table};
use super::validation::is_name;
use super::{CatalogueProgramme, Occupation, ProgrammeOccupation, ProgrammePattern, Region};

/// Finds the faults of every code in `draft`, whose tables are sorted.
pub(super) fn check(draft: &Draft, faults: &mut Faults) {
    unique(&draft.regions, |row: &Region| row.code, faults);
    unique(&draft.catalogue_programmes, |row: &CatalogueProgramme| row.code, faults);
    unique(&draft.occupations, |row: &Occupation| row.code, faults);
    unique(&draft.programme_occupations, |row: &ProgrammeOccupation| (row.programme, row.occupation), faults);
    named(&draft.regions, |row| vec![("name", &row.name)], faults);
    named(
        &draft.catalogue_programmes,
        |row| vec![("name", &row.name), ("class", &row.class), ("category", &row.category)],
        faults,
    );
    named(&draft.occupations, |row| vec![("name", &row.name)], faults);
    for (k, row) in draft.regions.records().enumerate() {
        if let Some(latitude) = row.latitude.filter(|latitude| latitude.micro().abs() > 90_000_000) {
            let degrees = f64::from(latitude.micro()) / 1e6;
            faults.push(Fault::new(FaultCode::BadCoordinate, draft.regions.place(k, "latitude"), degrees, ""));
        }
    }
    used(draft, faults);
}

fn unique<T: Record, C: Ord>(table: &Table<T>, key: impl Fn(&T) -> C, faults: &mut Faults) {
    for (k, pair) in table.rows.windows(2).enumerate() {
        if key(&pair[0].1) == key(&pair[1].1) {
            faults.push(Fault::new(FaultCode::DuplicateRow, table.place(k + 1, ""), pair[1].1.id(), ""));
        }
    }
}

fn named<T: Record>(table: &Table<T>, names: impl Fn(&T) -> Vec<(&'static str, &String)>, faults: &mut Faults) {
    for (k, row) in table.records().enumerate() {
        for (field, name) in names(row).into_iter().filter(|(_, name)| !is_name(name)) {
            faults.push(Fault::new(FaultCode::BadName, table.place(k, field), name, ""));
        }
    }
}

/// Codes used anywhere are found in the catalogue; a catalogue table that is empty is not asked.
fn used(draft: &Draft, faults: &mut Faults) {
    let mut regions = Lookup::new(&draft.regions, |row: &Region| row.code, faults);
    regions.each(&draft.schools, "region", |row| Some(row.region));
    regions.each(&draft.enterprises, "region", |row| Some(row.region));
    regions.each(&draft.posts, "region", |row| row.region);
    regions.each(&draft.supply, "region", |row| row.region);

    let mut programmes = Lookup::new(&draft.catalogue_programmes, |row: &CatalogueProgramme| row.code, faults);
    programmes.each(&draft.programmes, "code", |row| Some(row.code));
    programmes.each(&draft.posts, "target", |row| row.target);
    programmes.each(&draft.programme_occupations, "programme", |row| Some(row.programme));
    programmes.patterns(&draft.posts, |row| &row.programmes);
    programmes.patterns(&draft.agreements, |row| &row.programmes);

    let mut occupations = Lookup::new(&draft.occupations, |row: &Occupation| row.code, faults);
    occupations.each(&draft.posts, "occupation", |row| row.occupation);
    occupations.each(&draft.programme_occupations, "occupation", |row| Some(row.occupation));
}

/// The sorted codes of one table of the catalogue.
struct Lookup<'a, C> {
    table: &'static str,
    codes: Vec<C>,
    faults: &'a mut Faults,
}

impl<'a, C: Ord + Copy + Display> Lookup<'a, C> {
    fn new<R: Record>(table: &Table<R>, key: impl Fn(&R) -> C, faults: &'a mut Faults) -> Self {
        Self { table: R::TABLE, codes: table.records().map(key).collect(), faults }
    }

    /// Each row's code is one of the table's.
    fn each<T: Record>(&mut self, rows: &Table<T>, field: &str, code: impl Fn(&T) -> Option<C>) {
        if self.codes.is_empty() {
            return;
        }
        for (k, row) in rows.records().enumerate() {
            if let Some(code) = code(row).filter(|code| self.codes.binary_search(code).is_err()) {
                self.faults.push(Fault::new(FaultCode::Dangling, rows.place(k, field), code, self.table));
            }
        }
    }
}

impl Lookup<'_, super::ProgrammeCode> {
    /// Each row's patterns cover a programme of the table.
    fn patterns<T: Record>(&mut self, rows: &Table<T>, patterns: impl Fn(&T) -> &Vec<ProgrammePattern>) {
        if self.codes.is_empty() {
            return;
        }
        for (k, row) in rows.records().enumerate() {
            for pattern in patterns(row) {
                let range = pattern.range();
                let first = self.codes.partition_point(|code| code < range.start());
                if !self.codes.get(first).is_some_and(|code| range.contains(code)) {
                    self.faults.push(Fault::new(FaultCode::Dangling, rows.place(k, "programmes"), pattern, self.table));
                }
            }
        }
    }
}
