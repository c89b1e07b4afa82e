//! What could not be written yet, in its order and within a bound. Pure: no store, no clock.

use std::collections::VecDeque;

use super::Order;
use crate::domain::Moment;

/// The most incidents and facts that wait; beyond that the oldest are let go, and counted.
const MOST: usize = 10_000;

/// An order, and when it was given.
#[derive(Debug, Clone)]
pub(super) struct Held {
    pub at: Moment,
    pub order: Order,
}

/// Orders that wait, the oldest first.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    held: VecDeque<Held>,
    /// How many incidents and facts wait.
    count: usize,
    lost: usize,
}

impl Waiting {
    /// Adds an order. While the store is in trouble readings and housekeeping do not wait: there will be newer ones.
    pub fn add(&mut self, held: Held, in_trouble: bool) {
        if in_trouble && matches!(held.order, Order::Readings(_) | Order::RollUp) {
            return;
        }
        self.count += size(&held.order);
        self.held.push_back(held);
        while self.count > MOST
            && self.held.len() > 1
            && let Some(oldest) = self.held.pop_front()
        {
            self.count -= size(&oldest.order);
            self.lost += size(&oldest.order);
        }
    }

    /// What is to be written next.
    pub fn first(&self) -> Option<&Held> {
        self.held.front()
    }

    /// The first was written, or never will be.
    pub fn written(&mut self) {
        if let Some(held) = self.held.pop_front() {
            self.count -= size(&held.order);
        }
    }

    /// Of the first only this is left to be written.
    pub fn instead(&mut self, rest: Option<Order>) {
        if let (Some(rest), Some(first)) = (rest, self.held.front_mut()) {
            self.count = self.count - size(&first.order) + size(&rest);
            first.order = rest;
        }
    }

    /// midwatch leaves: what still waits is lost, and its own log says so.
    pub fn warn_of_rest(&self) {
        if self.count > 0 {
            tracing::error!(facts = self.count, "midwatch left before the store could be written: they are not kept");
        }
    }

    /// What was let go, in words; told once.
    pub fn take_lost(&mut self) -> Option<String> {
        let lost = std::mem::take(&mut self.lost);
        (lost > 0).then(|| format!("the store could not be written for so long that {lost} facts were not kept"))
    }
}

fn size(order: &Order) -> usize {
    match order {
        Order::Episodes(episodes) => episodes.len(),
        Order::Note(entries) => entries.len(),
        Order::Readings(_) | Order::RollUp | Order::Done(_) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Operator;
    use crate::domain::journal::{Entry, Outcome};

    fn note(number: usize) -> Held {
        let at = Moment::UNIX_EPOCH;
        let operator = Operator::new("ana", "bastion");
        let (action, target, detail) = ("source.lost".to_owned(), "am".to_owned(), number.to_string());
        let entry = Entry { at, operator, action, target, detail, outcome: Outcome::Noted };
        Held { at, order: Order::Note(vec![entry]) }
    }

    #[test]
    fn what_waits_is_bounded_and_what_is_let_go_is_told_once() {
        let mut waiting = Waiting::default();
        for number in 0..MOST + 7 {
            waiting.add(note(number), true);
            waiting.add(Held { at: Moment::UNIX_EPOCH, order: Order::RollUp }, true);
        }
        assert_eq!((waiting.held.len(), waiting.count), (MOST, MOST), "housekeeping does not wait");
        let Some(Held { order: Order::Note(first), .. }) = waiting.first() else { panic!("a note is first") };
        assert_eq!(first[0].detail, "7", "the oldest are let go");
        assert!(waiting.take_lost().unwrap().contains(" 7 facts"));
        assert_eq!(waiting.take_lost(), None);
    }
}
