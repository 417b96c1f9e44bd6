//! Items by group.

use std::convert::Infallible;

/// Items between two looks at whether to go on.
const LOOK: usize = 1 << 16;

/// Items sorted by the group they belong to, and within a group as they came.
#[derive(Default)]
pub(super) struct Groups<T> {
    begins: Vec<usize>,
    items: Vec<T>,
}

impl<T: Copy + Default> Groups<T> {
    /// Sorts pairs of group and item, by counting.
    pub(super) fn new(groups: usize, pairs: impl Iterator<Item = (usize, T)> + Clone) -> Self {
        Self::try_new(groups, pairs, || Ok::<(), Infallible>(())).unwrap_or_else(|never| match never {})
    }

    /// [`new`](Self::new), asking now and then whether to go on.
    pub(super) fn try_new<E>(
        groups: usize,
        pairs: impl Iterator<Item = (usize, T)> + Clone,
        look: impl Fn() -> Result<(), E>,
    ) -> Result<Self, E> {
        let mut begins = vec![0; groups + 2];
        let mut len = 0;
        for (group, _) in pairs.clone() {
            begins[group + 2] += 1;
            len += 1;
            if len % LOOK == 0 {
                look()?;
            }
        }
        for group in 2..begins.len() {
            begins[group] += begins[group - 1];
        }
        let mut items = vec![T::default(); len];
        for (at, (group, item)) in pairs.enumerate() {
            if at % LOOK == 0 {
                look()?;
            }
            // The begin of the next group moves to its place while this one fills.
            items[begins[group + 1]] = item;
            begins[group + 1] += 1;
        }
        Ok(Self { begins, items })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    pub(super) fn of(&self, group: usize) -> &[T] {
        &self.items[self.begins[group]..self.begins[group + 1]]
    }
}
