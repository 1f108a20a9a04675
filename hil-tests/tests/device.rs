//! The network firmware on an emulated board: its log, its buttons, its end. What it does on the network is tested
//! elsewhere; here nobody listens.

use std::process::Command;
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use sandgrain_cli::boards::Firmware;
use sandgrain_cli::console::LogLine;
use sandgrain_cli::emulator::{Device, HOST_ADDRESS};
use sandgrain_hil_tests::bench::Bench;
use sandgrain_provision::{Broker, Provisioning};

const PATIENCE: Duration = Duration::from_secs(30);

fn device(board: &str) -> Option<Device> {
    let bench = Bench::with(board, Firmware::Device)?;
    let provisioning = Provisioning {
        device_id: "lonely",
        namespace: "default",
        // Nothing listens on the discard port of this computer.
        broker: Broker { address: HOST_ADDRESS, port: 9 },
        user: "",
        password: "",
        trusted_keys: [None; sandgrain_provision::MAX_KEYS],
        device_class: "",
        without: sandgrain_provision::Without::Nothing,
    };
    Some(Device::new(bench.board, &bench.firmware, &provisioning).unwrap())
}

/// Waits for a message with this text.
#[track_caller]
fn hear(log: &Receiver<LogLine>, text: &str) {
    let deadline = Instant::now() + PATIENCE;
    let mut heard = Vec::new();
    loop {
        match log.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(line) if line.text.contains(text) => return,
            Ok(line) => heard.push(line.to_string()),
            Err(error) => panic!("no `{text}` ({error}) after\n{}", heard.join("\n")),
        }
    }
}

fn lives(board: &str) {
    let Some(mut device) = device(board) else { return };
    let log = device.power_on().unwrap();
    hear(&log, &format!("{board}, warm boot 0"));
    device.check().unwrap();
    assert_eq!(device.set_temperature(23_500).is_ok(), device.has_sensor());
    device.reset().unwrap();
    hear(&log, &format!("{board}, warm boot 1"));
    let log = device.power_on().unwrap();
    hear(&log, &format!("{board}, warm boot 0"));
    device.power_off();
    assert!(device.check().unwrap_err().to_string().contains("powered off"));
}

#[test]
fn life_of_qemu_mps2_an386() {
    lives("qemu-mps2-an386");
}

#[test]
fn life_of_qemu_riscv32_virt() {
    lives("qemu-riscv32-virt");
}

#[test]
fn an_emulator_that_dies_is_named() {
    let Some(mut device) = device("qemu-riscv32-virt") else { return };
    let log = device.power_on().unwrap();
    hear(&log, "warm boot");
    let id = device.process_id().unwrap().to_string();
    Command::new("kill").args(["-9", &id]).status().unwrap();
    let deadline = Instant::now() + PATIENCE;
    let error = loop {
        match device.check() {
            Err(error) => break error.to_string(),
            Ok(()) => assert!(Instant::now() < deadline, "it was killed and runs"),
        }
    };
    assert!(error.contains("qemu-system-riscv32 has ended") && error.contains("signal: 9"), "{error}");
}
