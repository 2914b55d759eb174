//! What a table covers, year by year and state by state.

use crate::catalogue::{affiliation_entry, attribute_entry};
use crate::columns::Columns;
use crate::years::YEARS;
use crate::{Entry, WorldError, add_states, affiliation, attribute, layer, packaged};
use normwave_network_model::{ActorId, Affiliation, Date, LayerSource, Network, NetworkView};
use std::collections::{BTreeMap, BTreeSet};

/// What a table has on 1 July of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearCoverage {
    /// The year.
    pub year: i16,
    /// States in the system.
    pub n_states: usize,
    /// States with a tie, a value or a membership.
    pub n_covered: usize,
    /// Ties of a layer (a mutual pair counts once), values or memberships.
    pub n_entries: usize,
    /// Whether the sources observe the year; otherwise what is known holds on.
    pub observed: bool,
}

/// What a table covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// Year by year.
    pub years: Vec<YearCoverage>,
    /// States and the observed years in which they lived without a tie, a value of their own or a
    /// membership; states without such years are not listed.
    ///
    /// A state without a value is one of which the source knows nothing that year: what
    /// [`attribute`] gives then is the value of another year.
    pub missing: BTreeMap<String, Vec<i16>>,
}

impl Coverage {
    /// Goes through a layer, an attribute or an affiliation.
    ///
    /// ```
    /// let polity = normwave_world::Coverage::of(normwave_world::entry("polity2")?)?;
    /// assert_eq!(polity.years[17].year, 1997);
    /// assert_eq!(polity.years[17].n_states, 187);
    /// // Polity leaves out states of less than half a million people.
    /// assert_eq!(polity.missing["BRB"].len(), 37);
    /// # Ok::<(), normwave_world::WorldError>(())
    /// ```
    ///
    /// # Errors
    /// [`WorldError::Unknown`] for a table of facts, which is not about all states.
    pub fn of(entry: &Entry) -> Result<Self, WorldError> {
        let mut network = Network::default();
        add_states(&mut network)?;
        let mut coverage = Coverage { years: Vec::new(), missing: BTreeMap::new() };
        let known = Known::of(entry, &mut network)?;
        for year in YEARS {
            let first_of_july = Date::new(year, 7, 1).unwrap_or(Date::MIN);
            let view = network.at(first_of_july)?;
            let (covered, n_entries) = known.on(&view, entry, first_of_july);
            let observed = entry.observed == (0, 0) || (entry.observed.0..=entry.observed.1).contains(&year);
            let living: Vec<&str> = view.governments().map(|id| network.actor(id).id.as_str()).collect();
            let without: Vec<&str> = living.iter().copied().filter(|id| !covered.contains(*id)).collect();
            let (n_states, n_covered) = (living.len(), living.len() - without.len());
            for id in without.into_iter().filter(|_| observed) {
                coverage.missing.entry(id.to_owned()).or_default().push(year);
            }
            coverage.years.push(YearCoverage { year, n_states, n_covered, n_entries, observed });
        }
        Ok(coverage)
    }
}

// What is known, in a form that can be asked for on dates.
enum Known {
    Ties,
    Memberships(Affiliation),
    /// By state, the dates from which a source has a value, or has none any more.
    Values(BTreeMap<String, Vec<(Date, bool)>>),
}

impl Known {
    fn of(entry: &Entry, network: &mut Network) -> Result<Self, WorldError> {
        if affiliation_entry(entry.name).is_ok() {
            return Ok(Known::Memberships(affiliation(entry.name, network, YEARS)?));
        }
        if attribute_entry(entry.name).is_err() {
            let ties = layer(entry.name, network, YEARS)?;
            network.add_layer(entry.name, LayerSource::Stored(ties))?;
            return Ok(Known::Ties);
        }
        let file = Columns::open(packaged::ATTRIBUTES);
        let mut values: BTreeMap<String, Vec<(Date, bool)>> = BTreeMap::new();
        if let Some(head) = file.blocks().iter().find(|head| head.key == entry.name) {
            let block = file.read(head);
            for ((&word, from), value) in block.words(0).iter().zip(block.dates(1)).zip(block.values(2)) {
                let row = (from.unwrap_or(Date::MIN), value.is_some());
                values.entry(file.word(word).to_owned()).or_default().push(row);
            }
        } else {
            // What is read from text has no gaps but those between its own dates.
            let attribute = attribute(entry.name, network, YEARS)?;
            for (no, actor) in (0..).zip(network.actors()) {
                let timeline = attribute.of(ActorId(no)).cloned().unwrap_or_default();
                let rows = timeline.dates().map(|date| (date, timeline.at(date).is_some()));
                values.insert(actor.id.clone(), rows.collect());
            }
        }
        Ok(Known::Values(values))
    }

    // Who is covered, and the number of entries.
    fn on(&self, view: &NetworkView<'_>, entry: &Entry, date: Date) -> (BTreeSet<String>, usize) {
        let id = |actor: ActorId| view.network().actor(actor).id.clone();
        match self {
            Known::Ties => {
                let ties = view.ties_of(entry.name).unwrap_or_default();
                let covered = ties.iter().flat_map(|tie| [id(tie.from), id(tie.to)]).collect();
                (covered, if entry.mutual { ties.len() / 2 } else { ties.len() })
            }
            Known::Memberships(affiliation) => {
                let held = affiliation.memberships.iter();
                let held: Vec<_> = held.filter(|m| m.spell.contains(date) && view.living(m.actor)).collect();
                (held.iter().map(|m| id(m.actor)).collect(), held.len())
            }
            Known::Values(values) => {
                let covered: BTreeSet<String> = view
                    .governments()
                    .map(id)
                    .filter(|id| {
                        let rows = values.get(id).map_or(&[][..], Vec::as_slice);
                        rows[..rows.partition_point(|row| row.0 <= date)].last().is_some_and(|row| row.1)
                    })
                    .collect();
                let n = covered.len();
                (covered, n)
            }
        }
    }
}
