//! A square matrix as a product of triangles (Gauss).

/// A pivot below which a matrix has no inverse for us.
const SINGULAR: f64 = 1e-9;

/// See the [page](self).
pub(super) struct Factors {
    size: usize,
    /// Both triangles, row by row.
    entries: Vec<f64>,
    /// The row of the matrix that each row is.
    rows: Vec<usize>,
}

impl Factors {
    /// Of the matrix with these `entries`, row by row; none if it has no inverse.
    pub(super) fn of(size: usize, mut entries: Vec<f64>) -> Option<Self> {
        let mut rows: Vec<usize> = (0..size).collect();
        for at in 0..size {
            let largest = |&a: &usize, &b: &usize| {
                let (a, b) = (entries[a * size + at].abs(), entries[b * size + at].abs());
                a.total_cmp(&b)
            };
            let pivot = (at..size).rev().max_by(largest)?;
            if entries[pivot * size + at].abs() < SINGULAR {
                return None;
            }
            rows.swap(at, pivot);
            if pivot != at {
                (0..size).for_each(|column| entries.swap(at * size + column, pivot * size + column));
            }
            let (above, below) = entries.split_at_mut((at + 1) * size);
            let above = &above[at * size..];
            for row in below.chunks_exact_mut(size).filter(|row| row[at] != 0.0) {
                row[at] /= above[at];
                let by = row[at];
                for (entry, above) in row[at + 1..].iter_mut().zip(&above[at + 1..]) {
                    *entry -= by * above;
                }
            }
        }
        Some(Self { size, entries, rows })
    }

    fn row(&self, at: usize) -> &[f64] {
        &self.entries[at * self.size..(at + 1) * self.size]
    }

    /// What the matrix makes `right`.
    pub(super) fn solve(&self, right: &[f64]) -> Vec<f64> {
        let mut found: Vec<f64> = self.rows.iter().map(|&row| right[row]).collect();
        for at in 0..self.size {
            let known: f64 = self.row(at)[..at].iter().zip(&found).map(|(entry, found)| entry * found).sum();
            found[at] -= known;
        }
        for at in (0..self.size).rev() {
            let (row, next) = (self.row(at), at + 1);
            let known: f64 = row[next..].iter().zip(&found[next..]).map(|(entry, found)| entry * found).sum();
            found[at] = (found[at] - known) / row[at];
        }
        found
    }

    /// What the matrix, turned over, makes `right`.
    pub(super) fn solve_turned(&self, right: &[f64]) -> Vec<f64> {
        let mut turned = right.to_vec();
        for at in 0..self.size {
            turned[at] /= self.row(at)[at];
            let by = turned[at];
            turned[at + 1..].iter_mut().zip(&self.row(at)[at + 1..]).for_each(|(left, entry)| *left -= entry * by);
        }
        for at in (0..self.size).rev() {
            let by = turned[at];
            turned[..at].iter_mut().zip(&self.row(at)[..at]).for_each(|(left, entry)| *left -= entry * by);
        }
        let mut found = vec![0.0; self.size];
        self.rows.iter().zip(turned).for_each(|(&row, entry)| found[row] = entry);
        found
    }
}
