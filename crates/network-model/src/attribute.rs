//! What is known about actors: numbers or categories, piecewise constant in time.

use crate::{ActorId, Timeline};

/// A value of an attribute.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A measured quantity, such as capability.
    Number(f64),
    /// A category, such as a region.
    Category(String),
}

impl Value {
    /// The number, unless it is a category.
    #[must_use]
    pub fn number(&self) -> Option<f64> {
        match self {
            Value::Number(number) => Some(*number),
            Value::Category(_) => None,
        }
    }

    /// The category, unless it is a number.
    #[must_use]
    pub fn category(&self) -> Option<&str> {
        match self {
            Value::Number(_) => None,
            Value::Category(category) => Some(category),
        }
    }
}

/// One attribute of all actors. Actors may lack it.
#[derive(Clone, Debug, Default)]
pub struct Attribute {
    // Indexed by actor; shorter than the network when the last actors lack it.
    values: Vec<Timeline<Value>>,
}

impl Attribute {
    /// The values of one actor over time, to be filled or changed.
    pub fn of_mut(&mut self, actor: ActorId) -> &mut Timeline<Value> {
        if self.values.len() <= actor.idx() {
            self.values.resize_with(actor.idx() + 1, Timeline::default);
        }
        &mut self.values[actor.idx()]
    }

    /// The values of one actor over time.
    #[must_use]
    pub fn of(&self, actor: ActorId) -> Option<&Timeline<Value>> {
        self.values.get(actor.idx())
    }

    pub(crate) fn timelines(&self) -> &[Timeline<Value>] {
        &self.values
    }
}
