//! A value that is constant between dates.

use jiff::civil::Date;
use std::ops::{Deref, DerefMut};

/// A piecewise constant value: each step holds from its date until the next.
///
/// ```
/// use normwave_network_model::{Timeline, parse_date};
/// let mut weight = Timeline::constant(0.2);
/// weight.set(parse_date("1997-05-01")?, 0.5);
/// assert_eq!(weight.at(parse_date("1997-04-30")?), Some(&0.2));
/// assert_eq!(weight.at(parse_date("1997-05-01")?), Some(&0.5));
/// # Ok::<(), normwave_network_model::NetworkError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline<T> {
    // Sorted by date, one entry per date. `None` ends a value.
    steps: Entries<T>,
}

type Entry<T> = (Date, Option<T>);

// A network of a million actors has millions of values that never change, and no list for them.
#[derive(Clone, Debug)]
enum Entries<T> {
    One([Entry<T>; 1]),
    List(Vec<Entry<T>>),
}

impl<T> Deref for Entries<T> {
    type Target = [Entry<T>];

    fn deref(&self) -> &[Entry<T>] {
        match self {
            Entries::One(one) => one,
            Entries::List(list) => list,
        }
    }
}

impl<T> DerefMut for Entries<T> {
    fn deref_mut(&mut self) -> &mut [Entry<T>] {
        match self {
            Entries::One(one) => one,
            Entries::List(list) => list,
        }
    }
}

impl<T: PartialEq> PartialEq for Entries<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T> Entries<T> {
    fn insert(&mut self, idx: usize, entry: Entry<T>) {
        if self.is_empty() {
            *self = Entries::One([entry]);
            return;
        }
        let mut list = match std::mem::replace(self, Entries::List(Vec::new())) {
            Entries::One(one) => Vec::from(one),
            Entries::List(list) => list,
        };
        list.insert(idx, entry);
        *self = Entries::List(list);
    }
}

impl<T> Default for Timeline<T> {
    fn default() -> Self {
        Timeline { steps: Entries::List(Vec::new()) }
    }
}

impl<T> Timeline<T> {
    /// A value that never changes.
    pub fn constant(value: T) -> Self {
        Timeline { steps: Entries::One([(Date::MIN, Some(value))]) }
    }

    /// From `date` until the next step the value is `value`.
    pub fn set(&mut self, date: Date, value: T) {
        self.put(date, Some(value));
    }

    /// From `date` until the next step there is no value.
    pub fn end(&mut self, date: Date) {
        self.put(date, None);
    }

    fn put(&mut self, date: Date, value: Option<T>) {
        match self.steps.binary_search_by_key(&date, |step| step.0) {
            Ok(idx) => self.steps[idx].1 = value,
            Err(idx) => self.steps.insert(idx, (date, value)),
        }
    }

    /// The value on `date`, if there is one.
    #[must_use]
    pub fn at(&self, date: Date) -> Option<&T> {
        let after = self.steps.partition_point(|step| step.0 <= date);
        self.steps[..after].last().and_then(|step| step.1.as_ref())
    }

    /// The dates at which the value changes, in order.
    pub fn dates(&self) -> impl Iterator<Item = Date> + '_ {
        self.steps.iter().map(|step| step.0)
    }

    /// Whether no value was ever set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }
}

impl<T: Clone> Timeline<T> {
    /// Changes every value in `[from, until)` by `change`; what held at `until` before holds again
    /// from then on. Where there was no value, `change` sees `None`.
    pub fn change(&mut self, from: Date, until: Option<Date>, change: impl Fn(Option<&T>) -> Option<T>) {
        let before = self.at(from).cloned();
        if let Some(end) = until {
            let after = self.at(end).cloned();
            self.put(end, after);
        }
        if self.steps.binary_search_by_key(&from, |step| step.0).is_err() {
            self.put(from, before);
        }
        for step in &mut *self.steps {
            if step.0 >= from && until.is_none_or(|end| step.0 < end) {
                step.1 = change(step.1.as_ref());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse_date;
    use proptest::prelude::*;

    #[test]
    fn a_change_for_a_period_leaves_the_rest_as_it_was() {
        let day = |text| parse_date(text).unwrap();
        let mut line = Timeline::constant(1.0);
        line.set(day("1995"), 2.0);
        line.change(day("1994"), Some(day("1996")), |value| value.map(|v| v * 10.0));
        let at = |text| line.at(day(text)).copied();
        assert_eq!(at("1993"), Some(1.0));
        assert_eq!(at("1994"), Some(10.0));
        assert_eq!(at("1995"), Some(20.0));
        assert_eq!(at("1996"), Some(2.0));
    }

    proptest! {
        #[test]
        fn a_step_holds_from_its_date_until_the_next(steps in steps(), asked in 1..400_i16) {
            let line = line(&steps);
            // Later settings of the same date replace earlier ones.
            let latest = steps.iter().map(|step| step.0).filter(|&day| day <= asked).max();
            let held = latest.and_then(|day| steps.iter().rfind(|step| step.0 == day)).and_then(|step| step.1);
            prop_assert_eq!(line.at(day_no(asked)).copied(), held);
        }

        #[test]
        fn a_change_acts_inside_its_period_and_nowhere_else(
            steps in steps(), from in 1..300_i16, length in 1..100_i16, open in any::<bool>(), asked in 1..400_i16,
        ) {
            let before = line(&steps);
            let mut after = before.clone();
            let until = (!open).then_some(from + length);
            after.change(day_no(from), until.map(day_no), |value| Some(value.map_or(-1, |v| v + 1000)));
            let held = before.at(day_no(asked)).copied();
            let inside = asked >= from && until.is_none_or(|end| asked < end);
            let expected = if inside { Some(held.map_or(-1, |v| v + 1000)) } else { held };
            prop_assert_eq!(after.at(day_no(asked)).copied(), expected);
        }
    }

    type Step = (i16, Option<i32>);

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        prop::collection::vec((1..366_i16, prop::option::weighted(0.8, 0..100_i32)), 0..12)
    }

    fn line(steps: &[Step]) -> Timeline<i32> {
        let mut line = Timeline::default();
        for &(day, value) in steps {
            match value {
                Some(value) => line.set(day_no(day), value),
                None => line.end(day_no(day)),
            }
        }
        line
    }

    fn day_no(no: i16) -> Date {
        Date::constant(1997, 1, 1).saturating_add(jiff::Span::new().days(no))
    }
}
