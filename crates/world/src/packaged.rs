//! The column files of `data/`, each with all years. Nothing of them is decoded before it is asked for.

pub(crate) const ATTRIBUTES: &[u8] = include_bytes!("../data/attributes.columns");
pub(crate) const DIPLOMATIC: &[u8] = include_bytes!("../data/diplomatic.columns");
pub(crate) const MEMBERSHIPS: &[u8] = include_bytes!("../data/memberships.columns");
pub(crate) const PAIRS: &[u8] = include_bytes!("../data/pairs.columns");
pub(crate) const SPELLS: &[u8] = include_bytes!("../data/spells.columns");
pub(crate) const TRADE: &[u8] = include_bytes!("../data/trade.columns");
pub(crate) const TRADE_FLOW: &[u8] = include_bytes!("../data/trade-flow.columns");
pub(crate) const UN_AGREEMENT: &[u8] = include_bytes!("../data/un-agreement.columns");

#[cfg(test)]
pub(crate) const ALL: [&[u8]; 8] =
    [ATTRIBUTES, DIPLOMATIC, MEMBERSHIPS, PAIRS, SPELLS, TRADE, TRADE_FLOW, UN_AGREEMENT];
