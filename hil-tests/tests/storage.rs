//! What a device still has when its power comes back: on riscv32 virt, whose flash is real storage, its module.

use std::time::Duration;

use sandgrain_agent::proto::StatusEvent;
use sandgrain_cli::controller::session::Session;
use sandgrain_cli::controller::{Deed, Sight};
use sandgrain_cli::deploy::{Audience, Line};
use sandgrain_hil_tests::bench::guest;
use sandgrain_hil_tests::site::{Site, runtime};
use tokio::time::Instant;

const BOARD: &str = "qemu-riscv32-virt";
const LIMIT: Duration = Duration::from_secs(60);

struct Silence;

impl Audience for Silence {
    fn line(&mut self, _: &str, _: &Line) {}
}

/// What a device that has just been switched on does first: its heart's module and its module's first message, and
/// whether it asked for any content.
async fn after_power_came_back(session: &mut Session) -> (Option<String>, String, bool) {
    let deadline = Instant::now() + LIMIT;
    let (mut online, mut running, mut asked) = (false, None, false);
    while let Some(sight) = session.next(deadline).await.unwrap() {
        let Sight::Device { what, .. } = sight else { continue };
        match what {
            Deed::Status(report) => online |= report.event == StatusEvent::Online,
            Deed::Heartbeat { module, .. } if online => running = module,
            Deed::AskedForChunk { .. } | Deed::AskedForManifest(_) => asked = true,
            Deed::Data { payload, .. } if online && running.is_some() => {
                return (running, String::from_utf8(payload).unwrap(), asked);
            }
            _ => {}
        }
    }
    panic!("no message of the module within {} s; its heart named {running:?}", LIMIT.as_secs());
}

#[test]
fn a_confirmed_module_runs_again_when_the_power_comes_back() {
    runtime().block_on(async {
        let Some(mut site) = Site::with(BOARD).await else { return };
        let Some(wasm) = guest("sensor_v1") else { return };
        site.power_on();
        site.deploy(wasm, LIMIT, &mut Silence).await;
        site.power_off();
        // What came before the cut is of no interest.
        while site.session.next(Instant::now() + Duration::from_millis(500)).await.unwrap().is_some() {}
        site.power_on();
        let (running, reading, asked) = after_power_came_back(&mut site.session).await;
        assert_eq!(running.as_deref(), Some("app@1"));
        assert!(reading.contains("\"version\":1"), "{reading}");
        assert!(!asked, "it asked for what it has");
    });
}
