//! TCP/IPv4 over the board's Ethernet, configured by DHCP.

use embassy_executor::Spawner;
use embassy_net::{Config, Runner, Stack, StackResources};
use static_cell::StaticCell;

use crate::{boots, chip};

/// Sockets: DHCP, and the broker's connection with one to spare.
const SOCKETS: usize = 3;

#[embassy_executor::task]
async fn drive(mut runner: Runner<'static, chip::Nic>) -> ! {
    runner.run().await
}

/// Starts the stack; it gets its address by and by (`Stack::wait_config_up`). Call once.
///
/// `identity` tells this device from others: with the boot count it seeds the port numbers, so that a restarted
/// device does not reuse the connection its broker still knows. It is no source of secrets.
pub fn start(spawner: Spawner, identity: &str) -> Result<Stack<'static>, chip::NicError> {
    static RESOURCES: StaticCell<StackResources<SOCKETS>> = StaticCell::new();
    let nic = chip::nic()?;
    let (stack, runner) = embassy_net::new(
        nic,
        Config::dhcpv4(Default::default()),
        RESOURCES.init(StackResources::new()),
        seed(identity),
    );
    if let Ok(task) = drive(runner) {
        spawner.spawn(task);
    }
    Ok(stack)
}

/// FNV-1a over what differs between devices, boots and moments.
fn seed(identity: &str) -> u64 {
    let counters = [u64::from(boots::since_power_on()), crate::time::now()];
    identity
        .bytes()
        .chain(counters.into_iter().flat_map(u64::to_le_bytes))
        .fold(0xCBF2_9CE4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}
