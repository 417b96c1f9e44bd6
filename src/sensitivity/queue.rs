//! A queue for nodes whose distances never fall below the last one taken (radix heap: Ahuja, Mehlhorn, Orlin and Tarjan
//! 1990).

use std::collections::VecDeque;

/// Nodes by distance; of those at the same distance, what was added first comes first.
#[derive(Debug)]
pub(super) struct Queue {
    last: i64,
    /// The nodes at the last distance taken.
    here: VecDeque<u32>,
    /// Others by the highest bit in which their distance differs from it.
    farther: [Vec<(i64, u32)>; i64::BITS as usize],
}

impl Queue {
    pub(super) fn new() -> Self {
        Self { last: 0, here: VecDeque::new(), farther: [const { Vec::new() }; i64::BITS as usize] }
    }

    /// Adds `node` at `distance`, which is not below the last one taken.
    pub(super) fn push(&mut self, distance: i64, node: u32) {
        match (distance ^ self.last).checked_ilog2() {
            Some(bit) => self.farther[bit as usize].push((distance, node)),
            None => self.here.push_back(node),
        }
    }

    /// Takes a nearest node.
    pub(super) fn pop(&mut self) -> Option<(i64, u32)> {
        if self.here.is_empty() {
            let nearest = self.farther.iter().position(|nodes| !nodes.is_empty())?;
            let mut nodes = std::mem::take(&mut self.farther[nearest]);
            self.last = nodes.iter().map(|&(distance, _)| distance).min()?;
            nodes.drain(..).for_each(|(distance, node)| self.push(distance, node));
            // Its memory serves again.
            self.farther[nearest] = nodes;
        }
        self.here.pop_front().map(|node| (self.last, node))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::Queue;

    #[test]
    fn nodes_come_out_by_distance_whatever_was_pushed_between() {
        let mut queue = Queue::new();
        let mut state = 1_u64;
        let mut draw = |below: u32| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as u32 % below
        };
        let (mut waiting, mut last) = (BTreeMap::<i64, u32>::new(), 0);
        for _ in 0..20_000 {
            if draw(3) < 2 {
                let distance = last + (i64::from(draw(1_000)) << [0, 9, 30][draw(3) as usize]);
                queue.push(distance, distance as u32);
                *waiting.entry(distance).or_default() += 1;
            } else {
                let expected = waiting.first_key_value().map(|(&distance, _)| distance);
                let found = queue.pop();
                assert_eq!(found, expected.map(|distance| (distance, distance as u32)));
                let Some(distance) = expected else { continue };
                last = distance;
                let count = waiting.get_mut(&distance).expect("it waits");
                *count -= 1;
                if *count == 0 {
                    waiting.remove(&distance);
                }
            }
        }
        assert!(last > 1 << 33, "{last}");
    }
}
