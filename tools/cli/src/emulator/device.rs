//! A board on a network: it is provisioned once, then powered on and off like a real one.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::process::ChildStderr;
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use sandgrain_proc::{Output, Process};
use sandgrain_provision::Provisioning;
use tempfile::TempDir;

use super::{Load, Qmp, command, escape, temporary_directory};
use crate::boards::{Board, Equipment, Flash, Region, SENSOR_ID};
use crate::console::{LogFormat, LogLine};
use crate::failure::{Failure, Result};

/// The loopback interface of this computer as emulated devices see it: where a broker on it can be reached.
pub const HOST_ADDRESS: [u8; 4] = [10, 0, 2, 2];

/// Most bytes kept of what QEMU says.
const MOST_ERRORS: usize = 16 << 10;

/// An emulated device with its storage. Dropping it powers it off and throws the storage away.
pub struct Device {
    board: &'static Board,
    equipment: &'static Equipment,
    firmware: PathBuf,
    count_instructions: bool,
    powered: Option<Powered>,
    /// Holds the storage's image, the provisioning page and the control socket.
    directory: TempDir,
}

struct Powered {
    process: Process,
    errors: Arc<Mutex<String>>,
}

impl Device {
    /// A device that runs `firmware` (an ELF file with log formats), provisioned, with empty storage, powered off.
    ///
    /// # Errors
    /// If the board has no network firmware, `provisioning` is not valid, or files cannot be written.
    pub fn new(board: &'static Board, firmware: &Path, provisioning: &Provisioning<'_>) -> Result<Device> {
        let equipment = board.equipment()?;
        let mut page = [0; sandgrain_provision::MAX_LEN];
        let len = provisioning.write(&mut page).map_err(Failure::usage)?;
        let directory = temporary_directory()?;
        let written = match equipment.flash {
            Some(flash) => write_image(&directory.path().join(IMAGE), flash, equipment.provision, &page[..len]),
            None => std::fs::write(directory.path().join(PAGE), &page[..len]),
        };
        written.map_err(|e| Failure::failed(format_args!("cannot write the device's storage: {e}")))?;
        let firmware = firmware.to_path_buf();
        Ok(Device { board, equipment, firmware, count_instructions: false, powered: None, directory })
    }

    /// Lets one instruction take one nanosecond of the device's time.
    #[must_use]
    pub fn counting_instructions(mut self) -> Device {
        self.count_instructions = true;
        self
    }

    /// What it is.
    pub fn board(&self) -> &'static Board {
        self.board
    }

    /// The file behind its flash, if it has any.
    pub fn storage(&self) -> Option<PathBuf> {
        self.equipment.flash.map(|_| self.directory.path().join(IMAGE))
    }

    /// Starts the device; if it is on, it loses power first. Its log arrives in the channel, until it is off.
    ///
    /// # Errors
    /// If QEMU cannot be started, or the firmware holds no log formats.
    pub fn power_on(&mut self) -> Result<Receiver<LogLine>> {
        self.power_off();
        let log = LogFormat::of(&self.firmware)?;
        let mut process = Process::spawn(self.command(), Output::Piped)?;
        let pipes = process.take_stdout().zip(process.take_stderr());
        let (stdout, stderr) = pipes.ok_or_else(|| Failure::failed("the emulator has no output"))?;
        let errors = Arc::default();
        collect(stderr, Arc::clone(&errors));
        self.powered = Some(Powered { process, errors });
        Ok(log.follow(stdout))
    }

    fn command(&self) -> std::process::Command {
        let Equipment { network, sensor, provision, flash, .. } = self.equipment;
        let page = Load { file: self.directory.path().join(PAGE), address: provision.base };
        let loads = if flash.is_none() { vec![page] } else { Vec::new() };
        let mut command = command(self.board, &self.firmware, &loads);
        command.args(network).args(sensor);
        // The UART is the log. Semihosting is for the exit code alone.
        command.args(["-chardev", "stdio,id=log,signal=off", "-serial", "chardev:log", "-chardev", "null,id=nothing"]);
        command.args(["-semihosting-config", "enable=on,target=native,chardev=nothing"]);
        let socket = escape(&self.socket());
        command.arg("-chardev").arg(format!("socket,id=control,path={socket},server=on,wait=off"));
        command.args(["-mon", "chardev=control,mode=control"]);
        if let Some(flash) = flash {
            let image = escape(&self.directory.path().join(IMAGE));
            command.arg("-drive").arg(format!("if=pflash,unit={},format=raw,file={image}", flash.unit));
        }
        if self.count_instructions {
            command.args(["-icount", "shift=0"]);
        }
        command
    }

    fn socket(&self) -> PathBuf {
        self.directory.path().join("control")
    }

    /// Takes its power away. Flash keeps what was written to it.
    pub fn power_off(&mut self) {
        self.powered = None;
        let _ = std::fs::remove_file(self.socket());
    }

    /// The emulator's process, if the device is on.
    pub fn process_id(&self) -> Option<u32> {
        self.powered.as_ref().map(|powered| powered.process.id())
    }

    /// Whether the device still runs.
    ///
    /// # Errors
    /// If it is off, or its emulator has ended, with the last of what that had to say.
    pub fn check(&mut self) -> Result<()> {
        let name = self.board.name;
        let powered = self.powered.as_mut().ok_or_else(|| Failure::failed(format_args!("{name} is powered off")))?;
        let Some(status) = powered.process.try_wait()? else { return Ok(()) };
        let errors = powered.errors.lock().unwrap_or_else(PoisonError::into_inner);
        let program = &self.board.emulator.program;
        Err(Failure::failed(format_args!("{name}: {program} has ended ({status}) {}", errors.trim())))
    }

    /// The emulator's control connection, for what has no method here.
    ///
    /// # Errors
    /// If the device is off or does not take the connection.
    pub fn control(&mut self) -> Result<Qmp> {
        self.check()?;
        Qmp::connect(&self.socket())
    }

    /// Presses the reset button: memory and flash keep their content, the sensor forgets its temperature.
    ///
    /// # Errors
    /// As [`control`](Self::control).
    pub fn reset(&mut self) -> Result<()> {
        self.control()?.execute("system_reset", serde_json::json!({})).map(drop)
    }

    /// Whether it has a temperature sensor that can be set.
    pub fn has_sensor(&self) -> bool {
        !self.equipment.sensor.is_empty()
    }

    /// Sets what the temperature sensor will measure, in thousandths of a degree Celsius.
    ///
    /// # Errors
    /// As [`control`](Self::control), and if the board has no sensor.
    pub fn set_temperature(&mut self, millicelsius: i32) -> Result<()> {
        if !self.has_sensor() {
            return Err(Failure::refused(format_args!("{} has no temperature sensor to set", self.board.name)));
        }
        let arguments = serde_json::json!({ "path": SENSOR_ID, "property": "temperature", "value": millicelsius });
        self.control()?.execute("qom-set", arguments).map(drop)
    }
}

/// Name of the flash's image.
const IMAGE: &str = "flash";
/// Name of the provisioning page, for boards without flash.
const PAGE: &str = "page";

/// Makes an erased image with the provisioning page in it.
fn write_image(path: &Path, flash: Flash, provision: Region, page: &[u8]) -> std::io::Result<()> {
    let mut file = File::create(path)?;
    std::io::copy(&mut std::io::repeat(0xff).take(flash.len.into()), &mut file)?;
    file.seek(SeekFrom::Start((provision.base - flash.base).into()))?;
    file.write_all(page)
}

/// Keeps the beginning of what the emulator says; reads all of it.
fn collect(pipe: ChildStderr, into: Arc<Mutex<String>>) {
    thread::spawn(move || {
        for line in BufReader::new(pipe).lines().map_while(|line| line.ok()) {
            let mut text = into.lock().unwrap_or_else(PoisonError::into_inner);
            if text.len() + line.len() < MOST_ERRORS {
                text.push_str(&line);
                text.push('\n');
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use sandgrain_provision::{Broker, Without};

    const PROVISIONING: Provisioning<'static> = Provisioning {
        device_id: "d1",
        namespace: "default",
        broker: Broker { address: HOST_ADDRESS, port: 1883 },
        user: "",
        password: "",
        trusted_keys: [None; 2],
        without: Without::Nothing,
        device_class: "",
    };

    #[test]
    fn a_flash_image_is_erased_but_for_the_page() {
        let board = Board::named("qemu-riscv32-virt").unwrap();
        let device = Device::new(board, Path::new("fw"), &PROVISIONING).unwrap();
        let image = std::fs::read(device.storage().unwrap()).unwrap();
        assert_eq!(image.len(), device.equipment.flash.unwrap().len as usize);
        assert_eq!(Provisioning::parse(&image), Ok(PROVISIONING));
        assert!(image[sandgrain_provision::MAX_LEN..].iter().all(|&byte| byte == 0xff));
    }

    #[test]
    fn a_board_without_flash_gets_its_page_loaded() {
        let board = Board::named("qemu-mps2-an386").unwrap();
        let device = Device::new(board, Path::new("fw"), &PROVISIONING).unwrap();
        let arguments: Vec<_> = device.command().get_args().map(|a| a.to_string_lossy().into_owned()).collect();
        assert!(arguments.iter().any(|a| a.starts_with("loader,") && a.contains("addr=0x1f0000")), "{arguments:?}");
        assert!(device.storage().is_none());
    }

    #[test]
    fn what_is_off_says_so() {
        let mut device = Device::new(Board::named("qemu-mps2-an386").unwrap(), Path::new("fw"), &PROVISIONING).unwrap();
        assert!(device.check().unwrap_err().to_string().contains("powered off"));
        assert!(Device::new(device.board(), Path::new("fw"), &Provisioning { device_id: "", ..PROVISIONING }).is_err());
    }
}
