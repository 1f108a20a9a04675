#![no_std]
#![forbid(unsafe_code)]
//! The update agent of a device: it hears over MQTT, KubeEdge-style, which module is wanted, pulls it, checks it,
//! puts it into the free one of two flash slots, tries it, and goes back if it does not work.
//!
//! * [`proto`] and [`twin`]: what travels, encoded and decoded alike for device and controller
//! * [`agent`]: `step(now, event) -> actions`, a pure state machine
//! * [`verify`]: which artifacts a device takes
//! * [`slots`]: two slots and their journal on any NOR flash
//! * `sim` (feature `sim`, needs std): mock flash, mock edge, and a simulated device to run them in
//!
//! Nothing here does I/O, allocates, or panics on input. A shell feeds the agent and carries out its actions:
//!
//! ```ignore
//! let mut store = SlotStore::open(flash, Layout::divide::<Flash>(start, end)?)?;
//! let boot = store.boot(&config.trust, &mut scratch)?;
//! let mut agent = Agent::new(config, &boot);
//! agent.step(now, Event::Boot, &mut |action: Action<'_>| shell.carry_out(action));
//! // then one event after the other: what the MQTT client, the timer, the store and the module bring
//! ```

mod download;
mod json;

pub mod agent;
pub mod packed;
pub mod proto;
pub mod slots;
pub mod twin;
pub mod verify;

#[cfg(any(test, feature = "pack"))]
extern crate std;
#[cfg(any(test, feature = "sim"))]
pub mod sim;

pub use agent::{Action, Actions, Agent, Config, Event, Qos};
pub use download::WINDOW;
pub use json::JsonError;
