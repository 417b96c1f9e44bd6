//! Items by group.

/// Items sorted by the group they belong to, and within a group as they came.
#[derive(Default)]
pub(super) struct Groups<T> {
    begins: Vec<usize>,
    items: Vec<T>,
}

impl<T: Copy + Default> Groups<T> {
    /// Sorts pairs of group and item, by counting.
    pub(super) fn new(groups: usize, pairs: impl Iterator<Item = (usize, T)> + Clone) -> Self {
        let mut begins = vec![0; groups + 2];
        let mut len = 0;
        for (group, _) in pairs.clone() {
            begins[group + 2] += 1;
            len += 1;
        }
        for group in 2..begins.len() {
            begins[group] += begins[group - 1];
        }
        let mut items = vec![T::default(); len];
        for (group, item) in pairs {
            // The begin of the next group moves to its place while this one fills.
            items[begins[group + 1]] = item;
            begins[group + 1] += 1;
        }
        Self { begins, items }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    pub(super) fn of(&self, group: usize) -> &[T] {
        &self.items[self.begins[group]..self.begins[group + 1]]
    }
}
