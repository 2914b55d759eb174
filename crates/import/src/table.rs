//! Tables as scenario files read them.

use crate::states::Id;
use normwave_network_model::Date;
use std::fmt::Write;

/// A tie and when it holds.
#[derive(Clone, Debug, PartialEq)]
pub struct TieRow {
    /// Sender; of an undirected tie the one that comes first in the alphabet.
    pub from: Id,
    /// Target.
    pub to: Id,
    /// Strength, above 0.
    pub strength: f64,
    /// First day; `None` if it always held.
    pub start: Option<Date>,
    /// First day on which it no longer holds; `None` if its end is not known.
    pub end: Option<Date>,
}

/// A value of an actor and the day from which it holds.
#[derive(Clone, Debug, PartialEq)]
pub struct AttributeRow {
    /// The actor.
    pub actor: Id,
    /// A number or a word.
    pub value: String,
    /// First day; `None` if it always held.
    pub from: Option<Date>,
}

/// A membership and when it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MembershipRow {
    /// The member.
    pub actor: Id,
    /// The organisation.
    pub organisation: String,
    /// First day.
    pub from: Date,
    /// First day on which it no longer holds.
    pub until: Option<Date>,
}

/// An actor and its life.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActorRow {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// First day.
    pub from: Option<Date>,
    /// First day on which it is no more.
    pub until: Option<Date>,
}

/// An adoption.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdoptionRow {
    /// Who.
    pub actor: String,
    /// When.
    pub from: String,
}

/// The rows of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Rows {
    /// `from,to,strength,start,end`.
    Ties {
        /// Whether each row stands for both directions.
        undirected: bool,
        /// The rows.
        rows: Vec<TieRow>,
    },
    /// `actor,value,from`.
    Attribute(Vec<AttributeRow>),
    /// `actor,organisation,from,until`.
    Affiliation(Vec<MembershipRow>),
    /// `id,name,from,until`.
    Actors(Vec<ActorRow>),
    /// `actor,from`.
    History(Vec<AdoptionRow>),
}

/// A table for a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// What it is called, which is the file's name without its extension.
    pub name: String,
    /// What it says, with unit and direction, as a sentence.
    pub what: String,
    /// The rows.
    pub rows: Rows,
}

impl Table {
    /// The name of its file.
    #[must_use]
    pub fn file(&self) -> String {
        format!("{}.csv", self.name)
    }

    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.rows {
            Rows::Ties { rows, .. } => rows.len(),
            Rows::Attribute(rows) => rows.len(),
            Rows::Affiliation(rows) => rows.len(),
            Rows::Actors(rows) => rows.len(),
            Rows::History(rows) => rows.len(),
        }
    }

    /// Whether it has no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The ties, if it is a table of ties.
    #[must_use]
    pub fn ties(&self) -> &[TieRow] {
        if let Rows::Ties { rows, .. } = &self.rows { rows } else { &[] }
    }

    /// The values, if it is a table of an attribute.
    #[must_use]
    pub fn values(&self) -> &[AttributeRow] {
        if let Rows::Attribute(rows) = &self.rows { rows } else { &[] }
    }

    /// The line of a scenario file by which the table is read.
    #[must_use]
    pub fn in_a_scenario(&self) -> String {
        let (name, file) = (&self.name, self.file());
        match &self.rows {
            Rows::Ties { undirected: true, .. } => {
                format!("network.layer.{name} = {{ file = \"{file}\", undirected = true }}")
            }
            Rows::Ties { .. } => format!("network.layer.{name}.file = \"{file}\""),
            Rows::Attribute(_) => format!("network.attribute.{name}.file = \"{file}\""),
            Rows::Affiliation(_) => format!("network.affiliation.{name}.file = \"{file}\""),
            Rows::Actors(_) => format!("network.actors = [\"{file}\"]"),
            Rows::History(_) => format!("history = \"{file}\""),
        }
    }

    /// The table as CSV: UTF-8, commas, line feeds, a header.
    #[must_use]
    pub fn to_csv(&self) -> String {
        let day = |date: Option<Date>| date.map_or(String::new(), |date| date.to_string());
        let mut text = String::new();
        let mut line = |fields: &[&str]| {
            for (no, field) in fields.iter().enumerate() {
                let comma = if no == 0 { "" } else { "," };
                if field.contains(['"', ',', '\n', '\r']) {
                    let _ =
                        write!(text, "{comma}\"{}\"", field.replace('"', "\"\"").replace(['\n', '\r'], " "));
                } else {
                    let _ = write!(text, "{comma}{field}");
                }
            }
            text.push('\n');
        };
        match &self.rows {
            Rows::Ties { rows, .. } => {
                line(&["from", "to", "strength", "start", "end"]);
                for row in rows {
                    line(&[row.from, row.to, &row.strength.to_string(), &day(row.start), &day(row.end)]);
                }
            }
            Rows::Attribute(rows) => {
                line(&["actor", "value", "from"]);
                for row in rows {
                    line(&[row.actor, &row.value, &day(row.from)]);
                }
            }
            Rows::Affiliation(rows) => {
                line(&["actor", "organisation", "from", "until"]);
                for row in rows {
                    line(&[row.actor, &row.organisation, &day(Some(row.from)), &day(row.until)]);
                }
            }
            Rows::Actors(rows) => {
                line(&["id", "name", "from", "until"]);
                for row in rows {
                    line(&[row.id, &row.name, &day(row.from), &day(row.until)]);
                }
            }
            Rows::History(rows) => {
                line(&["actor", "from"]);
                for row in rows {
                    line(&[&row.actor, &row.from]);
                }
            }
        }
        text
    }
}
