//! Modules from seeds, and what to do with them.

use arbitrary::Unstructured;
use sandgrain_run_protocol::Value;
use wasm_smith::{Config, Module};
use wasmparser::{ExternalKind, Parser, Payload, ValType};

use super::bound::bound;
use super::{provable, template};
use crate::script::Step;

/// Calls made of one module.
const CALLS: usize = 20;
/// One seed in so many makes a module of the fixed shape.
const TEMPLATES: u64 = 16;
/// Bytes that wasm-smith makes its choices from.
const CHOICES: usize = 24 << 10;

/// A module with the calls to make of it.
#[derive(Debug, Clone)]
pub struct Sample {
    /// Where it comes from.
    pub seed: u64,
    /// The bytes that decided what it is.
    pub choices: Vec<u8>,
    /// The module.
    pub wasm: Vec<u8>,
    calls: Vec<(String, Vec<Value>)>,
    globals: Vec<String>,
    has_memory: bool,
}

impl Sample {
    /// The sample of a seed.
    pub fn new(seed: u64) -> Sample {
        let mut random = SplitMix(seed);
        loop {
            let choices = (0..CHOICES / 8).flat_map(|_| random.next().to_le_bytes()).collect();
            // Some choices make no function.
            if let Some(sample) = Sample::of_choices(seed, choices) {
                return sample;
            }
        }
    }

    /// The sample that `choices` make, if they make one. The seed decides its shape and its calls.
    pub fn of_choices(seed: u64, choices: Vec<u8>) -> Option<Sample> {
        let wasm = if seed.is_multiple_of(TEMPLATES) {
            template::module(&mut SplitMix(seed))
        } else {
            let module = Module::new(config(seed), &mut Unstructured::new(&choices)).ok()?;
            bound(&module.to_bytes()).ok()?
        };
        Sample::with_calls(seed, choices, wasm)
    }

    /// A sample whose addresses mostly have a bound that the compiler can find.
    ///
    /// # Panics
    /// If the generator writes what is no module.
    pub fn provable(seed: u64) -> Sample {
        let wasm = provable::module(&mut SplitMix(seed));
        Sample::with_calls(seed, Vec::new(), wasm).expect("the module has functions")
    }

    fn with_calls(seed: u64, choices: Vec<u8>, wasm: Vec<u8>) -> Option<Sample> {
        let interface = Interface::of(&wasm)?;
        let mut random = SplitMix(seed ^ 0x5eed);
        let functions = interface.functions.len();
        let calls = (0..CALLS.min(functions * 3)).map(|i| {
            let (name, params) = &interface.functions[i % functions];
            (name.clone(), params.iter().map(|ty| argument(*ty, &mut random)).collect())
        });
        Some(Sample {
            seed,
            calls: calls.collect(),
            globals: interface.globals,
            has_memory: interface.has_memory,
            wasm,
            choices,
        })
    }

    /// The steps on a store of its own, as module and instance `number` of a script.
    pub fn steps(&self, number: usize) -> Vec<Step> {
        let mut steps = vec![Step::Forget, Step::Instantiate { module: number }];
        for (function, arguments) in &self.calls {
            steps.push(Step::Call { instance: number, function: function.clone(), arguments: arguments.clone() });
        }
        for name in &self.globals {
            steps.push(Step::Global { instance: number, name: name.clone() });
        }
        if self.has_memory {
            steps.push(Step::Digest { instance: number });
        }
        steps
    }
}

/// Most modules cannot trap by themselves, so that they get far; the others may in every way.
fn config(seed: u64) -> Config {
    let mut random = SplitMix(seed ^ 0xc0f1);
    Config {
        disallow_traps: random.below(4) != 0,
        export_everything: true,
        allow_start_export: random.below(8) == 0,
        min_types: 4,
        min_funcs: 2,
        max_funcs: 12,
        max_instructions: 60 + random.below(400) as usize,
        min_memories: 1,
        max_memories: 1,
        memory64_enabled: false,
        max_memory32_bytes: 4 << 16,
        memory_max_size_required: true,
        max_tables: 2,
        max_table_elements: 40,
        table_max_size_required: true,
        max_imports: 0,
        max_globals: 12,
        max_data_segments: 4,
        max_element_segments: 6,
        max_values: 6,
        bulk_memory_enabled: true,
        reference_types_enabled: true,
        tail_call_enabled: random.below(3) == 0,
        extended_const_enabled: true,
        saturating_float_to_int_enabled: true,
        sign_extension_ops_enabled: true,
        multi_value_enabled: true,
        simd_enabled: false,
        relaxed_simd_enabled: false,
        threads_enabled: false,
        shared_everything_threads_enabled: false,
        exceptions_enabled: false,
        gc_enabled: false,
        custom_descriptors_enabled: false,
        custom_page_sizes_enabled: false,
        wide_arithmetic_enabled: false,
        compact_imports_enabled: false,
        generate_custom_sections: false,
        memory_offset_choices: wasm_smith::MemoryOffsetChoices(90, 9, 1),
        ..Config::default()
    }
}

/// What a module shows to the outside.
#[derive(Default)]
struct Interface {
    functions: Vec<(String, Vec<ValType>)>,
    globals: Vec<String>,
    has_memory: bool,
}

impl Interface {
    fn of(wasm: &[u8]) -> Option<Interface> {
        let (mut types, mut functions, mut interface) = (Vec::new(), Vec::new(), Interface::default());
        for payload in Parser::new(0).parse_all(wasm) {
            match payload.ok()? {
                Payload::TypeSection(section) => {
                    for ty in section.into_iter_err_on_gc_types() {
                        types.push(ty.ok()?.params().to_vec());
                    }
                }
                Payload::FunctionSection(section) => {
                    for index in section {
                        functions.push(index.ok()?);
                    }
                }
                Payload::ExportSection(section) => {
                    for export in section {
                        let export = export.ok()?;
                        match export.kind {
                            ExternalKind::Func => {
                                let params = types.get(*functions.get(export.index as usize)? as usize)?;
                                interface.functions.push((export.name.to_owned(), params.clone()));
                            }
                            ExternalKind::Global => interface.globals.push(export.name.to_owned()),
                            ExternalKind::Memory => interface.has_memory = true,
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
        (!interface.functions.is_empty()).then_some(interface)
    }
}

/// Small, large, and special values more often than any others.
fn argument(ty: ValType, random: &mut SplitMix) -> Value {
    const F32: [u32; 10] = [
        0,
        0x8000_0000,
        0x3f80_0000,
        0xbfc0_0000,
        0x7f80_0000,
        0xff80_0000,
        0x7fc0_0000,
        0x7fa0_0001,
        0x0000_0001,
        0x4f00_0000,
    ];
    const F64: [u64; 10] = [
        0,
        1 << 63,
        0x3ff0_0000_0000_0000,
        0xbff8_0000_0000_0000,
        0x7ff0_0000_0000_0000,
        0xfff0_0000_0000_0000,
        0x7ff8_0000_0000_0000,
        0x7ff4_0000_0000_0001,
        1,
        0x43e0_0000_0000_0000,
    ];
    let any = random.next();
    match ty {
        ValType::I32 => Value::I32(match any % 4 {
            0 => (any >> 8) as i32 % 8,
            1 => i32::MIN.wrapping_add((any >> 8) as i32 % 3),
            _ => (any >> 16) as i32,
        }),
        ValType::I64 => Value::I64(match any % 4 {
            0 => (any >> 8) as i64 % 8,
            1 => i64::MIN.wrapping_add((any >> 8) as i64 % 3),
            _ => random.next() as i64,
        }),
        ValType::F32 if any.is_multiple_of(2) => Value::F32(F32[(any >> 8) as usize % F32.len()]),
        ValType::F32 => Value::F32((any >> 16) as u32),
        ValType::F64 if any.is_multiple_of(2) => Value::F64(F64[(any >> 8) as usize % F64.len()]),
        ValType::F64 => Value::F64(random.next()),
        ValType::Ref(ty) if ty.is_extern_ref() => {
            Value::ExternRef((!any.is_multiple_of(3)).then_some((any >> 8) as u32 & 0xffff))
        }
        _ => Value::FuncRef(None),
    }
}

/// SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
pub(super) struct SplitMix(pub u64);

impl SplitMix {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit.max(1)
    }
}
