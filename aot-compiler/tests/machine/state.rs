//! One function's values, as Cranelift's interpreter wants to see them.

use cranelift_codegen::data_value::DataValue;
use cranelift_codegen::ir::{
    Block, ExternalName, FuncRef, Function, GlobalValue, Inst, MemFlagsData, StackSlot, Type, Value,
};
use cranelift_interpreter::address::{Address, AddressSize};
use cranelift_interpreter::frame::Frame;
use cranelift_interpreter::interpreter::LibCallHandler;
use cranelift_interpreter::state::{InterpreterFunctionRef, MemoryError, State};

/// The function that runs.
pub struct Current<'f>(Frame<'f>);

impl<'f> Current<'f> {
    pub fn new(function: &'f Function) -> Self {
        Current(Frame::new(function))
    }

    pub fn function(&self) -> &'f Function {
        self.0.function()
    }

    pub fn enter(&mut self, block: Block, values: &[DataValue]) {
        let params = self.function().dfg.block_params(block);
        self.0.set_all(params, values.to_vec());
    }

    pub fn set_results(&mut self, inst: Inst, values: Vec<DataValue>) {
        let results = self.function().dfg.inst_results(inst);
        self.0.set_all(results, values);
    }

    pub fn value(&self, value: Value) -> DataValue {
        self.0.get(value).clone()
    }

    pub fn values(&self, values: &[Value]) -> Vec<DataValue> {
        self.0.get_all(values)
    }

    pub fn word(&self, value: Value) -> u32 {
        super::bits(self.0.get(value)) as u32
    }

    pub fn name(&self, name: &ExternalName) -> (u32, u32) {
        super::run::user_name(self.function(), name)
    }
}

/// Only pure instructions reach the interpreter: it needs values and nothing else.
impl<'f> State<'f> for Current<'f> {
    fn get_function(&self, _: FuncRef) -> Option<&'f Function> {
        unreachable!()
    }

    fn get_current_function(&self) -> &'f Function {
        self.0.function()
    }

    fn get_libcall_handler(&self) -> LibCallHandler {
        unreachable!()
    }

    fn push_frame(&mut self, _: &'f Function) {
        unreachable!()
    }

    fn pop_frame(&mut self) {
        unreachable!()
    }

    fn current_frame_mut(&mut self) -> &mut Frame<'f> {
        &mut self.0
    }

    fn current_frame(&self) -> &Frame<'f> {
        &self.0
    }

    fn stack_address(&self, _: AddressSize, _: StackSlot, _: u64) -> Result<Address, MemoryError> {
        unreachable!()
    }

    fn checked_load(&self, _: Address, _: Type, _: MemFlagsData) -> Result<DataValue, MemoryError> {
        unreachable!()
    }

    fn checked_store(&mut self, _: Address, _: DataValue, _: MemFlagsData) -> Result<(), MemoryError> {
        unreachable!()
    }

    fn function_address(&self, _: AddressSize, _: &ExternalName) -> Result<Address, MemoryError> {
        unreachable!()
    }

    fn get_function_from_address(&self, _: Address) -> Option<InterpreterFunctionRef<'f>> {
        unreachable!()
    }

    fn resolve_global_value(&self, _: GlobalValue) -> Result<DataValue, MemoryError> {
        unreachable!()
    }

    fn get_pinned_reg(&self) -> DataValue {
        unreachable!()
    }

    fn set_pinned_reg(&mut self, _: DataValue) {
        unreachable!()
    }
}
