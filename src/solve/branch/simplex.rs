//! The linear program of the master problem: the best mixture of matchings that keeps the spans of couplings on average.
//!
//! The simplex method with the inverse of the basis, in floating point.

use std::sync::Arc;

use super::master::Met;

/// What is no more than rounding: as such, and as a part of the largest value.
const ROUNDING: f64 = 1e-2;
const PART: f64 = 1e-15;

/// One side of a coupling: signed loads are at most `most`, or cost something from the least to the dearest.
pub(super) struct Row {
    pub(super) coupling: usize,
    pub(super) sign: i64,
    pub(super) most: i64,
    pub(super) least: f64,
    pub(super) dearest: f64,
}

impl Row {
    fn load(&self, column: &Met) -> f64 {
        column.signed(self.sign, self.coupling) as f64
    }
}

/// A basis and its inverse. Row 0 says that shares add up to 1.
pub(super) struct Simplex<'a> {
    rows: &'a [Row],
    columns: &'a [Arc<Met>],
    values: Vec<f64>,
    rounding: f64,
    inverse: Vec<Vec<f64>>,
    basis: Vec<Variable>,
    level: Vec<f64>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Variable {
    Share(usize),
    Slack(usize),
    Beyond(usize),
}

impl<'a> Simplex<'a> {
    pub(super) fn new(rows: &'a [Row], columns: &'a [Arc<Met>], values: Vec<f64>) -> Self {
        let rounding = ROUNDING + PART * values.iter().fold(0.0, |most: f64, value| most.max(value.abs()));
        let count = rows.len() + 1;
        let mut inverse = vec![vec![0.0; count]; count];
        let (mut basis, mut level) = (vec![Variable::Share(0)], vec![1.0]);
        inverse[0][0] = 1.0;
        for (at, row) in rows.iter().enumerate() {
            let room = row.most as f64 - row.load(&columns[0]);
            let sign = if room >= 0.0 { 1.0 } else { -1.0 };
            basis.push(if room >= 0.0 { Variable::Slack(at) } else { Variable::Beyond(at) });
            level.push(room.abs());
            inverse[at + 1][at + 1] = sign;
            inverse[at + 1][0] = -sign * row.load(&columns[0]);
        }
        Self { rows, columns, values, rounding, inverse, basis, level }
    }

    fn cost(&self, variable: Variable) -> f64 {
        match variable {
            Variable::Share(at) => self.values[at],
            Variable::Slack(at) => self.rows[at].least,
            Variable::Beyond(at) => -self.rows[at].dearest,
        }
    }

    /// What a variable adds to row `at`.
    fn entry(&self, variable: Variable, at: usize) -> f64 {
        match variable {
            Variable::Share(column) => at.checked_sub(1).map_or(1.0, |at| self.rows[at].load(&self.columns[column])),
            Variable::Slack(row) => f64::from(u8::from(at == row + 1)),
            Variable::Beyond(row) => -f64::from(u8::from(at == row + 1)),
        }
    }

    fn prices(&self) -> Vec<f64> {
        let mut prices = vec![0.0; self.basis.len()];
        for (variable, inverse) in self.basis.iter().zip(&self.inverse) {
            let cost = self.cost(*variable);
            for (price, &by) in prices.iter_mut().zip(inverse).filter(|(_, by)| **by != 0.0) {
                *price += by * cost;
            }
        }
        prices
    }

    /// The prices of the rows but the first, and the shares of the columns.
    pub(super) fn run(mut self) -> (Vec<f64>, Vec<f64>) {
        let all = (0..self.columns.len()).map(Variable::Share);
        let all = all.chain((0..self.rows.len()).flat_map(|row| [Variable::Slack(row), Variable::Beyond(row)]));
        let all: Vec<Variable> = all.collect();
        let most = 20 * (self.rows.len() + 10);
        for pivot in 0..most {
            let prices = self.prices();
            let gain = |variable: Variable| {
                let paid = (0..prices.len()).filter_map(|at| {
                    let entry = self.entry(variable, at);
                    (entry != 0.0).then(|| (entry, prices[at]))
                });
                paid.fold(self.cost(variable), |gain, (entry, price)| gain - entry * price)
            };
            let mut entering: Option<(f64, Variable)> = None;
            for &variable in all.iter().filter(|variable| !self.basis.contains(variable)) {
                let gain = gain(variable);
                let least = entering.map_or(self.rounding, |(gain, _)| gain);
                if gain > least {
                    entering = Some((gain, variable));
                    // Towards the end the first that gains, which cannot go round in circles (Bland 1977).
                    if pivot > most / 2 {
                        break;
                    }
                }
            }
            let Some((_, variable)) = entering else { break };
            if !self.enter(variable) {
                break;
            }
        }
        let mut shares = vec![0.0; self.columns.len()];
        for (variable, &level) in self.basis.iter().zip(&self.level) {
            if let Variable::Share(at) = *variable {
                shares[at] = level;
            }
        }
        (self.prices().split_off(1), shares)
    }

    /// Brings a variable into the basis; false if nothing limits it.
    fn enter(&mut self, variable: Variable) -> bool {
        let entries: Vec<f64> = (0..self.basis.len()).map(|at| self.entry(variable, at)).collect();
        let change: Vec<f64> = self
            .inverse
            .iter()
            .map(|row| row.iter().zip(&entries).filter(|(_, entry)| **entry != 0.0).map(|(a, b)| a * b).sum())
            .collect();
        let mut leaving: Option<(f64, Variable, usize)> = None;
        for (at, (&change, &level)) in
            change.iter().zip(&self.level).enumerate().filter(|(_, (change, _))| **change > 1e-9)
        {
            let (ratio, own) = ((level / change).max(0.0), self.basis[at]);
            let nearer =
                leaving.is_none_or(|(least, known, _)| ratio < least - 1e-12 || ratio < least + 1e-12 && own < known);
            if nearer {
                leaving = Some((ratio, own, at));
            }
        }
        let Some((ratio, _, out)) = leaving else { return false };
        let pivot: Vec<f64> = self.inverse[out].iter().map(|entry| entry / change[out]).collect();
        for (at, by) in change.into_iter().enumerate() {
            if at == out {
                self.level[at] = ratio;
            } else if by != 0.0 {
                self.level[at] -= by * ratio;
                for (entry, pivot) in self.inverse[at].iter_mut().zip(&pivot).filter(|(_, pivot)| **pivot != 0.0) {
                    *entry -= by * pivot;
                }
            }
        }
        self.inverse[out] = pivot;
        self.basis[out] = variable;
        true
    }
}
