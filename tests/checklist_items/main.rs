//! Items of the checklist that are properties of what is there, each shown in a world just large
//! enough for it. `docs/checklist.md` says which test belongs to which item.

mod decision;
mod factors;
mod moderators;
mod politics;
mod senders;
mod structure;
mod world;
