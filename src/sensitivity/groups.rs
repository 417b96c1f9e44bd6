//! Lists by number: compact ones, and the same with a few of them changed.

use std::collections::BTreeMap;

/// For each number a list, all of them in one piece.
#[derive(Clone, Debug)]
pub(super) struct Groups<T> {
    offsets: Vec<u32>,
    items: Vec<T>,
}

impl<T: Copy + Default> Groups<T> {
    /// The lists of `count` numbers, each in the order in which `items` gives them. It is asked twice.
    pub(super) fn new<I: Iterator<Item = (usize, T)>>(count: usize, items: impl Fn() -> I) -> Self {
        let mut offsets = vec![0_u32; count + 1];
        for (number, _) in items() {
            offsets[number + 1] += 1;
        }
        for number in 0..count {
            offsets[number + 1] += offsets[number];
        }
        let mut places = offsets.clone();
        let mut sorted = vec![T::default(); offsets[count] as usize];
        for (number, item) in items() {
            sorted[places[number] as usize] = item;
            places[number] += 1;
        }
        Self { offsets, items: sorted }
    }

    pub(super) fn len(&self) -> usize {
        self.offsets.len() - 1
    }

    pub(super) fn of(&self, number: usize) -> &[T] {
        &self.items[self.offsets[number] as usize..self.offsets[number + 1] as usize]
    }
}

/// Lists of which some have changed since.
#[derive(Clone, Debug)]
pub(super) struct Changed<T> {
    first: Groups<T>,
    changed: BTreeMap<usize, Vec<T>>,
}

impl<T: Copy + Default> Changed<T> {
    pub(super) fn new(first: Groups<T>) -> Self {
        Self { first, changed: BTreeMap::new() }
    }

    pub(super) fn of(&self, number: usize) -> &[T] {
        match self.changed.get(&number) {
            Some(list) => list,
            None => self.first.of(number),
        }
    }

    pub(super) fn list_mut(&mut self, number: usize) -> &mut Vec<T> {
        self.changed.entry(number).or_insert_with(|| self.first.of(number).to_vec())
    }
}
