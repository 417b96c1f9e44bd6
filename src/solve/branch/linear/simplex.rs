//! The simplex method from the dual side, on a tree with couplings beside it.
//!
//! Every column has two ends, so that any basis can be made dual feasible by moving columns to their other end. From there on
//! whatever is beyond its range is brought back to it, at the least loss; columns that this loss makes worth moving go to their
//! other end on the way (Maros 2003, the long step rule). What columns hold, and what prices are, follows from the tree and a
//! small matrix: what one more on each key counts in the tight couplings, once it has returned along the tree (Kennington and
//! Helgason 1980).

use super::basis::{At, Basis};
use super::columns::{Column, Columns, Prices};
use super::factors::Factors;
use super::tree::ROOT;
use crate::control::Stop;
use crate::index::PairId;
use crate::solve::meter::Meter;

/// Steps between two times that prices are found afresh.
const FRESH: usize = 64;

/// Steps for each row of the linear program, at most.
const STEPS: usize = 20;

/// Pairs that could be visited while a matrix of keys is factored, for each cube of so many of its entries.
const CUBE: usize = 1 << 4;

/// So far beyond its range is rounding, as are such parts of a person.
const BEYOND: f64 = 1e-6;

/// Candidates that are sorted at first: mostly a few are enough.
const SORTED: usize = 1 << 5;

/// What is no more than rounding: in a pivot, and in one that we would rather not take; of gains as such, and as a part of the
/// largest value.
const NOTHING: f64 = 1e-9;
const SMALL: f64 = 1e-5;
const ROUNDING: f64 = 1e-2;
const PART: f64 = 1e-14;

/// How a run ends.
pub(super) enum End {
    /// The best there is with these columns.
    Best,
    /// Nothing keeps everything: with every pair worth nothing, these prices prove it.
    Empty(Prices),
    /// Rounding, or going round in circles.
    Lost,
}

/// What is beyond its range.
#[derive(Clone, Copy)]
enum Leaving {
    /// The column of a node.
    Node(usize),
    /// A key, by its place.
    Key(usize),
    /// The load of a coupling.
    Row(usize),
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Entering {
    Column(u32),
    Row(u32),
}

/// What gains as the one that leaves comes back.
struct Candidate {
    /// After what loss for each person.
    loss: f64,
    /// What one more takes off what leaves.
    pivot: f64,
    what: Entering,
}

pub(super) struct Simplex<'a, 'b> {
    pub(super) columns: &'a mut Columns<'b>,
    pub(super) basis: Basis,
    pub(super) prices: Prices,
    rounding: f64,
    /// What columns at their ends bring to each node and each row.
    brought: Vec<f64>,
    counted: Vec<f64>,
    /// What basic columns hold: by node, and by key; and what couplings hold.
    by_node: Vec<f64>,
    by_key: Vec<f64>,
    pub(super) by_row: Vec<f64>,
}

impl<'a, 'b> Simplex<'a, 'b> {
    /// Begins from any basis.
    pub(super) fn new(columns: &'a mut Columns<'b>, basis: Basis) -> Self {
        let largest = columns.all.iter().map(|column| column.value.abs()).fold(0.0, f64::max);
        let (nodes, rows) = (basis.tree.len(), basis.rows.len());
        Self {
            columns,
            prices: Prices { nodes: vec![0.0; nodes], rows: vec![0.0; rows] },
            rounding: ROUNDING + PART * largest,
            brought: vec![0.0; nodes],
            counted: vec![0.0; rows],
            by_node: vec![0.0; nodes],
            by_key: vec![0.0; basis.keys.len()],
            by_row: vec![0.0; rows],
            basis,
        }
    }

    /// What is more than rounding.
    pub(super) const fn rounding(&self) -> f64 {
        self.rounding
    }

    pub(super) fn run(&mut self, meter: &mut Meter<'_>) -> Result<End, Stop> {
        let Some(factors) = self.factors() else { return Ok(End::Lost) };
        self.find_prices(&factors);
        self.settle();
        for step in 1..STEPS * (self.basis.tree.len() + self.basis.rows.len()) {
            meter.spend(self.columns.all.len() + self.basis.keys.len().pow(3) / CUBE)?;
            let Some(factors) = self.factors() else { return Ok(End::Lost) };
            self.find_levels(&factors);
            if step % FRESH == 0 {
                self.find_prices(&factors);
            }
            let Some((leaving, beyond)) = self.worst() else {
                self.find_prices(&factors);
                return Ok(End::Best);
            };
            let slopes = self.slopes(&factors, leaving);
            let mut candidates = self.candidates(&slopes, beyond);
            let Some(entering) = self.pass(&mut candidates, beyond.abs()) else {
                return Ok(End::Empty(slopes.times(-beyond.signum())));
            };
            if !self.exchange(leaving, beyond, &candidates[entering], &slopes) {
                return Ok(End::Lost);
            }
        }
        Ok(End::Lost)
    }

    /// What one more on each key counts in each tight row, once it has returned along the tree.
    fn factors(&self) -> Option<Factors> {
        let (size, places) = (self.basis.keys.len(), self.basis.places());
        let mut entries = vec![0.0; size * size];
        for (key, &number) in self.basis.keys.iter().enumerate() {
            let column = &self.columns.all[number as usize];
            let mut count = |column: &Column, by: f64| {
                for entry in self.columns.entries(column) {
                    if let Some(place) = places[entry.row as usize] {
                        entries[place * size + key] += by * entry.sign;
                    }
                }
            };
            count(column, 1.0);
            self.basis.tree.cycle(&self.columns.all, column, |own, by| count(&self.columns.all[own], by));
        }
        Factors::of(size, entries)
    }

    /// Prices under which each basic column, worth as much as `value` says, gains nothing. Rows that are basic charge what they
    /// charge in `rows`.
    fn solve_prices(&self, factors: &Factors, value: impl Fn(usize) -> f64, rows: Vec<f64>) -> Prices {
        let mut prices = Prices { nodes: vec![0.0; self.basis.tree.len()], rows };
        self.spread(&mut prices, &value);
        if self.basis.keys.is_empty() {
            return prices;
        }
        let keys = self.basis.keys.iter().map(|&key| key as usize);
        let gains: Vec<f64> = keys.map(|key| self.columns.gain(&self.columns.all[key], value(key), &prices)).collect();
        for (&row, charge) in self.basis.tight.iter().zip(factors.solve_turned(&gains)) {
            prices.rows[row as usize] = charge;
        }
        self.spread(&mut prices, &value);
        prices
    }

    /// The prices of nodes under which no column of the tree gains anything.
    fn spread(&self, prices: &mut Prices, value: &impl Fn(usize) -> f64) {
        for node in self.basis.tree.downwards() {
            let own = self.basis.tree.column(node);
            let column = &self.columns.all[own];
            let worth = value(own) - prices.charge(self.columns.entries(column));
            let above = prices.nodes[self.basis.tree.parent(node)];
            prices.nodes[node] = if column.to as usize == node { above + worth } else { above - worth };
        }
    }

    fn find_prices(&mut self, factors: &Factors) {
        let rows = vec![0.0; self.basis.rows.len()];
        self.prices = self.solve_prices(factors, |column| self.columns.all[column].value, rows);
    }

    /// Moves every column, and every row, that would gain by it to its other end.
    fn settle(&mut self) {
        let end = |gain: f64, rounding: f64, at: At| match at {
            At::Low if gain > rounding => At::High,
            At::High if gain < -rounding => At::Low,
            at => at,
        };
        for (number, column) in self.columns.all.iter().enumerate() {
            let gain = self.columns.gain(column, column.value, &self.prices);
            self.basis.columns[number] = end(gain, self.rounding, self.basis.columns[number]);
        }
        for (at, &charge) in self.basis.rows.iter_mut().zip(&self.prices.rows) {
            *at = end(charge, self.rounding, *at);
        }
        self.brought.fill(0.0);
        self.counted.fill(0.0);
        for number in 0..self.columns.all.len() {
            self.bring(number, self.held(number));
        }
    }

    /// What a column at an end holds.
    fn held(&self, number: usize) -> f64 {
        let column = &self.columns.all[number];
        match self.basis.columns[number] {
            At::Low => column.low,
            At::High => column.high,
            At::Basic => 0.0,
        }
    }

    fn bring(&mut self, number: usize, people: f64) {
        if people != 0.0 {
            let column = self.columns.all[number];
            self.brought[column.from as usize] -= people;
            self.brought[column.to as usize] += people;
            count(self.columns, &column, people, &mut self.counted);
        }
    }

    /// Adds a pair.
    pub(super) fn join(&mut self, pair: PairId) {
        self.columns.add(pair);
        self.basis.columns.push(At::Low);
    }

    /// What basic columns hold.
    fn find_levels(&mut self, factors: &Factors) {
        let mut brought = self.brought.clone();
        self.by_row.clone_from(&self.counted);
        self.gather(&mut brought);
        let lacking = self.basis.tight.iter().map(|&row| {
            let (low, high) = self.columns.rows[row as usize];
            let end = if self.basis.rows[row as usize] == At::High { high } else { low };
            end - self.by_row[row as usize]
        });
        self.by_key = factors.solve(&lacking.collect::<Vec<f64>>());
        if self.by_key.is_empty() {
            return;
        }
        brought.clone_from(&self.brought);
        self.by_row.clone_from(&self.counted);
        for (&key, &people) in self.basis.keys.iter().zip(&self.by_key) {
            let column = &self.columns.all[key as usize];
            brought[column.from as usize] -= people;
            brought[column.to as usize] += people;
            count(self.columns, column, people, &mut self.by_row);
        }
        self.gather(&mut brought);
    }

    /// Sends what is `brought` to the nodes along the tree to the root.
    fn gather(&mut self, brought: &mut [f64]) {
        let tree = &self.basis.tree;
        for node in tree.downwards().rev() {
            let column = &self.columns.all[tree.column(node)];
            let people = brought[node];
            brought[tree.parent(node)] += people;
            let own = if column.from as usize == node { people } else { -people };
            self.by_node[node] = own;
            if own != 0.0 {
                count(self.columns, column, own, &mut self.by_row);
            }
        }
    }

    /// What is farthest beyond its range, and by how much: below 0 if it is too little.
    fn worst(&self) -> Option<(Leaving, f64)> {
        let mut worst = None;
        let mut most = BEYOND;
        let mut look = |leaving: Leaving, people: f64, low: f64, high: f64| {
            let beyond = if people < low { people - low } else { people - people.min(high) };
            if beyond.abs() > most {
                (most, worst) = (beyond.abs(), Some((leaving, beyond)));
            }
        };
        for node in ROOT + 1..self.basis.tree.len() {
            let column = &self.columns.all[self.basis.tree.column(node)];
            look(Leaving::Node(node), self.by_node[node], column.low, column.high);
        }
        for (place, (&key, &people)) in self.basis.keys.iter().zip(&self.by_key).enumerate() {
            let column = &self.columns.all[key as usize];
            look(Leaving::Key(place), people, column.low, column.high);
        }
        for (row, (&load, &(low, high))) in self.by_row.iter().zip(&self.columns.rows).enumerate() {
            if self.basis.rows[row] == At::Basic {
                look(Leaving::Row(row), load, low, high);
            }
        }
        worst
    }

    /// How prices change for each person that what leaves comes back.
    fn slopes(&self, factors: &Factors, leaving: Leaving) -> Prices {
        let mut rows = vec![0.0; self.basis.rows.len()];
        let own = match leaving {
            Leaving::Node(node) => Some(self.basis.tree.column(node)),
            Leaving::Key(place) => Some(self.basis.keys[place] as usize),
            Leaving::Row(row) => {
                rows[row] = -1.0;
                None
            }
        };
        self.solve_prices(factors, |column| if Some(column) == own { 1.0 } else { 0.0 }, rows)
    }

    /// Everything at an end that will gain as prices move along `slopes`.
    fn candidates(&self, slopes: &Prices, beyond: f64) -> Vec<Candidate> {
        // Too little comes back as prices rise along the slopes, too much as they fall.
        let way = -beyond.signum();
        let mut candidates = Vec::new();
        let mut look = |what: Entering, at: At, pivot: f64, gain: &dyn Fn() -> f64| {
            let towards = way * pivot;
            if at == At::Low && towards < -NOTHING || at == At::High && towards > NOTHING {
                candidates.push(Candidate { loss: (gain() / towards).max(0.0), pivot, what });
            }
        };
        for (number, (column, &at)) in self.columns.all.iter().zip(&self.basis.columns).enumerate() {
            if at != At::Basic && column.low < column.high {
                let gain = || self.columns.gain(column, column.value, &self.prices);
                let pivot = -self.columns.gain(column, 0.0, slopes);
                look(Entering::Column(number as u32), at, pivot, &gain);
            }
        }
        for &row in &self.basis.tight {
            let (at, (low, high)) = (row as usize, self.columns.rows[row as usize]);
            if low < high {
                look(Entering::Row(row), self.basis.rows[at], -slopes.rows[at], &|| self.prices.rows[at]);
            }
        }
        candidates
    }

    /// Moves candidates to their other ends, the cheapest first, as long as what leaves is still beyond its range by then; the
    /// number of the one that brings it there.
    fn pass(&mut self, candidates: &mut [Candidate], beyond: f64) -> Option<usize> {
        let cheaper = |a: &Candidate, b: &Candidate| {
            a.loss.total_cmp(&b.loss).then(b.pivot.abs().total_cmp(&a.pivot.abs())).then(a.what.cmp(&b.what))
        };
        let (mut left, mut sorted, mut more) = (beyond, 0, SORTED);
        let mut entering = loop {
            let rest = &mut candidates[sorted..];
            if rest.is_empty() {
                return None;
            }
            if more < rest.len() {
                rest.select_nth_unstable_by(more, cheaper);
            }
            let next = more.min(rest.len());
            rest[..next].sort_unstable_by(cheaper);
            let enough = rest[..next].iter().position(|candidate| {
                left -= candidate.pivot.abs() * self.range(candidate.what);
                left <= NOTHING
            });
            if let Some(at) = enough {
                break sorted + at;
            }
            (sorted, more) = (sorted + next, 4 * more);
        };
        // One that is surer, if it costs hardly more.
        if candidates[entering].pivot.abs() < SMALL {
            let surer = candidates[..entering].iter().rposition(|candidate| candidate.pivot.abs() >= SMALL);
            entering = surer.unwrap_or(entering);
        }
        for candidate in &candidates[..entering] {
            match candidate.what {
                Entering::Column(number) => self.turn(number as usize),
                Entering::Row(row) => turn(&mut self.basis.rows[row as usize]),
            }
        }
        Some(entering)
    }

    fn range(&self, what: Entering) -> f64 {
        match what {
            Entering::Column(number) => {
                let column = &self.columns.all[number as usize];
                column.high - column.low
            }
            Entering::Row(row) => {
                let (low, high) = self.columns.rows[row as usize];
                high - low
            }
        }
    }

    /// Moves a column to its other end.
    fn turn(&mut self, number: usize) {
        let before = self.held(number);
        turn(&mut self.basis.columns[number]);
        self.bring(number, self.held(number) - before);
    }

    /// Takes one into the basis and the other out of it; false if rounding had it that nothing would hang together then.
    fn exchange(&mut self, leaving: Leaving, beyond: f64, candidate: &Candidate, slopes: &Prices) -> bool {
        let by = -beyond.signum() * candidate.loss;
        self.prices.nodes.iter_mut().zip(&slopes.nodes).for_each(|(price, slope)| *price += by * slope);
        self.prices.rows.iter_mut().zip(&slopes.rows).for_each(|(price, slope)| *price += by * slope);
        if let Entering::Column(number) = candidate.what {
            self.bring(number as usize, -self.held(number as usize));
            self.basis.columns[number as usize] = At::Basic;
        }
        let end = if beyond < 0.0 { At::Low } else { At::High };
        match leaving {
            Leaving::Row(row) => {
                self.basis.rows[row] = end;
                self.basis.tight.push(row as u32);
                self.enter(candidate.what);
            }
            Leaving::Key(place) => {
                let out = self.basis.keys.swap_remove(place) as usize;
                self.rest(out, end);
                self.enter(candidate.what);
            }
            Leaving::Node(node) => {
                let out = self.basis.tree.column(node);
                let crosses = |number: u32| self.basis.tree.crosses(node, &self.columns.all[number as usize]);
                let direct = match candidate.what {
                    Entering::Column(number) if crosses(number) => Some(number),
                    _ => None,
                };
                // If it does not hang the tree together, a key does, and it becomes a key.
                let place = self.basis.keys.iter().position(|&key| crosses(key));
                let joint = match (direct, place) {
                    (Some(number), _) => number,
                    (None, Some(place)) => {
                        let key = self.basis.keys.swap_remove(place);
                        self.enter(candidate.what);
                        key
                    }
                    (None, None) => return false,
                };
                self.basis.tree.rehang(node, &self.columns.all[joint as usize], joint);
                self.rest(out, end);
            }
        }
        true
    }

    fn enter(&mut self, what: Entering) {
        match what {
            Entering::Column(number) => self.basis.add_key(number),
            Entering::Row(row) => self.basis.loosen(row),
        }
    }

    /// Leaves a column at an end.
    fn rest(&mut self, number: usize, end: At) {
        self.basis.columns[number] = end;
        self.bring(number, self.held(number));
    }

    /// What every column holds that holds anything.
    pub(super) fn levels(&self) -> Vec<f64> {
        let mut levels: Vec<f64> = (0..self.columns.all.len()).map(|number| self.held(number)).collect();
        for node in self.basis.tree.downwards() {
            levels[self.basis.tree.column(node)] = self.by_node[node];
        }
        for (&key, &people) in self.basis.keys.iter().zip(&self.by_key) {
            levels[key as usize] = people;
        }
        levels
    }
}

fn turn(at: &mut At) {
    *at = match *at {
        At::Low => At::High,
        At::High => At::Low,
        At::Basic => At::Basic,
    };
}

/// Adds what people on a column count to the loads of couplings.
fn count(columns: &Columns<'_>, column: &Column, people: f64, loads: &mut [f64]) {
    for entry in columns.entries(column) {
        loads[entry.row as usize] += entry.sign * people;
    }
}
