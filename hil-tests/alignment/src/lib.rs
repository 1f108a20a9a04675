//! A TCG plugin for QEMU (API version 1, QEMU 4.2 and later; `include/qemu/qemu-plugin.h`) that ends a run with an error
//! if it made a misaligned access that the part itself would refuse. QEMU completes most of them.
//!
//! ```text
//! -plugin libsandgrain_alignment.so,isa=thumb2|rv32,guest=BASE+LEN[,guest=…],out=FILE
//! ```
//! What a part refuses:
//!
//! * ARMv7-M and ARMv8-M Mainline (ARM DDI 0403, A3.2.1): LDM, STM, LDRD, STRD, VLDR, VSTR, VLDM, VSTM and exclusive accesses
//!   that are not aligned to a word, or to their size if that is less. Other accesses may have any alignment.
//! * RV32: everything, except by a load or store that the runtime's trap entry completes: one of at most a word, by code of
//!   a guest.
//!
//! The file gets one line `ok COUNT`, with the number of accesses seen, or lines that name instruction and address.

use std::ffi::{CStr, c_char, c_int, c_uint, c_void};
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock};

type PluginId = u64;

#[repr(C)]
struct Tb(c_void);
#[repr(C)]
struct Insn(c_void);

unsafe extern "C" {
    fn qemu_plugin_register_vcpu_tb_trans_cb(id: PluginId, callback: extern "C" fn(PluginId, *mut Tb));
    fn qemu_plugin_register_atexit_cb(
        id: PluginId,
        callback: extern "C" fn(PluginId, *mut c_void),
        userdata: *mut c_void,
    );
    fn qemu_plugin_tb_n_insns(tb: *const Tb) -> usize;
    fn qemu_plugin_tb_get_insn(tb: *const Tb, index: usize) -> *mut Insn;
    fn qemu_plugin_insn_data(insn: *const Insn) -> *const u8;
    fn qemu_plugin_insn_size(insn: *const Insn) -> usize;
    fn qemu_plugin_insn_vaddr(insn: *const Insn) -> u64;
    fn qemu_plugin_register_vcpu_mem_cb(
        insn: *mut Insn,
        callback: extern "C" fn(c_uint, u32, u64, *mut c_void),
        flags: c_int,
        rw: c_int,
        userdata: *mut c_void,
    );
    fn qemu_plugin_mem_size_shift(info: u32) -> c_uint;
}

/// `QEMU_PLUGIN_CB_NO_REGS`: the callback reads no registers.
const CB_NO_REGS: c_int = 0;
/// `QEMU_PLUGIN_MEM_RW`: loads and stores.
const MEM_RW: c_int = 3;
/// Lines of the report at most.
const MAX_LINES: usize = 100;

/// The version of QEMU's plugin interface that this is written for.
#[unsafe(no_mangle)]
pub static qemu_plugin_version: c_int = 1;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Isa {
    Thumb2,
    Rv32,
}

#[derive(Debug)]
struct Settings {
    isa: Isa,
    /// Where code of guests lies.
    guests: Vec<Range<u64>>,
    out: String,
}

static SETTINGS: OnceLock<Settings> = OnceLock::new();
static ACCESSES: AtomicU64 = AtomicU64::new(0);
static REFUSED: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn settings(arguments: &[String]) -> Result<Settings, String> {
    let (mut isa, mut guests, mut out) = (None, Vec::new(), None);
    for argument in arguments {
        match argument.split_once('=') {
            Some(("isa", "thumb2")) => isa = Some(Isa::Thumb2),
            Some(("isa", "rv32")) => isa = Some(Isa::Rv32),
            Some(("guest", range)) => {
                let (base, len) = range.split_once('+').ok_or_else(|| format!("{argument} is not BASE+LEN"))?;
                let number = |text: &str| text.parse::<u64>().map_err(|e| format!("{argument}: {e}"));
                let base = number(base)?;
                guests.push(base..base.saturating_add(number(len)?));
            }
            Some(("out", file)) => out = Some(file.to_owned()),
            _ => return Err(format!("unknown argument {argument}")),
        }
    }
    Ok(Settings { isa: isa.ok_or("isa= is missing")?, guests, out: out.ok_or("out= is missing")? })
}

/// Called by QEMU when it loads the plugin.
///
/// # Safety
/// QEMU's: `argv` has `argc` strings that end with 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qemu_plugin_install(
    id: PluginId,
    _: *const c_void,
    argc: c_int,
    argv: *const *const c_char,
) -> c_int {
    let count = usize::try_from(argc).unwrap_or(0);
    // SAFETY: by contract, `argv` has `argc` strings that end with 0.
    let argument = |i| unsafe { CStr::from_ptr(*argv.add(i)) }.to_string_lossy().into_owned();
    let arguments: Vec<String> = (0..count).map(argument).collect();
    let set = settings(&arguments).and_then(|settings| SETTINGS.set(settings).map_err(|_| "loaded twice".to_owned()));
    if let Err(why) = set {
        eprintln!("sandgrain-alignment: {why}");
        return 1;
    }
    // SAFETY: `id` is this plugin's, and the callbacks live as long as the library, which is never unloaded.
    unsafe {
        qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
        qemu_plugin_register_atexit_cb(id, ended, std::ptr::null_mut());
    }
    0
}

/// Watches the accesses of each instruction that could make one that the part refuses.
extern "C" fn translated(_: PluginId, tb: *mut Tb) {
    let Some(settings) = SETTINGS.get() else { return };
    // SAFETY: QEMU passes a block that is valid during this call.
    let count = unsafe { qemu_plugin_tb_n_insns(tb) };
    for i in 0..count {
        // SAFETY: `i` is below the number of instructions of the block; their data are `size` bytes.
        let (insn, address, code) = unsafe {
            let insn = qemu_plugin_tb_get_insn(tb, i);
            let size = qemu_plugin_insn_size(insn).min(4);
            let data = std::slice::from_raw_parts(qemu_plugin_insn_data(insn), size);
            let code = data.iter().rev().fold(0u32, |code, byte| code << 8 | u32::from(*byte));
            (insn, qemu_plugin_insn_vaddr(insn), code)
        };
        let watched = match settings.isa {
            Isa::Thumb2 => needs_alignment(code),
            Isa::Rv32 => true,
        };
        if watched {
            let place = std::ptr::without_provenance_mut(address as usize);
            // SAFETY: `insn` belongs to the block being translated; `place` is a number and never followed.
            unsafe { qemu_plugin_register_vcpu_mem_cb(insn, accessed, CB_NO_REGS, MEM_RW, place) };
        }
    }
}

/// Whether a Thumb instruction (its first halfword in the low half) is one that faults when its address is misaligned.
fn needs_alignment(code: u32) -> bool {
    let (first, second) = (code & 0xffff, code >> 16);
    match first >> 11 {
        // 16-bit: PUSH, POP (1011 x10x), STM, LDM (1100).
        0b10110 | 0b10111 => first & 0x0600 == 0x0400,
        0b11000 | 0b11001 => true,
        // 32-bit: 1110 100x xxxx: LDM, STM, LDRD, STRD, exclusives; not TBB and TBH, which read bytes and halfwords.
        0b11101 if first & 0xfe00 == 0xe800 => !(first & 0xfff0 == 0xe8d0 && second & 0xffe0 == 0xf000),
        // 1110 110x xxxx, coprocessor 10 or 11: VLDR, VSTR, VLDM, VSTM; transfers to core registers access no memory.
        0b11101 if first & 0xfe00 == 0xec00 => matches!(second >> 8 & 0xf, 10 | 11),
        _ => false,
    }
}

extern "C" fn accessed(_: c_uint, info: u32, address: u64, place: *mut c_void) {
    let Some(settings) = SETTINGS.get() else { return };
    ACCESSES.fetch_add(1, Ordering::Relaxed);
    // SAFETY: `info` is what QEMU passed to this callback.
    let bytes = 1u64 << unsafe { qemu_plugin_mem_size_shift(info) };
    let code = place.addr() as u64;
    let by_guest = settings.guests.iter().any(|range| range.contains(&code));
    let refused = match settings.isa {
        Isa::Thumb2 => !address.is_multiple_of(bytes.min(4)),
        Isa::Rv32 => !(address.is_multiple_of(bytes) || by_guest && bytes <= 4),
    };
    if refused
        && let Ok(mut lines) = REFUSED.lock()
        && lines.len() < MAX_LINES
    {
        lines.push(format!("{bytes} bytes at {address:#x} by the instruction at {code:#x}"));
    }
}

extern "C" fn ended(_: PluginId, _: *mut c_void) {
    let Some(settings) = SETTINGS.get() else { return };
    let mut report = String::new();
    if let Ok(lines) = REFUSED.lock() {
        for line in lines.iter() {
            let _ = writeln!(report, "refused: {line}");
        }
    }
    if report.is_empty() {
        let _ = writeln!(report, "ok {}", ACCESSES.load(Ordering::Relaxed));
    }
    if let Err(error) = std::fs::write(&settings.out, report) {
        eprintln!("sandgrain-alignment: {}: {error}", settings.out);
    }
}
