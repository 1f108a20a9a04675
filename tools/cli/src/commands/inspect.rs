//! `sandgrain inspect`.

use std::path::{Path, PathBuf};

use sandgrain_abi::{HelperGroups, Target};
use sandgrain_artifact::{Artifact, Content, CpuFeatures, Digest, Extern, Import};
use sandgrain_compiler::Report;
use serde_json::{Value, json};

use super::keys;
use crate::failure::{self, Result};
use crate::module_file::{self, ModuleFile};
use crate::progress::ProgressLine;
use crate::symbols::{Symbol, Symbols};

const EXAMPLES: &str = "\
Examples:
  sandgrain inspect fib.sg --key sandgrain.key.pub     is it signed by this key?
  sandgrain inspect fib.sg --object fib.o              code size by function (from `compile --emit object`)
  sandgrain inspect fib.wasm --target rv32imac         what it would be on that target";

/// Say what a module is: target, needs, signature, imports, exports, sizes
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// An artifact, or a .wasm or .wat, which is compiled first
    file: PathBuf,
    /// A public key that may have signed it (may be repeated)
    #[arg(long = "key")]
    keys: Vec<PathBuf>,
    /// The ELF file that was compiled with the artifact, for sizes by function
    #[arg(long, value_name = "ELF")]
    object: Option<PathBuf>,
    /// What to compile a .wasm for
    #[arg(long, value_parser = super::lists::target)]
    target: Option<Target>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// Everything that there is to say.
struct Findings<'a> {
    path: &'a Path,
    artifact: Artifact<'a>,
    signed: Signed,
    symbols: Option<Symbols>,
    report: Option<Report>,
}

enum Signed {
    /// There are zeros in place of a signature.
    No,
    /// By the key in this file.
    By(PathBuf, String),
    /// By none of the keys that were given.
    Unknown,
}

pub fn main(args: &Args) -> Result<()> {
    let (artifact, object, report) = match ModuleFile::read(&args.file)? {
        ModuleFile::Artifact(artifact) => (artifact, None, None),
        ModuleFile::Wasm(wasm) => {
            let target = args.target.unwrap_or(Target::ALL[0]);
            let options = module_file::options(&args.file, target);
            let line = ProgressLine::on_stderr(args.json);
            let compiled =
                module_file::compile_with_progress(&args.file, &wasm, &options, &|progress| line.show(progress))?;
            (compiled.artifact, Some(compiled.object), Some(compiled.report))
        }
    };
    let object = args.object.as_deref().map(failure::read).transpose()?.or(object);
    let symbols = object.map(|elf| Symbols::read(&elf)).transpose()?;
    let view = keys::open(&args.file, &artifact)?;
    let signed = who_signed(&artifact, &view, &args.keys)?;
    let findings = Findings { path: &args.file, artifact: view, signed, symbols, report };
    match args.json {
        true => super::print_json(&findings.json()),
        false => findings.print(),
    }
    Ok(())
}

fn who_signed(bytes: &[u8], artifact: &Artifact<'_>, paths: &[PathBuf]) -> Result<Signed> {
    use sandgrain_artifact::header::{HEADER_LEN, MANIFEST_OFFSET};
    if bytes[HEADER_LEN..MANIFEST_OFFSET].iter().all(|&byte| byte == 0) {
        return Ok(Signed::No);
    }
    for path in paths {
        let key = keys::read_public(path)?;
        if artifact.envelope().verify(&[key]).is_ok() {
            return Ok(Signed::By(path.clone(), key.to_string()));
        }
    }
    Ok(Signed::Unknown)
}

/// Sizes of an artifact's parts in bytes; they add up to its own.
fn sections(artifact: &Artifact<'_>) -> Vec<(&'static str, usize)> {
    let content = artifact.content();
    let (text, data) = (content.text().len(), content.code_start() as usize);
    let init = content.init_image().len();
    let envelope = artifact.envelope().bytes().len();
    let carried = artifact.wasm().map_or(0, <[u8]>::len);
    let rest = artifact.content_bytes().len() - text - init - carried;
    vec![
        ("envelope", envelope),
        ("read-only data", data),
        ("code", text - data),
        ("initial globals", init),
        ("types, names, records", rest),
        ("WebAssembly", carried),
    ]
}

pub fn helper_names(groups: HelperGroups) -> Vec<&'static str> {
    let bits = (0..u32::BITS).map(|bit| HelperGroups(groups.0 & (1 << bit)));
    bits.filter(|group| group.0 != 0).map(HelperGroups::first_name).collect()
}

fn import_text(content: &Content<'_>, import: &Import<'_>) -> String {
    content.import_type(&import.ty).map_or_else(String::new, |ty| ty.to_string())
}

fn export_text(content: &Content<'_>, item: Extern) -> String {
    let ty = content.export_type(item).map_or_else(String::new, |ty| ty.to_string());
    match item {
        Extern::Func { code, .. } => format!("{ty} at text+{:#x}", code.0),
        Extern::Constant { bits, .. } => format!("{ty} = {bits:#x}"),
        Extern::Imported(_) => format!("{ty}, imported"),
        _ => ty,
    }
}

impl Findings<'_> {
    fn target_name(&self) -> &'static str {
        Target::from_id(self.artifact.header().target_id).map_or("unknown", Target::name)
    }

    /// Modules that it imports from, as its manifest lists them.
    fn capabilities(&self) -> Vec<&str> {
        self.artifact.manifest().capabilities().flatten().map(|capability| capability.name).collect()
    }

    /// CPU features that it needs beyond the target's.
    fn feature_names(&self) -> Vec<&'static str> {
        let (header, target) = (self.artifact.header(), self.artifact.manifest().target());
        let bits = (0..u16::BITS).map(|bit| CpuFeatures(header.features.0 & (1 << bit)));
        let names = bits.filter(|feature| feature.0 != 0);
        names.map(|feature| target.map_or("unknown", |target| feature.first_name(target))).collect()
    }

    /// Code, largest first.
    fn functions(&self) -> Vec<&Symbol> {
        let symbols = self.symbols.iter().flat_map(|symbols| &symbols.symbols);
        let mut functions: Vec<&Symbol> = symbols.filter(|symbol| symbol.is_code).collect();
        functions.sort_by(|a, b| b.size.cmp(&a.size).then(a.offset.cmp(&b.offset)));
        functions
    }

    fn print(&self) {
        let (artifact, content, manifest) = (&self.artifact, self.artifact.content(), self.artifact.manifest());
        let needs = manifest.needs;
        let total = artifact.header().artifact_len();
        println!("{}: {} {} (counter {})", self.path.display(), manifest.name, manifest.version, manifest.counter);
        let class = if manifest.device_class.is_empty() { "any" } else { manifest.device_class };
        println!("  target       {}, ABI version {}", self.target_name(), artifact.header().abi_version);
        println!("  for devices  {class}");
        println!("  digest       sha256:{}", artifact.envelope().manifest_digest());
        match &self.signed {
            Signed::No => println!("  signed       no; devices refuse it (`sandgrain sign`)"),
            Signed::By(path, key) => println!("  signed       by {} ({key})", path.display()),
            Signed::Unknown => println!("  signed       by none of the keys given with --key"),
        }
        let bounded = if content.stack().bounded { "" } else { ", not bounded" };
        println!(
            "  needs        {} bytes of RAM: {} bytes of memory, {} bytes of instance, {} bytes of stack{bounded}",
            needs.total_bytes(),
            needs.memory_bytes,
            needs.instance_bytes,
            needs.stack_bytes
        );
        if let Some(max) = content.memory().filter(|memory| !memory.fixed).map(|memory| memory.ty.max_pages) {
            println!("  may grow to  {}", max.map_or("what the device gives".to_owned(), |max| format!("{max} pages")));
        }
        let features = self.feature_names();
        if !features.is_empty() {
            println!("  processor    {}", features.join(", "));
        }
        println!("  helpers      {}", helper_names(artifact.header().helpers).join(", "));
        let capabilities = self.capabilities();
        println!(
            "  may use      {}",
            if capabilities.is_empty() { "nothing".to_owned() } else { capabilities.join(", ") }
        );
        println!("  chunks       {} of {} bytes", manifest.chunk_count(), manifest.chunk_size());
        match content.imports().is_empty() {
            true => println!("  imports      nothing"),
            false => println!("  imports"),
        }
        for import in content.imports().iter() {
            println!("    {}.{} {}", import.module, import.name, import_text(content, &import));
        }
        println!("  exports{}", if content.exports().is_empty() { "      nothing" } else { "" });
        for export in content.exports().iter() {
            println!("    {:<24} {}", export.name, export_text(content, export.item));
        }
        if content.start().is_some() {
            println!("  has a start function");
        }
        println!("  size         {total} bytes");
        for (name, bytes) in sections(artifact) {
            println!("    {bytes:>8}  {name}");
        }
        let functions = self.functions();
        if !functions.is_empty() {
            println!("  code by function");
        }
        for function in functions {
            println!("    {:>8}  {}", function.size, function.name);
        }
        for note in self.report.iter().flat_map(|report| &report.notes) {
            println!("  note: {note}");
        }
    }

    fn json(&self) -> Value {
        let (artifact, content, manifest) = (&self.artifact, self.artifact.content(), self.artifact.manifest());
        let digest: Digest = artifact.envelope().manifest_digest();
        let (signed, key) = match &self.signed {
            Signed::No => (json!(false), Value::Null),
            Signed::By(_, key) => (json!(true), json!(key)),
            Signed::Unknown => (json!(true), Value::Null),
        };
        let imports = content.imports().iter().map(
            |import| json!({ "module": import.module, "name": import.name, "type": import_text(content, &import) }),
        );
        let exports = content
            .exports()
            .iter()
            .map(|export| json!({ "name": export.name, "item": export_text(content, export.item) }));
        let sections: serde_json::Map<String, Value> =
            sections(artifact).into_iter().map(|(name, bytes)| (name.to_owned(), json!(bytes))).collect();
        let functions =
            self.functions().into_iter().map(|f| json!({ "name": f.name, "offset": f.offset, "bytes": f.size }));
        json!({
            "target": self.target_name(),
            "artifact_version": artifact.header().artifact_version,
            "abi_version": artifact.header().abi_version,
            "cpu_features": self.feature_names(),
            "name": manifest.name,
            "version": manifest.version,
            "counter": manifest.counter,
            "device_class": manifest.device_class,
            "digest": digest.to_string(),
            "signed": signed,
            "key": key,
            "needs": {
                "flash_bytes": manifest.flash_bytes(),
                "memory_bytes": manifest.needs.memory_bytes,
                "instance_bytes": manifest.needs.instance_bytes,
                "stack_bytes": manifest.needs.stack_bytes,
                "stack_bounded": content.stack().bounded,
                "helpers": helper_names(artifact.header().helpers),
            },
            "capabilities": self.capabilities(),
            "carries_wasm": artifact.wasm().is_some(),
            "memory_max_pages": content.memory().and_then(|memory| memory.ty.max_pages),
            "imports": imports.collect::<Value>(),
            "exports": exports.collect::<Value>(),
            "has_start": content.start().is_some(),
            "chunks": manifest.chunk_count(),
            "chunk_bytes": manifest.chunk_size(),
            "bytes": artifact.header().artifact_len(),
            "sections": sections,
            "functions": functions.collect::<Value>(),
            "report": self.report.as_ref().map(super::compile::report_json),
        })
    }
}
