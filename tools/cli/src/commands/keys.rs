//! `sandgrain keygen`, `keys rotate`, `sign` and `verify`.

use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use sandgrain_artifact::{Artifact, Envelope, Header, KeySet, PublicKey, SigningKey, keys};
use serde_json::json;

use crate::failure::{self, Failure, Result};
use crate::module_file;

const KEYGEN_EXAMPLES: &str = "\
Examples:
  sandgrain keygen                     writes sandgrain.key (keep it secret) and sandgrain.key.pub (for devices)
  sandgrain keygen -o fleet.key";

const SIGN_EXAMPLES: &str = "\
Examples:
  sandgrain sign fib.sg --key sandgrain.key
  sandgrain sign fib.sg --key sandgrain.key -o signed.sg";

const ROTATE_EXAMPLES: &str = "\
Examples:
  sandgrain keys rotate --key old.key --epoch 1 --trust new.key.pub --trust spare.key.pub -o 1.rotation
  sandgrain deploy sensor.wasm --device d1 --rotation 1.rotation --key new.key

A device trusts two keys at most. A rotation names both anew: who is not in it is revoked, and installs nothing any more; what runs
goes on. Epochs count the rotations of a fleet, from 1; a device takes one that is at most 100 above its own. Keep every rotation: a
device that was away needs those that lead from a key that it trusts to the last.";

const VERIFY_EXAMPLES: &str = "\
Examples:
  sandgrain verify fib.sg --key sandgrain.key.pub      exit code 0 if signed by it and undamaged, else 3";

/// Make an ed25519 key pair for signing artifacts
#[derive(clap::Args)]
#[command(after_help = KEYGEN_EXAMPLES)]
pub struct Keygen {
    /// File for the secret key; the public key goes beside it, with .pub appended. Neither may exist
    #[arg(short, long, value_name = "FILE", default_value = "sandgrain.key")]
    output: PathBuf,
}

/// Change the keys that devices trust
#[derive(clap::Subcommand)]
#[command(after_help = ROTATE_EXAMPLES)]
pub enum Keys {
    Rotate(Rotate),
}

/// Make the record that has devices trust other keys, for `sandgrain deploy --rotation`
#[derive(clap::Args)]
#[command(after_help = ROTATE_EXAMPLES)]
pub struct Rotate {
    /// A secret key that the devices trust now
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// Number of the rotation, one more than that of the last; the first is 1
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    epoch: u32,
    /// A public key that they are to trust from then on (once or twice)
    #[arg(long, value_name = "FILE.pub", required = true)]
    trust: Vec<PathBuf>,
    /// Where to write it. May not exist
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
}

/// Sign an artifact, replacing the signature it has
#[derive(clap::Args)]
#[command(after_help = SIGN_EXAMPLES)]
pub struct Sign {
    /// The artifact
    #[arg(value_name = "FILE.sg")]
    file: PathBuf,
    /// The secret key
    #[arg(long)]
    key: PathBuf,
    /// Where to write the signed artifact [default: in place]
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
}

/// Check an artifact's signature, its structure and every digest
#[derive(clap::Args)]
#[command(after_help = VERIFY_EXAMPLES)]
pub struct Verify {
    /// The artifact
    #[arg(value_name = "FILE.sg")]
    file: PathBuf,
    /// The public key to trust (may be repeated)
    #[arg(long = "key", required = true)]
    keys: Vec<PathBuf>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// Reads a public key from its file; of a secret key's file, the public half.
pub fn read_public(path: &Path) -> Result<PublicKey> {
    let text = read_text(path)?;
    match keys::parse_public_key(&text) {
        Ok(key) => Ok(key),
        Err(error) => match keys::parse_secret_key(&text) {
            Ok(secret) => Ok(keys::public_key(&secret)),
            Err(_) => Err(Failure::refused(error).about(path.display())),
        },
    }
}

/// Reads a secret key from its file.
pub fn read_secret(path: &Path) -> Result<SigningKey> {
    keys::parse_secret_key(&read_text(path)?).map_err(|e| Failure::refused(e).about(path.display()))
}

fn read_text(path: &Path) -> Result<String> {
    // What is no text is no key either; the parser says so.
    failure::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

pub fn keygen(args: &Keygen) -> Result<()> {
    let secret = keys::generate().map_err(Failure::failed)?;
    let public = keys::public_key(&secret);
    let mut public_path = args.output.clone().into_os_string();
    public_path.push(".pub");
    let public_path = PathBuf::from(public_path);
    if public_path.exists() {
        return Err(exists(&public_path));
    }
    create(&args.output, 0o600, keys::secret_key_text(&secret).as_bytes())?;
    create(&public_path, 0o644, keys::public_key_text(&public).as_bytes())?;
    println!("{}: secret key; whoever reads it can sign", args.output.display());
    println!("{}: public key {public}, for devices and `sandgrain verify`", public_path.display());
    Ok(())
}

pub fn rotate(args: &Rotate) -> Result<()> {
    let key = read_secret(&args.key)?;
    let trusted: Vec<PublicKey> = args.trust.iter().map(|path| read_public(path)).collect::<Result<_>>()?;
    let keys = match trusted[..] {
        [first] => [first, PublicKey([0; 32])],
        [first, second] => [first, second],
        _ => return Err(Failure::usage("a device trusts one key or two: name as many with --trust")),
    };
    let record = KeySet { epoch: args.epoch, keys }.sign(&key);
    create(&args.output, 0o644, &record)?;
    println!(
        "{}: from epoch {} on, devices that trust {} trust",
        args.output.display(),
        args.epoch,
        args.key.display()
    );
    trusted.iter().for_each(|key| println!("  {key}"));
    if !trusted.contains(&keys::public_key(&key)) {
        println!("and {} is revoked", args.key.display());
    }
    Ok(())
}

fn exists(path: &Path) -> Failure {
    Failure::usage(format_args!("{} exists already; choose another file with -o", path.display()))
}

fn create(path: &Path, mode: u32, bytes: &[u8]) -> Result<()> {
    let file = OpenOptions::new().write(true).create_new(true).mode(mode).open(path);
    let mut file = file.map_err(|e| match e.kind() {
        std::io::ErrorKind::AlreadyExists => exists(path),
        _ => Failure::failed(format_args!("cannot write {}: {e}", path.display())),
    })?;
    file.write_all(bytes).map_err(|e| Failure::failed(e).about(path.display()))
}

pub fn sign(args: &Sign) -> Result<()> {
    let key = read_secret(&args.key)?;
    let mut artifact = failure::read(&args.file)?;
    sandgrain_artifact::sign(&mut artifact, &key).map_err(|e| Failure::refused(e).about(args.file.display()))?;
    // Devices refuse damage, so it is not worth a signature.
    open(&args.file, &artifact)?;
    let output = args.output.as_deref().unwrap_or(&args.file);
    failure::write(output, &artifact)?;
    println!("{}: signed by {}", output.display(), keys::public_key(&key));
    Ok(())
}

/// Checks all of an artifact but its signature, for the target that it names.
pub fn open<'a>(path: &Path, artifact: &'a [u8]) -> Result<Artifact<'a>> {
    let header = Header::parse(artifact).map_err(|e| Failure::refused(e).about(path.display()))?;
    let target = sandgrain_abi::Target::from_id(header.target_id).ok_or_else(|| {
        let id = header.target_id;
        Failure::refused(format_args!("compiled for a target that this build does not know (id {id}); update it"))
            .about(path.display())
    })?;
    module_file::check(path, artifact, target)
}

pub fn verify(args: &Verify) -> Result<()> {
    let artifact = failure::read(&args.file)?;
    let trusted: Vec<PublicKey> = args.keys.iter().map(|path| read_public(path)).collect::<Result<_>>()?;
    let refused = |e| Failure::refused(e).about(args.file.display());
    let envelope = Envelope::parse(&artifact).map_err(refused)?;
    let signer = envelope.verify(&trusted).map_err(refused)?;
    let manifest = *open(&args.file, &artifact)?.manifest();
    // `verify` returned the position of one of these.
    let (key, path) = (trusted[signer.0], &args.keys[signer.0]);
    if args.json {
        super::print_json(&json!({
            "name": manifest.name, "version": manifest.version, "counter": manifest.counter,
            "digest": envelope.manifest_digest().to_string(), "key": key.to_string(),
        }));
    } else {
        println!(
            "{}: {} {} (counter {}) is signed by {} and undamaged",
            args.file.display(),
            manifest.name,
            manifest.version,
            manifest.counter,
            path.display()
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::Exit;
    use sandgrain_compiler::{Options, Target};
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_signed_artifact_verifies_and_a_changed_one_does_not() {
        let directory = tempfile::tempdir().unwrap();
        let at = |name: &str| directory.path().join(name);
        keygen(&Keygen { output: at("key") }).unwrap();
        assert_eq!(std::fs::metadata(at("key")).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(keygen(&Keygen { output: at("key") }).unwrap_err().exit(), Exit::Usage);
        keygen(&Keygen { output: at("other") }).unwrap();

        let wasm = wat::parse_str(r#"(module (func (export "f") (result i32) (i32.const 42)))"#).unwrap();
        let compiled = sandgrain_compiler::compile(&wasm, &Options::new(Target::CortexM4F)).unwrap();
        std::fs::write(at("m.sg"), compiled.artifact).unwrap();
        let check = |key: &str| {
            verify(&Verify { file: at("m.sg"), keys: vec![at(key)], json: false }).map_err(|failure| failure.exit())
        };
        assert_eq!(check("key.pub"), Err(Exit::Refused), "not signed yet");
        sign(&Sign { file: at("m.sg"), key: at("key"), output: None }).unwrap();
        assert_eq!(check("key.pub"), Ok(()));
        assert_eq!(check("other.pub"), Err(Exit::Refused));
        assert!(
            sign(&Sign { file: at("m.sg"), key: at("key.pub"), output: None }).is_err(),
            "a public key cannot sign"
        );

        let mut damaged = std::fs::read(at("m.sg")).unwrap();
        *damaged.last_mut().unwrap() ^= 1;
        std::fs::write(at("m.sg"), damaged).unwrap();
        assert_eq!(check("key.pub"), Err(Exit::Refused));
        assert_eq!(
            sign(&Sign { file: at("m.sg"), key: at("key"), output: None }).unwrap_err().exit(),
            Exit::Refused,
            "damage gets no signature"
        );
    }

    #[test]
    fn a_rotation_is_what_devices_take() {
        let directory = tempfile::tempdir().unwrap();
        let at = |name: &str| directory.path().join(name);
        for name in ["old", "new", "spare"] {
            keygen(&Keygen { output: at(name) }).unwrap();
        }
        let make = |trust: &[&str], output: &str| {
            let trust = trust.iter().map(|name| at(name)).collect();
            rotate(&Rotate { key: at("old"), epoch: 3, trust, output: at(output) }).map_err(|failure| failure.exit())
        };
        assert_eq!(make(&["new.pub", "spare.pub"], "record"), Ok(()));
        assert_eq!(make(&["new.pub"], "record"), Err(Exit::Usage), "a rotation is not overwritten");
        assert_eq!(make(&["new.pub", "spare.pub", "old.pub"], "more"), Err(Exit::Usage));
        let key = |name: &str| read_public(&at(name)).unwrap();
        let record = std::fs::read(at("record")).unwrap();
        let taken = KeySet::rotate(&record, 2, &[key("old.pub")]);
        assert_eq!(taken, Ok(KeySet { epoch: 3, keys: [key("new.pub"), key("spare.pub")] }));
        assert!(KeySet::rotate(&record, 2, &[key("new.pub")]).is_err());
    }
}
