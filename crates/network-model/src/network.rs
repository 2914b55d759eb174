//! The network: everything about actors and ties, over all time.

use crate::limits::{LONGEST_GUESS, check_actors, check_ties};
use crate::{
    Actor, ActorId, Affiliation, Attribute, Layer, LayerId, LayerSource, NetworkError, NetworkView, Spell,
    StandingTies, Tie, TieSpell, Value, compare_ids,
};
use jiff::civil::Date;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Actors, attributes, affiliations and layers, over all time.
///
/// ```
/// use normwave_network_model::*;
/// let mut network = Network::default();
/// let usa = network.add_actor(Actor::new("USA", ActorKind::Government))?;
/// let can = network.add_actor(Actor::new("CAN", ActorKind::Government))?;
/// let layer = network.add_layer("defence", LayerSource::Stored(vec![]))?;
/// network.add_tie(layer, TieSpell { from: usa, to: can, strength: 1.0, spell: Spell::ALWAYS })?;
/// let view = network.at(parse_date("1997")?)?;
/// assert_eq!(view.ties(layer).len(), 1);
/// # Ok::<(), NetworkError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Network {
    actors: Vec<Actor>,
    // As long as ids rise, in the order of `compare_ids`, they are found by that.
    by_id: Option<HashMap<String, ActorId>>,
    layers: Vec<Layer>,
    attributes: BTreeMap<String, Attribute>,
    affiliations: Vec<Affiliation>,
}

impl Network {
    /// Adds an actor.
    ///
    /// # Errors
    /// [`NetworkError::ActorTwice`] if its id is taken; [`NetworkError::TooLarge`] beyond
    /// [`MAX_ACTORS`](crate::MAX_ACTORS).
    pub fn add_actor(&mut self, actor: Actor) -> Result<ActorId, NetworkError> {
        check_actors(self.actors.len() + 1)?;
        let id = ActorId(u32::try_from(self.actors.len()).unwrap_or(u32::MAX));
        let rises = self.actors.last().is_none_or(|last| compare_ids(&last.id, &actor.id) == Ordering::Less);
        if !rises || self.by_id.is_some() {
            let by_id = self.by_id.get_or_insert_with(|| {
                let ids = self.actors.iter().map(|actor| actor.id.clone());
                ids.zip((0u32..).map(ActorId)).collect()
            });
            if by_id.contains_key(&actor.id) {
                return Err(NetworkError::ActorTwice { id: actor.id });
            }
            by_id.insert(actor.id.clone(), id);
        }
        self.actors.push(actor);
        Ok(id)
    }

    /// All actors, in order of their ids.
    #[must_use]
    pub fn actors(&self) -> &[Actor] {
        &self.actors
    }

    /// One actor.
    #[must_use]
    pub fn actor(&self, id: ActorId) -> &Actor {
        &self.actors[id.idx()]
    }

    /// One actor, to be changed; its id must stay.
    pub fn actor_mut(&mut self, id: ActorId) -> &mut Actor {
        &mut self.actors[id.idx()]
    }

    /// The actor of this id.
    ///
    /// # Errors
    /// [`NetworkError::UnknownActor`], with a similar id if there is one.
    pub fn actor_id(&self, id: &str) -> Result<ActorId, NetworkError> {
        let found = match &self.by_id {
            Some(by_id) => by_id.get(id).copied(),
            None => {
                let place = self.actors.binary_search_by(|actor| compare_ids(&actor.id, id));
                place.ok().and_then(|place| u32::try_from(place).ok()).map(ActorId)
            }
        };
        found.ok_or_else(|| NetworkError::UnknownActor {
            id: id.to_owned(),
            suggestion: nearest(id, self.actors.iter().map(|actor| actor.id.as_str())),
        })
    }

    /// Adds a layer.
    ///
    /// # Errors
    /// [`NetworkError::LayerTwice`] if its name is taken; what [`Network::add_tie`] refuses;
    /// [`NetworkError::Argument`] if standing ties are not in order, [`NetworkError::TieTwice`] if one is
    /// given twice.
    pub fn add_layer(&mut self, name: &str, source: LayerSource) -> Result<LayerId, NetworkError> {
        if self.layers.iter().any(|layer| layer.name == name) {
            return Err(NetworkError::LayerTwice { name: name.to_owned() });
        }
        match &source {
            LayerSource::Stored(ties) => ties.iter().try_for_each(|tie| self.check_tie(name, tie))?,
            LayerSource::Standing(ties) => self.check_standing(name, ties)?,
            LayerSource::Derived(_) => {}
        }
        self.layers.push(Layer { name: name.to_owned(), source });
        Ok(LayerId(u32::try_from(self.layers.len() - 1).unwrap_or(u32::MAX)))
    }

    /// All layers, in the order in which they were added.
    #[must_use]
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// The layer of this name.
    ///
    /// # Errors
    /// [`NetworkError::UnknownLayer`].
    pub fn layer_id(&self, name: &str) -> Result<LayerId, NetworkError> {
        let found = self.layers.iter().position(|layer| layer.name == name);
        found.and_then(|idx| u32::try_from(idx).ok()).map(LayerId).ok_or_else(|| NetworkError::UnknownLayer {
            name: name.to_owned(),
            known: self.layers.iter().map(|layer| layer.name.clone()).collect(),
        })
    }

    /// Adds a tie to a stored layer.
    ///
    /// # Errors
    /// [`NetworkError::Strength`], [`NetworkError::SelfTie`], [`NetworkError::TooLarge`] beyond
    /// [`MAX_TIES`](crate::MAX_TIES), or [`NetworkError::Derivation`] if the layer is derived. That no
    /// tie is given twice is checked by [`Network::at`].
    pub fn add_tie(&mut self, layer: LayerId, tie: TieSpell) -> Result<(), NetworkError> {
        self.check_tie(&self.layers[layer.idx()].name, &tie)?;
        let Some(ties) = self.ties_mut(layer) else {
            return Err(NetworkError::Derivation {
                layer: self.layers[layer.idx()].name.clone(),
                reason: "its ties are computed; add ties to a stored layer".to_owned(),
            });
        };
        check_ties(ties.len() + 1)?;
        ties.push(tie);
        Ok(())
    }

    fn check_standing(&self, layer: &str, ties: &StandingTies) -> Result<(), NetworkError> {
        check_ties(ties.len())?;
        let n = self.actors.len();
        let refuse = |reason: String| Err(NetworkError::Argument(format!("layer `{layer}`: {reason}")));
        if ties.starts().len() > n + 1 {
            return refuse("its ties have more rows than the network has actors".to_owned());
        }
        for (from, row) in ties.starts().windows(2).enumerate() {
            let row = &ties.targets()[row[0] as usize..row[1] as usize];
            let Some(&last) = row.last() else { continue };
            if last as usize >= n {
                return refuse(format!("there is no actor {last}; {n} are known"));
            }
            // What comes before the last is less, if they rise.
            if row.is_sorted_by(|a, b| a < b) && !row.contains(&(from as u32)) {
                continue;
            }
            let from = ActorId(u32::try_from(from).unwrap_or(u32::MAX));
            if row.contains(&from.0) {
                return Err(NetworkError::SelfTie {
                    id: self.actor(from).id.clone(),
                    layer: layer.to_owned(),
                });
            }
            if let Some(pair) = row.windows(2).find(|pair| pair[0] == pair[1]) {
                return Err(NetworkError::TieTwice {
                    from: self.actor(from).id.clone(),
                    to: self.actors.get(pair[0] as usize).map_or_else(String::new, |actor| actor.id.clone()),
                    layer: layer.to_owned(),
                    on: Spell::ALWAYS.from,
                });
            }
            return refuse(format!("the targets of {} do not rise", self.actor(from).id));
        }
        let wrong = |strength: &f64| !(*strength >= 0.0 && strength.is_finite());
        if ties.strengths().is_some_and(|strengths| strengths.iter().any(wrong)) {
            ties.ties().try_for_each(|tie| self.check_tie(layer, &tie.always()))?;
        }
        Ok(())
    }

    fn check_tie(&self, layer: &str, tie: &TieSpell) -> Result<(), NetworkError> {
        let id = |actor: ActorId| self.actor(actor).id.clone();
        if !(tie.strength >= 0.0 && tie.strength.is_finite()) {
            return Err(NetworkError::Strength {
                strength: tie.strength,
                from: id(tie.from),
                to: id(tie.to),
                layer: layer.to_owned(),
            });
        }
        if tie.from == tie.to {
            return Err(NetworkError::SelfTie { id: id(tie.from), layer: layer.to_owned() });
        }
        Ok(())
    }

    /// The ties of a stored layer, to be changed; `None` for a derived one. Standing ties become stored
    /// ones.
    pub fn ties_mut(&mut self, layer: LayerId) -> Option<&mut Vec<TieSpell>> {
        let source = &mut self.layers[layer.idx()].source;
        if let LayerSource::Standing(ties) = source {
            *source = LayerSource::Stored(ties.by_target().iter().map(Tie::always).collect());
        }
        match source {
            LayerSource::Stored(ties) => Some(ties),
            LayerSource::Standing(_) | LayerSource::Derived(_) => None,
        }
    }

    /// One attribute, to be filled; it comes into being when first named.
    pub fn attribute_mut(&mut self, name: &str) -> &mut Attribute {
        self.attributes.entry(name.to_owned()).or_default()
    }

    /// One attribute.
    ///
    /// # Errors
    /// [`NetworkError::UnknownAttribute`] if no actor has it.
    pub fn attribute(&self, name: &str) -> Result<&Attribute, NetworkError> {
        self.attributes.get(name).ok_or_else(|| NetworkError::UnknownAttribute {
            name: name.to_owned(),
            known: self.attributes.keys().cloned().collect(),
        })
    }

    /// Names of all attributes, sorted.
    pub fn attribute_names(&self) -> impl Iterator<Item = &str> {
        self.attributes.keys().map(String::as_str)
    }

    /// An actor's value of an attribute on a date, if it has one.
    #[must_use]
    pub fn value(&self, name: &str, actor: ActorId, date: Date) -> Option<&Value> {
        self.attributes.get(name)?.of(actor)?.at(date)
    }

    /// Adds an affiliation.
    pub fn add_affiliation(&mut self, affiliation: Affiliation) {
        self.affiliations.push(affiliation);
    }

    /// All affiliations.
    #[must_use]
    pub fn affiliations(&self) -> &[Affiliation] {
        &self.affiliations
    }

    /// The affiliation of this name.
    #[must_use]
    pub fn affiliation(&self, name: &str) -> Option<&Affiliation> {
        self.affiliations.iter().find(|affiliation| affiliation.name == name)
    }

    /// Every date on which anything changes: births, deaths, ties, memberships, attributes.
    #[must_use]
    pub fn change_dates(&self) -> BTreeSet<Date> {
        let mut dates = BTreeSet::new();
        let mut spell = |spell: &Spell| {
            dates.insert(spell.from);
            dates.extend(spell.until);
        };
        // Most of a million actors live alike.
        let alike = |a: &Actor, b: &Actor| a.lives == b.lives;
        self.actors.chunk_by(alike).flat_map(|actors| actors[0].lives.iter()).for_each(&mut spell);
        self.affiliations.iter().flat_map(|a| &a.memberships).for_each(|m| spell(&m.spell));
        for layer in &self.layers {
            match &layer.source {
                // Most spells are those of the tie before.
                LayerSource::Stored(ties) => {
                    ties.chunk_by(|a, b| a.spell == b.spell).for_each(|ties| spell(&ties[0].spell));
                }
                LayerSource::Standing(ties) if !ties.is_empty() => spell(&Spell::ALWAYS),
                LayerSource::Standing(_) | LayerSource::Derived(_) => {}
            }
        }
        for attribute in self.attributes.values() {
            let mut before = None;
            for date in attribute.timelines().iter().flat_map(|line| line.dates()) {
                if before != Some(date) {
                    dates.insert(date);
                }
                before = Some(date);
            }
        }
        dates
    }

    /// The network as it stands on one date.
    ///
    /// # Errors
    /// [`NetworkError::TieTwice`] if two ties of a layer join the same pair on that date;
    /// [`NetworkError::Derivation`] if a derived layer cannot be computed.
    pub fn at(&self, date: Date) -> Result<NetworkView<'_>, NetworkError> {
        NetworkView::new(self, date)
    }
}

/// The most similar of some names, if any is near enough to be a slip of the pen.
pub(crate) fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    if name.len() > LONGEST_GUESS {
        return None;
    }
    let folded = name.to_lowercase();
    known
        .filter(|candidate| candidate.len() <= LONGEST_GUESS)
        .map(|candidate| (distance(&folded, &candidate.to_lowercase()), candidate))
        .filter(|&(edits, _)| edits * 3 <= name.chars().count().max(3))
        .min()
        .map(|(_, candidate)| candidate.to_owned())
}

// Levenshtein distance.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let substitution = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = substitution.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
