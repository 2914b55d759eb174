// What several moderators are: a gain shape over the tie from the sender to the target in a layer
// that says how close they are, 0 where there is none.

macro_rules! closeness {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, serde::Deserialize, schemars::JsonSchema)]
        #[serde(deny_unknown_fields, rename_all = "kebab-case")]
        pub struct $name {
            /// The layer.
            pub layer: String,
            /// Gain toward the status quo over the strength of the tie.
            #[serde(default = "crate::dial::as_it_is")]
            #[schemars(extend("x-evidence" = crate::dial::DIRECTION_ONLY))]
            pub toward_status_quo: crate::Shape,
            /// Gain toward new positions over the strength of the tie.
            #[serde(default = "crate::dial::as_it_is")]
            #[schemars(extend("x-evidence" = crate::dial::DIRECTION_ONLY))]
            pub toward_new: crate::Shape,
        }

        impl crate::Moderator for $name {
            fn level(&self) -> crate::Level {
                crate::Level::Dyadic
            }

            fn moderate(
                &self,
                pressure: &crate::Pressure<'_>,
                view: &normwave_pressure_factors::SystemView<'_>,
                gain: &mut [f64],
            ) {
                let shape = pressure.dial(&self.toward_status_quo, &self.toward_new);
                let layer = view.network.network().layer_id(&self.layer);
                pressure.turn_ties(gain, |tie| {
                    let strength = layer.as_ref().map(|&layer| view.network.strength(layer, tie.from, tie.to));
                    shape.gain(strength.unwrap_or(0.0))
                });
            }

            fn reads(&self) -> normwave_pressure_factors::Reads {
                normwave_pressure_factors::Reads::Network
            }

            fn needs(&self) -> normwave_pressure_factors::Needs {
                normwave_pressure_factors::Needs { layers: vec![self.layer.clone()], ..Default::default() }
            }
        }
    };
}
pub(crate) use closeness;
