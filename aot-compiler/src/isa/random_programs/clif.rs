//! Random functions as translation would make them.

use super::super::float_reference;
use super::{
    Binary, Calling, End, F32, I32, MEMORY_OFFSET, Narrow, Node, OTHER_INSTANCE, Op, Program, Repeat, Unary, precision,
    unsigned,
};
use crate::lower32::namespace;
use cranelift_codegen::cursor::{Cursor, FuncCursor};
use cranelift_codegen::ir::{
    self, AbiParam, ExtFuncData, ExternalName, GlobalValueData, InstBuilder, JumpTableData, MemFlagsData, Signature,
    Type, UserExternalName, UserFuncName, Value,
};
use cranelift_codegen::isa::CallConv;
/// Function `index` of the program, to call.
pub fn function_reference(func: &mut ir::Function, signature: ir::SigRef, index: usize) -> ir::FuncRef {
    let name = external_name(func, namespace::FUNCTION, index);
    func.import_function(ExtFuncData { name, signature, colocated: true, patchable: false })
}

/// The code address of function `index` of the program.
pub fn function_address(cursor: &mut FuncCursor, index: usize) -> Value {
    let name = external_name(cursor.func, namespace::TABLE, index);
    let symbol = GlobalValueData::Symbol { name, offset: 0.into(), colocated: true, tls: false };
    let symbol = cursor.func.create_global_value(symbol);
    cursor.ins().symbol_value(I32, symbol)
}

fn external_name(func: &mut ir::Function, namespace: u32, index: usize) -> ExternalName {
    let name = UserExternalName::new(namespace, index as u32);
    ExternalName::user(func.declare_imported_user_function(name))
}

/// Builds one function's CLIF.
struct Builder<'a> {
    cursor: FuncCursor<'a>,
    program: &'a Program,
    instance: Value,
    values: Vec<Value>,
    results: Vec<Vec<Value>>,
}

impl Program {
    fn signature(&self, index: usize) -> Signature {
        // The convention that may call at its end; our back ends have only one.
        let mut signature = Signature::new(CallConv::Tail);
        signature.params.push(AbiParam::new(I32));
        signature.params.extend(self.functions[index].params.iter().map(|ty| AbiParam::new(*ty)));
        signature.returns.extend(self.functions[index].result_types.iter().map(|ty| AbiParam::new(*ty)));
        signature
    }

    /// Function `index` as translation would make it: the instance pointer first, calls by external names.
    pub fn clif(&self, index: usize) -> ir::Function {
        let function = &self.functions[index];
        let mut func = ir::Function::with_name_signature(UserFuncName::default(), self.signature(index));
        let block = func.dfg.make_block();
        func.layout.append_block(block);
        let instance = func.dfg.append_block_param(block, I32);
        let params: Vec<Value> = function.params.iter().map(|ty| func.dfg.append_block_param(block, *ty)).collect();
        let mut cursor = FuncCursor::new(&mut func);
        cursor.goto_bottom(block);
        let results = vec![vec![]; function.nodes.len()];
        let mut builder = Builder { cursor, program: self, instance, values: vec![], results };
        match &function.repeat {
            None => builder.nodes(&function.nodes, &params),
            Some(repeat) => builder.repeat(repeat, &function.nodes, &params),
        }
        builder.end(&function.end);
        func
    }
}

impl Builder<'_> {
    fn nodes(&mut self, nodes: &[(Op, Type)], params: &[Value]) {
        for (op, ty) in nodes {
            let value = self.node(op, *ty, params);
            self.values.push(value);
        }
    }

    /// The nodes in a loop, with block parameters for the function's and for the rounds that are left.
    fn repeat(&mut self, repeat: &Repeat, nodes: &[(Op, Type)], params: &[Value]) {
        let (head, end) = (self.block(), self.block());
        let types: Vec<Type> = params.iter().map(|param| self.cursor.func.dfg.value_type(*param)).collect();
        let rounds = self.cursor.ins().iconst(I32, i64::from(repeat.rounds));
        let first: Vec<ir::BlockArg> = [rounds].iter().chain(params).map(|value| (*value).into()).collect();
        self.cursor.ins().jump(head, &first);
        let rounds = self.cursor.func.dfg.append_block_param(head, I32);
        let params: Vec<Value> = types.iter().map(|ty| self.cursor.func.dfg.append_block_param(head, *ty)).collect();
        self.cursor.insert_block(head);
        self.nodes(nodes, &params);
        let left = self.cursor.ins().iadd_imm_s(rounds, -1);
        let next = repeat.next.iter().map(|node| self.values[*node]);
        let next: Vec<ir::BlockArg> = [left].into_iter().chain(next).map(ir::BlockArg::Value).collect();
        self.cursor.ins().brif(left, head, &next, end, &[]);
        self.cursor.insert_block(end);
    }

    fn node(&mut self, op: &Op, ty: Type, params: &[Value]) -> Value {
        let values = self.values.clone();
        let at = |node: &Node| values[*node];
        match op {
            Op::Param(i) => params[*i],
            Op::Const(value) => match precision(ty) {
                Some(precision) => float_reference::clif_constant(&mut self.cursor, precision, unsigned(ty, *value)),
                None => self.cursor.ins().iconst(ty, unsigned(ty, *value) as i64),
            },
            Op::Unary(op, a) => self.unary(*op, at(a)),
            Op::Binary(op, a, b) => self.binary(*op, at(a), at(b)),
            Op::Compare(cond, a, b) => {
                let bit = self.cursor.ins().icmp(*cond, at(a), at(b));
                self.cursor.ins().uextend(I32, bit)
            }
            Op::Select(c, a, b) => self.cursor.ins().select(at(c), at(a), at(b)),
            Op::Branch(c, a, b) => {
                let [yes, no] = [self.block(), self.block()];
                self.cursor.ins().brif(at(c), yes, &[], no, &[]);
                self.join(ty, &[(yes, at(a)), (no, at(b))])
            }
            Op::Table(index, targets) => {
                let arms: Vec<(ir::Block, Value)> = targets.iter().map(|node| (self.block(), at(node))).collect();
                let pool = &mut self.cursor.func.dfg.value_lists;
                let calls: Vec<_> = arms.iter().map(|(block, _)| ir::BlockCall::new(*block, [], pool)).collect();
                let table = JumpTableData::new(calls[0], &calls[1..]);
                let table = self.cursor.func.create_jump_table(table);
                self.cursor.ins().br_table(at(index), table);
                self.join(ty, &arms)
            }
            Op::FloatUnary(op, a) => float_reference::clif_unary(&mut self.cursor, *op, at(a)),
            Op::FloatAlu(op, a, b) => float_reference::clif_alu(&mut self.cursor, *op, at(a), at(b)),
            Op::FloatCompare(cond, a, b) => {
                let bit = self.cursor.ins().fcmp(cond.to_clif(), at(a), at(b));
                self.cursor.ins().uextend(I32, bit)
            }
            Op::FromInt(true, a) => self.cursor.ins().fcvt_from_sint(ty, at(a)),
            Op::FromInt(false, a) => self.cursor.ins().fcvt_from_uint(ty, at(a)),
            Op::ToInt(true, a) => self.cursor.ins().fcvt_to_sint_sat(I32, at(a)),
            Op::ToInt(false, a) => self.cursor.ins().fcvt_to_uint_sat(I32, at(a)),
            Op::Convert(a) if ty == F32 => self.cursor.ins().fdemote(ty, at(a)),
            Op::Convert(a) => self.cursor.ins().fpromote(ty, at(a)),
            Op::Bitcast(a) => self.cursor.ins().bitcast(ty, MemFlagsData::new(), at(a)),
            Op::Extend(narrow, a) => {
                let low = self.cursor.ins().ireduce(narrow.ty(), at(a));
                self.extend(narrow.signed, ty, low)
            }
            Op::Widen(signed, a) => self.extend(*signed, ty, at(a)),
            Op::Truncate(a) => self.cursor.ins().ireduce(I32, at(a)),
            Op::Load(narrow, index) => {
                let address = self.address(at(index));
                self.load(*narrow, ty, address)
            }
            Op::Store(narrow, index, a) => {
                let address = self.address(at(index));
                self.store(*narrow, ty, at(a), address);
                at(a)
            }
            Op::Call(calling, callee, args) => {
                let args: Vec<Value> = args.iter().map(at).collect();
                let results = self.call(*calling, *callee, &args);
                let first = results[0];
                let here = self.values.len();
                self.results[here] = results;
                first
            }
            Op::Result(call, which) => self.results[*call][*which],
        }
    }

    fn block(&mut self) -> ir::Block {
        self.cursor.func.dfg.make_block()
    }

    /// Goes on in a block that gets a value from each of the arms.
    fn join(&mut self, ty: Type, arms: &[(ir::Block, Value)]) -> Value {
        let join = self.block();
        let result = self.cursor.func.dfg.append_block_param(join, ty);
        for (block, value) in arms {
            self.cursor.insert_block(*block);
            self.cursor.ins().jump(join, &[ir::BlockArg::Value(*value)]);
        }
        self.cursor.insert_block(join);
        result
    }

    fn extend(&mut self, signed: bool, ty: Type, value: Value) -> Value {
        if signed { self.cursor.ins().sextend(ty, value) } else { self.cursor.ins().uextend(ty, value) }
    }

    fn address(&mut self, index: Value) -> Value {
        let offset = self.cursor.ins().band_imm_u(index, 0xff);
        self.cursor.ins().iadd(self.instance, offset)
    }

    fn load(&mut self, narrow: Narrow, ty: Type, address: Value) -> Value {
        let flags = MemFlagsData::new().with_notrap();
        if narrow.bytes == ty.bytes() {
            return self.cursor.ins().load(ty, flags, address, MEMORY_OFFSET);
        }
        let ins = self.cursor.ins();
        match (narrow.bytes, narrow.signed) {
            (1, false) => ins.uload8(ty, flags, address, MEMORY_OFFSET),
            (1, true) => ins.sload8(ty, flags, address, MEMORY_OFFSET),
            (2, false) => ins.uload16(ty, flags, address, MEMORY_OFFSET),
            (2, true) => ins.sload16(ty, flags, address, MEMORY_OFFSET),
            (_, false) => ins.uload32(flags, address, MEMORY_OFFSET),
            (_, true) => ins.sload32(flags, address, MEMORY_OFFSET),
        }
    }

    fn store(&mut self, narrow: Narrow, ty: Type, value: Value, address: Value) {
        let flags = MemFlagsData::new().with_notrap();
        let ins = self.cursor.ins();
        match narrow.bytes {
            bytes if bytes == ty.bytes() => ins.store(flags, value, address, MEMORY_OFFSET),
            1 => ins.istore8(flags, value, address, MEMORY_OFFSET),
            2 => ins.istore16(flags, value, address, MEMORY_OFFSET),
            _ => ins.istore32(flags, value, address, MEMORY_OFFSET),
        };
    }

    fn end(&mut self, end: &End) {
        match end {
            End::Return(results) => {
                let results: Vec<Value> = results.iter().map(|node| self.values[*node]).collect();
                self.cursor.ins().return_(&results);
            }
            End::TailCall(calling, callee, args) => {
                let args = [self.instance].into_iter().chain(args.iter().map(|node| self.values[*node]));
                let args: Vec<Value> = args.collect();
                if *calling == Calling::Direct {
                    let function = self.function(*callee);
                    self.cursor.ins().return_call(function, &args);
                } else {
                    let (signature, code) = self.code(*callee);
                    self.cursor.ins().return_call_indirect(signature, code, &args);
                }
            }
        }
    }

    fn call(&mut self, calling: Calling, callee: usize, args: &[Value]) -> Vec<Value> {
        let instance = match calling {
            Calling::Foreign => self.cursor.ins().bxor_imm_u(self.instance, i64::from(OTHER_INSTANCE)),
            _ => self.instance,
        };
        let args: Vec<Value> = [instance].into_iter().chain(args.iter().copied()).collect();
        let call = if calling == Calling::Direct {
            let function = self.function(callee);
            self.cursor.ins().call(function, &args)
        } else {
            let (signature, code) = self.code(callee);
            self.cursor.ins().call_indirect(signature, code, &args)
        };
        self.cursor.func.dfg.inst_results(call).to_vec()
    }

    fn function(&mut self, index: usize) -> ir::FuncRef {
        let signature = self.cursor.func.import_signature(self.program.signature(index));
        function_reference(self.cursor.func, signature, index)
    }

    /// A function's signature and address.
    fn code(&mut self, index: usize) -> (ir::SigRef, Value) {
        let signature = self.cursor.func.import_signature(self.program.signature(index));
        (signature, function_address(&mut self.cursor, index))
    }

    fn unary(&mut self, op: Unary, a: Value) -> Value {
        let ins = self.cursor.ins();
        match op {
            Unary::Clz => ins.clz(a),
            Unary::Ctz => ins.ctz(a),
            Unary::Popcnt => ins.popcnt(a),
            Unary::Neg => ins.ineg(a),
            Unary::Not => ins.bnot(a),
        }
    }

    fn binary(&mut self, op: Binary, a: Value, b: Value) -> Value {
        let ins = self.cursor.ins();
        match op {
            Binary::Add => ins.iadd(a, b),
            Binary::Sub => ins.isub(a, b),
            Binary::Mul => ins.imul(a, b),
            Binary::And => ins.band(a, b),
            Binary::Or => ins.bor(a, b),
            Binary::Xor => ins.bxor(a, b),
            Binary::Shl => ins.ishl(a, b),
            Binary::ShrU => ins.ushr(a, b),
            Binary::ShrS => ins.sshr(a, b),
            Binary::Rotl => ins.rotl(a, b),
            Binary::Rotr => ins.rotr(a, b),
            Binary::DivS => ins.sdiv(a, b),
            Binary::DivU => ins.udiv(a, b),
            Binary::RemS => ins.srem(a, b),
            Binary::RemU => ins.urem(a, b),
        }
    }
}
