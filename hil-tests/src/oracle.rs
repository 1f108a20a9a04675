//! What wasmi makes of a program.

use sandgrain_abi::TrapKind;
use sandgrain_run_protocol::Value;

use crate::cases::Case;
use crate::executor::{Executor, Wasmi};

pub use crate::executor::engine;
use crate::script::{Outcome, Script, Step};

/// How a call ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// With these results.
    Returned(Vec<Value>),
    /// With this trap.
    Trapped(TrapKind),
}

/// What wasmi calls a trap: it does not tell the table accesses that are calls from the others.
pub fn as_wasmi(kind: TrapKind) -> TrapKind {
    match kind {
        TrapKind::TableAccessOutOfBounds => TrapKind::TableOutOfBounds,
        other => other,
    }
}

/// How each call of `case` ends on one instance; `Err` if instantiating traps.
///
/// # Panics
/// If wasmi does not accept the program.
pub fn run(case: &Case) -> Result<Vec<Ending>, TrapKind> {
    let mut steps = vec![Step::Instantiate { module: 0 }];
    steps.extend(case.calls.iter().map(|(function, arguments)| Step::Call {
        instance: 0,
        function: function.clone(),
        arguments: arguments.clone(),
    }));
    let mut outcomes = Wasmi.execute(&Script { modules: vec![case.wasm.clone()], steps, fuel: None }).into_iter();
    match outcomes.next() {
        Some(Outcome::Done) => {}
        Some(Outcome::Trapped(kind)) => return Err(kind),
        other => panic!("{}: {other:?}", case.name),
    }
    let endings = outcomes.map(|outcome| match outcome {
        Outcome::Returned(values) => Ending::Returned(values),
        Outcome::Trapped(kind) => Ending::Trapped(kind),
        other => panic!("{}: {other:?}", case.name),
    });
    Ok(endings.collect())
}
