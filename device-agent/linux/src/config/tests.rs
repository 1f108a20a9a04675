use std::ffi::OsString;
use std::fs;

use sandgrain_artifact::SigningKey;
use tempfile::TempDir;

use super::*;

/// A folder with a public key.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let key = keys::public_key(&SigningKey::from_bytes(&[7; 32]));
    fs::write(folder.path().join("fleet.pub"), keys::public_key_text(&key)).unwrap();
    folder
}

fn setup(folder: &TempDir, file: &str, arguments: &[&str]) -> Result<Setup> {
    let path = folder.path().join("agentd.toml");
    fs::write(&path, file).unwrap();
    let mut all: Vec<OsString> = vec!["sandgrain-agentd".into(), "--config".into(), path.into()];
    all.extend(arguments.iter().map(OsString::from));
    Args::try_parse_from(all).map_err(|e| e.to_string())?.setup()
}

fn error(folder: &TempDir, file: &str, arguments: &[&str]) -> String {
    setup(folder, file, arguments).err().expect("it is wrong")
}

const LEAST: &str = "device = 'd1'\nbroker = 'mqtt://broker'\nplain = true\ntrust = ['fleet.pub']\nstate = 'state'\n";

#[test]
fn the_command_line_counts_more_and_paths_are_the_files() {
    let folder = folder();
    let least = setup(&folder, LEAST, &[]).unwrap();
    assert_eq!((least.device.as_str(), least.module.as_str(), least.namespace), ("d1", "app", None));
    assert_eq!(least.state, folder.path().join("state/app.module"));
    assert_eq!((least.trial_ms, least.heartbeat_ms, least.needs_health), (20_000, 30_000, true));
    assert_eq!(least.broker.broker_address(), ("broker".to_owned(), 1883));

    let more = ["--device", "d2", "--trial", "3", "--no-health", "--module", "..", "--memory", "1"];
    let more = setup(&folder, &format!("{LEAST}namespace = 'default'\ntrial = 9\n"), &more).unwrap();
    assert_eq!((more.device.as_str(), more.trial_ms, more.needs_health), ("d2", 3000, false));
    assert_eq!(more.namespace.as_deref(), Some("default"));
    assert_eq!(more.state.file_name().unwrap(), "...module");
    assert_eq!(more.machine.arena, 1 << 20);
}

#[test]
fn what_is_wrong_is_named_with_its_remedy() {
    let folder = folder();
    let without = |line: &str| LEAST.lines().filter(|l| !l.starts_with(line)).collect::<Vec<_>>().join("\n");
    for (file, arguments, named) in [
        (without("device"), &[][..], "`device` is missing: give it as --device"),
        (without("broker"), &[], "`broker` is missing"),
        (without("trust"), &[], "`trust` is missing"),
        (without("state"), &[], "`state` is missing"),
        (without("plain"), &[], "mqtts://"),
        (LEAST.to_owned(), &["--device", "d/1"], "`device`: \"d/1\" is no name"),
        (LEAST.to_owned(), &["--module", "a b"], "`module`"),
        (LEAST.to_owned(), &["--broker", "http://x"], "`broker`"),
        (LEAST.to_owned(), &["--broker", "mqtts://x"], "`ca`"),
        (LEAST.to_owned(), &["--trust", "/nowhere"], "cannot read /nowhere"),
        (LEAST.to_owned(), &["--trial", "0"], "`trial`"),
        (LEAST.to_owned(), &["--memory", "0"], "`memory`"),
        (format!("{LEAST}devise = 'x'"), &[], "devise"),
        ("device = 7".to_owned(), &[], "agentd.toml"),
    ] {
        let error = error(&folder, &file, arguments);
        assert!(error.contains(named), "{named}: {error}");
    }
    fs::write(folder.path().join("fleet.pub"), keys::secret_key_text(&SigningKey::from_bytes(&[7; 32]))).unwrap();
    assert!(error(&folder, LEAST, &[]).contains("not a public key"));
}

/// What comes with the package names options that there are.
#[test]
fn the_example_and_the_unit_are_understood() {
    let example: Options = toml::from_str(include_str!("../../agentd.toml")).unwrap();
    assert!(example.device.is_some() && example.ca.is_some() && !example.trust.is_empty() && example.state.is_some());
    let unit = include_str!("../../sandgrain-agentd.service");
    let command = unit.lines().find_map(|line| line.strip_prefix("ExecStart=")).unwrap();
    Args::try_parse_from(command.split(' ')).unwrap();
}

#[test]
fn help_teaches() {
    use clap::CommandFactory;
    Args::command().debug_assert();
    let help = Args::command().render_long_help().to_string();
    for word in ["Examples:", "mqtts://", "sandgrain keygen", "sandgrain deploy", "Exit codes"] {
        assert!(help.contains(word), "{word}");
    }
}
