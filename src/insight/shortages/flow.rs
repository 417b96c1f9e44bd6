//! A largest flow from people to seats that grows with what is allowed.

use std::collections::{BTreeMap, VecDeque};

/// People of some classes, all alike within a class, at the seats of some posts: as many as can be.
///
/// Capacities may grow and pairs be added; the flow there is stays, and [`grow`](Self::grow) leads it to a largest one again, by
/// paths over which people make room for each other (Ford and Fulkerson, *Canadian Journal of Mathematics* 8, 1956).
pub(super) struct Flow {
    people: Vec<u64>,
    seats: Vec<u64>,
    /// People of each class at each post.
    at: Vec<BTreeMap<usize, u64>>,
    taken: Vec<u64>,
    filled: Vec<u64>,
}

/// The posts that cannot all be filled, and everybody who could be there: all of whom are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Side {
    pub(super) posts: Vec<usize>,
    pub(super) classes: Vec<usize>,
}

impl Flow {
    pub(super) fn new(classes: usize, posts: usize) -> Self {
        let at = vec![BTreeMap::new(); classes];
        Self { people: vec![0; classes], seats: vec![0; posts], at, taken: vec![0; classes], filled: vec![0; posts] }
    }

    /// Lets a class have `people`, no fewer than before.
    pub(super) fn allow_people(&mut self, class: usize, people: u64) {
        self.people[class] = self.people[class].max(people);
    }

    /// Lets a post have `seats`, no fewer than before.
    pub(super) fn allow_seats(&mut self, post: usize, seats: u64) {
        self.seats[post] = self.seats[post].max(seats);
    }

    /// Puts `people` of a class, who must be allowed, at a post with seats for them.
    pub(super) fn place(&mut self, class: usize, post: usize, people: u64) {
        *self.at[class].entry(post).or_default() += people;
        self.taken[class] += people;
        self.filled[post] += people;
    }

    /// How many there are.
    pub(super) fn value(&self) -> u64 {
        self.filled.iter().sum()
    }

    /// Grows to a largest flow where `allowed` says which classes may be at which posts, and says what it is bounded by: the seats of
    /// all other posts and everybody of the classes are full.
    ///
    /// Cost: for each person or chain of people that is added, a search over posts and the classes allowed there.
    pub(super) fn grow(&mut self, allowed: impl Fn(usize, usize) -> bool) -> Side {
        let (mut dead_posts, mut dead_classes) = (vec![false; self.seats.len()], vec![false; self.people.len()]);
        let mut side = Side::default();
        for post in 0..self.seats.len() {
            while self.filled[post] < self.seats[post] && !dead_posts[post] {
                if let Some((posts, classes)) = self.extend(post, &allowed, [&dead_posts, &dead_classes]) {
                    // Nothing leads out of what such a search saw, whatever is added elsewhere.
                    for post in &posts {
                        dead_posts[*post] = true;
                    }
                    for class in &classes {
                        dead_classes[*class] = true;
                    }
                    side.posts.extend(posts);
                    side.classes.extend(classes);
                }
            }
        }
        side.posts.sort_unstable();
        side.classes.sort_unstable();
        side
    }

    /// Fills seats of `start` with people who are nowhere, or with others whose seats such people take. If nobody can, what the
    /// search saw: posts and classes.
    fn extend(
        &mut self,
        start: usize,
        allowed: &impl Fn(usize, usize) -> bool,
        [dead_posts, dead_classes]: [&[bool]; 2],
    ) -> Option<(Vec<usize>, Vec<usize>)> {
        let mut waiting: Vec<usize> = (0..self.people.len()).filter(|class| !dead_classes[*class]).collect();
        // How each post was reached: by the class that would leave it, for which post.
        let mut reached: BTreeMap<usize, Option<(usize, usize)>> = BTreeMap::from([(start, None)]);
        let (mut next, mut seen) = (VecDeque::from([start]), Vec::new());
        while let Some(post) = next.pop_front() {
            let mut found = None;
            waiting.retain(|&class| {
                if found.is_some() || !allowed(class, post) {
                    return true;
                }
                if self.taken[class] < self.people[class] {
                    found = Some(class);
                    return true;
                }
                seen.push(class);
                for other in self.at[class].keys().filter(|other| !dead_posts[**other]) {
                    reached.entry(*other).or_insert_with(|| {
                        next.push_back(*other);
                        Some((class, post))
                    });
                }
                false
            });
            if let Some(class) = found {
                self.shift(class, post, &reached);
                return None;
            }
        }
        Some((reached.into_keys().collect(), seen))
    }

    /// Brings people of `class` to `post`, who take seats that others leave for the post that was searched from.
    fn shift(&mut self, class: usize, post: usize, reached: &BTreeMap<usize, Option<(usize, usize)>>) {
        let mut people = self.people[class] - self.taken[class];
        let (mut path, mut here) = (Vec::new(), post);
        while let Some(Some((leaves, to))) = reached.get(&here) {
            people = people.min(self.at[*leaves].get(&here).copied().unwrap_or(0));
            path.push((*leaves, here, *to));
            here = *to;
        }
        people = people.min(self.seats[here] - self.filled[here]);
        *self.at[class].entry(post).or_default() += people;
        self.taken[class] += people;
        self.filled[here] += people;
        for (leaves, from, to) in path {
            *self.at[leaves].entry(to).or_default() += people;
            let rest = self.at[leaves].entry(from).or_default();
            *rest -= people;
            if *rest == 0 {
                self.at[leaves].remove(&from);
            }
        }
    }
}
