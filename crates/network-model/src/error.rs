//! What can be wrong with a network.

use jiff::civil::Date;

/// What was wrong with the description of a network, and how to put it right.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum NetworkError {
    /// Not a date.
    #[error("`{text}` is not a date; {}", date_hint(text))]
    Date {
        /// What was found.
        text: String,
    },
    /// A spell that holds no day.
    #[error(
        "the spell from {from} until {until} holds no day; `until` is the first day after it and must be later than `from`"
    )]
    EmptySpell {
        /// First day.
        from: Date,
        /// First day after.
        until: Date,
    },
    /// Months cannot start after the 28th.
    #[error("ticks of a month or longer cannot start on day {} of a month; start on day 1 to 28", start.day())]
    TickStart {
        /// The start that was asked for.
        start: Date,
    },
    /// Too fine a calendar.
    #[error(
        "the period has {n} ticks; at most 10000000 are possible, so choose a longer tick or a shorter period"
    )]
    TooManyTicks {
        /// How many it would have.
        n: i64,
    },
    /// More actors or ties than a network can have.
    #[error("{n} {what}; at most {most} are possible")]
    TooLarge {
        /// How many there would be.
        n: usize,
        /// Of what.
        what: &'static str,
        /// How many there may be.
        most: usize,
    },
    /// Two actors share an id.
    #[error("actor `{id}` is named twice; ids must be unique")]
    ActorTwice {
        /// The id.
        id: String,
    },
    /// An id that names nobody.
    #[error("there is no actor `{id}`{}", hint(suggestion))]
    UnknownActor {
        /// What was asked for.
        id: String,
        /// A similar id that exists.
        suggestion: Option<String>,
    },
    /// A name that is no layer.
    #[error("there is no layer `{name}`; known: {}", known.join(", "))]
    UnknownLayer {
        /// What was asked for.
        name: String,
        /// The layers of the network.
        known: Vec<String>,
    },
    /// Two layers share a name.
    #[error("layer `{name}` is defined twice")]
    LayerTwice {
        /// The name.
        name: String,
    },
    /// An attribute that no actor has.
    #[error("there is no attribute `{name}`; known: {}", known.join(", "))]
    UnknownAttribute {
        /// What was asked for.
        name: String,
        /// The attributes of the network.
        known: Vec<String>,
    },
    /// A strength below zero or not finite.
    #[error(
        "strength {strength} of {from} -> {to} in layer `{layer}` is not 0 or more; to model opposition, give {from} advocacy for position 0"
    )]
    Strength {
        /// The strength.
        strength: f64,
        /// Sender.
        from: String,
        /// Target.
        to: String,
        /// Layer.
        layer: String,
    },
    /// An actor tied to itself.
    #[error("{id} is tied to itself in layer `{layer}`; ties join two actors")]
    SelfTie {
        /// The actor.
        id: String,
        /// Layer.
        layer: String,
    },
    /// The same tie twice at one time.
    #[error(
        "the tie {from} -> {to} in layer `{layer}` is given twice for {on}; end one spell before the other begins"
    )]
    TieTwice {
        /// Sender.
        from: String,
        /// Target.
        to: String,
        /// Layer.
        layer: String,
        /// A date on which both hold.
        on: Date,
    },
    /// A derived layer asks for something that the network lacks or that is out of range.
    #[error("derived layer `{layer}`: {reason}")]
    Derivation {
        /// The layer.
        layer: String,
        /// What is wrong and what to do.
        reason: String,
    },
    /// A measure or generator was asked for something impossible.
    #[error("{0}")]
    Argument(String),
}

fn hint(suggestion: &Option<String>) -> String {
    suggestion.as_ref().map(|near| format!("; did you mean `{near}`?")).unwrap_or_default()
}

// What a date should look like, or why one that looks like it is none.
fn date_hint(text: &str) -> String {
    let year_first = text.find('-') == Some(4);
    let numbers: Option<Vec<i16>> =
        text.split('-').map(|part| part.parse().ok().filter(|_| year_first)).collect();
    match (text.len(), numbers.as_deref()) {
        (7 | 10, Some([_, month, ..])) if !(1..=12).contains(month) => "months are 01 to 12".to_owned(),
        (10, Some(&[year, month, day])) => {
            let first = i8::try_from(month).ok().and_then(|month| Date::new(year, month, 1).ok());
            let last = first.map_or(31, |first| i16::from(first.days_in_month()));
            if (1..=last).contains(&day) {
                "write YYYY-MM-DD, YYYY-MM or YYYY".to_owned()
            } else {
                format!("the days of {year:04}-{month:02} are 01 to {last}")
            }
        }
        _ => "write YYYY-MM-DD, YYYY-MM or YYYY".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::*;

    fn day(text: &str) -> Date {
        parse_date(text).unwrap()
    }

    fn network() -> (Network, [ActorId; 2], LayerId) {
        let mut network = Network::default();
        let ids = ["USA", "GBR"].map(|id| network.add_actor(Actor::new(id, ActorKind::Government)).unwrap());
        let layer = network.add_layer("trade", LayerSource::Stored(vec![])).unwrap();
        (network, ids, layer)
    }

    fn says<T: std::fmt::Debug>(result: Result<T, NetworkError>, text: &str) {
        assert_eq!(result.unwrap_err().to_string(), text);
    }

    #[test]
    fn dates_and_periods_say_what_they_should_be() {
        says(parse_date("May 1997"), "`May 1997` is not a date; write YYYY-MM-DD, YYYY-MM or YYYY");
        for (text, hint) in [
            ("1997-02-30", "the days of 1997-02 are 01 to 28"),
            ("1996-02-30", "the days of 1996-02 are 01 to 29"),
            ("1997-13-01", "months are 01 to 12"),
            ("1997-00", "months are 01 to 12"),
            ("30/02/1997", "write YYYY-MM-DD, YYYY-MM or YYYY"),
            ("30-02-1997", "write YYYY-MM-DD, YYYY-MM or YYYY"),
            ("", "write YYYY-MM-DD, YYYY-MM or YYYY"),
        ] {
            says(parse_date(text), &format!("`{text}` is not a date; {hint}"));
        }
        says(
            Spell::new(day("1997"), Some(day("1996-12"))),
            "the spell from 1997-01-01 until 1996-12-01 holds no day; `until` is the first day after it and must \
             be later than `from`",
        );
        says(
            Calendar::new(day("1997-01-31"), day("1998"), TickLength::Month),
            "ticks of a month or longer cannot start on day 31 of a month; start on day 1 to 28",
        );
        says(
            Calendar::new(day("0001"), day("9999"), TickLength::Day),
            "the period has 3651694 ticks; at most 10000000 are possible, so choose a longer tick or a shorter period",
        );
    }

    #[test]
    fn names_are_told_apart_and_slips_of_the_pen_recognised() {
        let (mut network, _, _) = network();
        let again = Actor::new("USA", ActorKind::Ngo);
        says(network.add_actor(again), "actor `USA` is named twice; ids must be unique");
        says(network.actor_id("usb"), "there is no actor `usb`; did you mean `USA`?");
        says(network.actor_id("Atlantis"), "there is no actor `Atlantis`");
        says(network.layer_id("aid"), "there is no layer `aid`; known: trade");
        says(network.add_layer("trade", LayerSource::Stored(vec![])), "layer `trade` is defined twice");
        network.attribute_mut("power");
        network.attribute_mut("region");
        says(network.attribute("powr"), "there is no attribute `powr`; known: power, region");
    }

    #[test]
    fn impossible_ties_name_both_ends_and_the_layer() {
        let (mut network, [usa, gbr], layer) = network();
        let tie = |from, to, strength| TieSpell { from, to, strength, spell: Spell::ALWAYS };
        for (strength, shown) in [(-0.3, "-0.3"), (f64::NAN, "NaN"), (f64::INFINITY, "inf")] {
            let text = format!(
                "strength {shown} of USA -> GBR in layer `trade` is not 0 or more; to model opposition, give USA \
                 advocacy for position 0"
            );
            says(network.add_tie(layer, tie(usa, gbr, strength)), &text);
            says(network.clone().add_layer("aid", LayerSource::Stored(vec![tie(usa, gbr, strength)])), &{
                text.replace("trade", "aid")
            });
        }
        says(
            network.add_tie(layer, tie(gbr, gbr, 1.0)),
            "GBR is tied to itself in layer `trade`; ties join two actors",
        );
    }

    #[test]
    fn networks_of_more_than_the_limits_are_refused_before_memory_is_taken() {
        let billion = 1_000_000_000;
        let actors = format!("{} actors; at most 10000000 are possible", billion);
        says(generate::complete(generate::names(billion)), &actors);
        says(generate::star("HUB", generate::names(billion - 1)), &actors);
        let chain = |n_islands, size| generate::IslandChain {
            n_islands,
            size,
            bridge_width: 0,
            bridges: generate::Bridges::Wide,
            inside: 1.0,
            between: 1.0,
        };
        says(generate::island_chain(&chain(billion, 1)), &actors);
        let all = usize::MAX;
        says(
            generate::island_chain(&chain(all, all)),
            &format!("{all} actors; at most 10000000 are possible"),
        );
        says(
            generate::complete(generate::names(10_001)),
            "100010000 ties in one layer, each direction counted; at most 100000000 are possible",
        );
        says(
            generate::island_chain(&chain(101, 1_000)),
            "100899000 ties in one layer, each direction counted; at most 100000000 are possible",
        );
    }

    #[test]
    fn derived_layers_of_too_many_pairs_are_refused_before_memory_is_taken() {
        let mut network = generate::star("HUB", generate::names(10_000)).unwrap();
        let everybody = Derivation::Visibility { base: 1.0, raise: 0.0, contact: None };
        network.add_layer("sight", LayerSource::Derived(everybody)).unwrap();
        says(
            network.at(day("1997")),
            "derived layer `sight`: it would join every pair of 10001 actors; at most 100000000 ties are possible",
        );
    }

    #[test]
    fn no_similar_name_is_sought_for_what_is_no_name() {
        let (network, _, _) = network();
        let long = "U".repeat(1 << 20);
        says(network.actor_id(&long), &format!("there is no actor `{long}`"));
    }

    #[test]
    fn a_tie_given_twice_is_refused_on_the_dates_on_which_both_hold() {
        let (mut network, [usa, gbr], layer) = network();
        let spell = |from, until| Spell::new(day(from), Some(day(until))).unwrap();
        for spell in [spell("1990", "1996"), spell("1995", "2000")] {
            network.add_tie(layer, TieSpell { from: usa, to: gbr, strength: 1.0, spell }).unwrap();
        }
        assert!(network.at(day("1994")).is_ok() && network.at(day("1996")).is_ok());
        says(
            network.at(day("1995-06")),
            "the tie USA -> GBR in layer `trade` is given twice for 1995-06-01; end one spell before the other begins",
        );
    }
}
