// What several moderators are: a gain shape over one numeric attribute of the target. They differ
// in what the attribute means and in the shape that goes without saying.

macro_rules! condition {
    ($(#[$doc:meta])* $name:ident, toward_status_quo: $old:tt, toward_new: $new:tt, evidence: $evidence:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, serde::Deserialize, schemars::JsonSchema)]
        #[serde(deny_unknown_fields, rename_all = "kebab-case")]
        pub struct $name {
            /// The attribute.
            pub attribute: String,
            /// Gain toward the status quo over the attribute.
            #[serde(default = $old)]
            #[schemars(extend("x-evidence" = crate::dial::$evidence))]
            pub toward_status_quo: crate::Shape,
            /// Gain toward new positions over the attribute.
            #[serde(default = $new)]
            #[schemars(extend("x-evidence" = crate::dial::$evidence))]
            pub toward_new: crate::Shape,
        }

        impl crate::Moderator for $name {
            fn level(&self) -> crate::Level {
                crate::Level::State
            }

            fn moderate(
                &self,
                pressure: &crate::Pressure<'_>,
                view: &normwave_pressure_factors::SystemView<'_>,
                gain: &mut [f64],
            ) {
                let shape = pressure.dial(&self.toward_status_quo, &self.toward_new);
                pressure.turn_targets(gain, |target| shape.gain(view.number(&self.attribute, target)));
            }

            fn reads(&self) -> normwave_pressure_factors::Reads {
                normwave_pressure_factors::Reads::Network
            }

            fn needs(&self) -> normwave_pressure_factors::Needs {
                normwave_pressure_factors::Needs {
                    attributes: vec![self.attribute.clone()],
                    ..Default::default()
                }
            }
        }
    };
}
pub(crate) use condition;
