//! How much stack functions take with all that they call.
//!
//! What a function reaches by calls adds up, what it reaches by tail calls takes its place. So the need is bounded
//! unless a cycle in the call graph has a call in it; a cycle of tail calls needs what its largest member needs.
//!
//! Not counted: host functions, which run on the host's stack; helpers, which run within the reserve; functions of
//! other instances, which nobody knows here. Those check for themselves, and whoever calls this module from there enters
//! a function that does.
//!
//! # Who checks
//! Where the need is bounded, one check covers all of it. So a function does without if all that can call it are
//! functions with a bounded need, of which each has checked, or was called by one that has: what is exported or referred
//! to checks, and what functions without a bound call. These check their own frame, each time.
//!
//! This is for our own back ends. On 64-bit parts each function checks for itself: Cranelift decides on frames when it
//! makes the code, and has no place for what is known only then.

use crate::backend::Backend;
use crate::emit::FunctionCode;
use crate::error::Result;
use crate::marks::mutant;
use crate::module::{Calls, FuncIndex, Item, Module, TableIndex, TablePlace, TypeId};
use cranelift_entity::{EntityRef, SecondaryMap};
use sandgrain_abi::UNCHECKED_FRAME;
use std::collections::{HashMap, VecDeque};

/// Stack in bytes of one function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Own {
    /// What it allocates; outgoing stack arguments included.
    pub frame: u32,
    /// Its stack arguments, which it pops.
    pub incoming: u32,
}

/// What functions need.
#[derive(Debug)]
pub struct Needs {
    /// Stack in bytes of each function with all that it reaches, without its stack arguments; `None` if that is not
    /// bounded.
    pub stacks: SecondaryMap<FuncIndex, Option<u32>>,
    /// Whether whoever calls a function has made sure of the stack that it needs.
    covered: SecondaryMap<FuncIndex, bool>,
    /// Functions of which each calls the next, the last the first again; empty if every need is bounded.
    pub circle: Vec<FuncIndex>,
}

/// The needs of a module's functions.
pub fn needs(module: &Module<'_>, bodies: &[(FuncIndex, FunctionCode)]) -> Needs {
    let own = |code: &FunctionCode| Own { frame: code.frame_bytes, incoming: code.incoming_bytes };
    needs_of(module, &bodies.iter().map(|(index, code)| (*index, own(code))).collect::<Vec<_>>())
}

fn needs_of(module: &Module<'_>, bodies: &[(FuncIndex, Own)]) -> Needs {
    let graph = Graph::new(module, bodies);
    let search = Search::new(&graph).run();
    let mut stacks = SecondaryMap::new();
    for (function, own) in bodies {
        stacks[*function] = search.totals[function.index()].map(|total| total - own.incoming);
    }
    let functions = search.circle.iter().filter(|node| **node <= module.functions.len());
    let circle = functions.map(|node| FuncIndex::new(*node)).collect();
    let mut covered = SecondaryMap::new();
    for (node, is_covered) in graph.covered(module, &search.totals).into_iter().enumerate() {
        covered[FuncIndex::new(node)] = is_covered;
    }
    Needs { stacks, covered, circle }
}

/// The largest need that is checked at once, in bytes: far above any stack of the parts that this is for, and no address
/// less it wraps.
const MOST: u32 = 1 << 18;

impl Needs {
    /// Bytes below sp that a function has to compare with the limit on entry, at most [`MOST`] or its frame; `None` if it
    /// need not.
    fn check(&self, function: FuncIndex, code: &FunctionCode) -> Option<u32> {
        let bytes = match self.stacks[function].filter(|need| *need <= MOST) {
            Some(_) if self.covered[function] => return None,
            Some(need) => mutant!("stack: checked without what is called", need, code.frame_bytes),
            None => code.frame_bytes,
        };
        check_of(code, bytes)
    }
}

/// Bytes below sp that a function has to compare with the limit to use `bytes` of them.
pub(crate) fn check_of(code: &FunctionCode, bytes: u32) -> Option<u32> {
    match bytes {
        bytes if bytes > UNCHECKED_FRAME => Some(bytes),
        // What fits the reserve may lie below the limit, once: whoever else is called checks. The callee of a tail call that
        // stays where it is starts no lower than this function; a chain whose frames go down has no such end.
        _ if code.is_leaf => None,
        _ => mutant!("stack: check missing", Some(0), None),
    }
}

/// Has functions check the stack on entry, as far as their callers have not.
///
/// # Errors
/// A limit of the target by name.
pub fn add_checks(backend: &impl Backend, bodies: &mut [(FuncIndex, FunctionCode)], needs: &Needs) -> Result<()> {
    for (function, code) in bodies {
        if let Some(below) = needs.check(*function, code) {
            *code = backend.with_stack_check(std::mem::take(code), below)?;
        }
    }
    Ok(())
}

/// How one node reaches another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edge {
    Call,
    TailCall,
}

/// Nodes are functions by index, the initialiser, and one for each set of functions that an indirect call may reach:
/// without those the edges would be as many as calls times elements.
struct Graph {
    own: Vec<Own>,
    edges: Vec<Vec<(Edge, usize)>>,
}

/// Whom an indirect call may reach: elements of a table in the text, or any function of which there are references.
type Class = (Option<TableIndex>, TypeId);

impl Graph {
    fn new(module: &Module<'_>, bodies: &[(FuncIndex, Own)]) -> Graph {
        let functions = module.functions.len() + 1;
        let mut graph = Graph { own: vec![Own::default(); functions], edges: vec![Vec::new(); functions] };
        for (function, own) in bodies {
            graph.own[function.index()] = *own;
        }
        let mut classes = HashMap::new();
        for (index, body) in module.bodies() {
            graph.add(module, index, &body.calls, Edge::Call, &mut classes);
            graph.add(module, index, &body.tail_calls, Edge::TailCall, &mut classes);
        }
        if let Some(start) = module.start {
            graph.edges[module.initializer().index()].push((Edge::Call, start.index()));
        }
        graph
    }

    fn add(
        &mut self,
        module: &Module<'_>,
        caller: FuncIndex,
        calls: &Calls,
        edge: Edge,
        classes: &mut HashMap<(Class, bool), usize>,
    ) {
        let mut callees: Vec<usize> = calls.direct.iter().map(|f| f.index()).collect();
        for (table, ty) in &calls.indirect {
            let (class, members): (Class, Vec<FuncIndex>) = match &module.tables[*table].place {
                TablePlace::Text(elements) => ((Some(*table), *ty), elements.iter().flatten().copied().collect()),
                TablePlace::Instance { .. } | TablePlace::Import(_) => {
                    ((None, *ty), module.referenced.iter().copied().collect())
                }
            };
            callees.push(*classes.entry((class, edge == Edge::TailCall)).or_insert_with(|| {
                let members = members.into_iter().filter(|f| module.functions[*f].ty == *ty);
                self.own.push(Own::default());
                self.edges.push(members.map(|f| (edge, f.index())).collect());
                self.own.len() - 1
            }));
        }
        self.edges[caller.index()].extend(callees.into_iter().map(|callee| (edge, callee)));
    }

    /// By node, whether all calls come from nodes with a bounded total.
    fn covered(&self, module: &Module<'_>, totals: &[Option<u32>]) -> Vec<bool> {
        let mut covered = vec![true; self.own.len()];
        let exported = module.exports.iter().filter_map(|export| match export.item {
            Item::Function(function) => Some(function),
            _ => None,
        });
        for entry in exported.chain(module.referenced.iter().copied()).chain([module.initializer()]) {
            covered[entry.index()] = false;
        }
        // Sets of functions come behind the functions that call them.
        for (node, total) in totals.iter().enumerate() {
            let is_set = node > module.functions.len();
            if total.is_none_or(|total| total > MOST) || is_set && !covered[node] {
                self.edges[node].iter().for_each(|(_, callee)| covered[*callee] = false);
            }
        }
        covered
    }
}

/// Tarjan's search for strongly connected components, which come out callees first. With a stack of its own: a hostile
/// call chain is as long as the module has functions.
struct Search<'g> {
    graph: &'g Graph,
    /// By node, from 1 on in the order of discovery; 0 for one that is new.
    order: Vec<usize>,
    /// Smallest order that the node reaches within the search's stack.
    low: Vec<usize>,
    /// Number of the component, once it is complete.
    component: Vec<Option<usize>>,
    /// Discovered nodes without a component.
    open: Vec<usize>,
    /// Stack with arguments, once the component is complete.
    totals: Vec<Option<u32>>,
    /// The first circle found that has a call in it.
    circle: Vec<usize>,
    discovered: usize,
    components: usize,
}

impl<'g> Search<'g> {
    fn new(graph: &'g Graph) -> Self {
        let nodes = graph.own.len();
        Search {
            graph,
            order: vec![0; nodes],
            low: vec![0; nodes],
            component: vec![None; nodes],
            open: Vec::new(),
            totals: vec![None; nodes],
            circle: Vec::new(),
            discovered: 0,
            components: 0,
        }
    }

    fn run(mut self) -> Self {
        for root in 0..self.graph.own.len() {
            if self.order[root] == 0 {
                self.visit(root);
            }
        }
        self
    }

    fn discover(&mut self, node: usize) -> (usize, usize) {
        self.discovered += 1;
        self.order[node] = self.discovered;
        self.low[node] = self.discovered;
        self.open.push(node);
        (node, 0)
    }

    fn visit(&mut self, root: usize) {
        let mut path = vec![self.discover(root)];
        while let Some((node, next)) = path.last_mut() {
            let node = *node;
            if let Some((_, callee)) = self.graph.edges[node].get(*next) {
                *next += 1;
                if self.order[*callee] == 0 {
                    path.push(self.discover(*callee));
                } else if self.component[*callee].is_none() {
                    self.low[node] = self.low[node].min(self.order[*callee]);
                }
                continue;
            }
            path.pop();
            if let Some((caller, _)) = path.last() {
                self.low[*caller] = self.low[*caller].min(self.low[node]);
            }
            if self.low[node] == self.order[node] {
                self.complete(node);
            }
        }
    }

    /// The nodes from `first` on in the stack of open ones are a component, and all others that they reach are done.
    fn complete(&mut self, first: usize) {
        let start = self.open.iter().rposition(|n| *n == first).expect("an unfinished node is open");
        let members = self.open.split_off(start);
        for member in &members {
            self.component[*member] = Some(self.components);
        }
        if self.circle.is_empty() {
            self.circle = members.iter().find_map(|member| self.circle_through(*member)).unwrap_or_default();
        }
        let total = members.iter().try_fold(0, |most: u32, member| Some(most.max(self.total(*member)?)));
        for member in &members {
            self.totals[*member] = total;
        }
        self.components += 1;
    }

    /// The shortest way from a node back to it that begins with a call, if there is one.
    fn circle_through(&self, node: usize) -> Option<Vec<usize>> {
        let inside = |callee: &usize| self.component[*callee] == Some(self.components);
        let calls = self.graph.edges[node].iter().filter(|(edge, callee)| *edge == Edge::Call && inside(callee));
        let mut reached_from: HashMap<usize, usize> = calls.map(|(_, callee)| (*callee, node)).collect();
        let mut work: VecDeque<usize> = reached_from.keys().copied().collect();
        work.make_contiguous().sort_unstable();
        while let Some(next) = work.pop_front() {
            if next == node {
                let mut circle = Vec::new();
                let mut at = node;
                loop {
                    at = reached_from[&at];
                    circle.push(at);
                    if at == node {
                        circle.reverse();
                        return Some(circle);
                    }
                }
            }
            for (_, callee) in self.graph.edges[next].iter().filter(|(_, callee)| inside(callee)) {
                reached_from.entry(*callee).or_insert_with(|| {
                    work.push_back(*callee);
                    next
                });
            }
        }
        None
    }

    /// Stack of a node of the component that is being completed, as far as it does not stay in the component.
    fn total(&self, node: usize) -> Option<u32> {
        let Own { frame, incoming } = self.graph.own[node];
        let mut total = frame.saturating_add(incoming);
        for (edge, callee) in &self.graph.edges[node] {
            let inside = self.component[*callee] == Some(self.components);
            total = match edge {
                Edge::Call if inside => return None,
                Edge::TailCall if inside => total,
                Edge::Call => {
                    let need = self.totals[*callee]? - self.graph.own[*callee].incoming;
                    total.max(frame.saturating_add(incoming).saturating_add(need))
                }
                Edge::TailCall => total.max(self.totals[*callee]?),
            };
        }
        Some(total)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The need of each function, where function `i` has a frame of `16 << i` bytes and no stack arguments.
    fn needs(text: &str) -> Vec<Option<u32>> {
        let wasm = wat::parse_str(text).unwrap();
        let module = crate::parse::parse(&wasm, Default::default()).unwrap();
        let bodies: Vec<(FuncIndex, Own)> =
            module.functions.keys().map(|f| (f, Own { frame: 16 << f.index(), incoming: 0 })).collect();
        let needs = needs_of(&module, &bodies);
        assert_eq!(needs.circle.is_empty(), module.functions.keys().all(|i| needs.stacks[i].is_some()));
        module.functions.keys().map(|i| needs.stacks[i]).collect()
    }

    /// The check of each function, where function `i` has a frame of `16 << i` bytes, and is a leaf if `leaves` says so.
    fn checks<const N: usize>(text: &str, leaves: [bool; N]) -> Vec<Option<u32>> {
        let wasm = wat::parse_str(text).unwrap();
        let module = crate::parse::parse(&wasm, Default::default()).unwrap();
        let code = |i: usize| FunctionCode { frame_bytes: 16 << i, is_leaf: leaves[i], ..FunctionCode::default() };
        let bodies: Vec<_> = module.functions.keys().map(|f| (f, code(f.index()))).collect();
        let needs = super::needs(&module, &bodies);
        bodies.iter().map(|(function, code)| needs.check(*function, code)).collect()
    }

    #[test]
    fn only_what_ends_or_stays_in_place_goes_unchecked() {
        let code = |is_leaf| FunctionCode { is_leaf, ..FunctionCode::default() };
        assert_eq!(check_of(&code(true), UNCHECKED_FRAME), None);
        assert_eq!(check_of(&code(false), UNCHECKED_FRAME), Some(0));
        assert_eq!(check_of(&code(true), UNCHECKED_FRAME + 16), Some(UNCHECKED_FRAME + 16));
    }

    #[test]
    fn what_is_entered_from_outside_checks_for_all_that_it_calls() {
        let text = r#"(module (func (export "a") (call 1)) (func (call 2)) (func (call 3)) (func))"#;
        assert_eq!(checks(text, [false, false, false, true]), [Some(16 + 32 + 64 + 128), None, None, None]);
        let text = r#"(module (func (export "a") (call 1)) (func (export "b")))"#;
        assert_eq!(checks(text, [false, true]), [Some(0), None]);
        let text = "(module (func (drop (ref.func 1))) (func (call 2)) (func) (func) (elem declare func 1))";
        assert_eq!(checks(text, [true, false, true, true]), [None, Some(0), None, None]);
    }

    #[test]
    fn what_recursion_calls_checks() {
        let text =
            r#"(module (func (export "a") (call 0) (call 1)) (func (call 2) (call 4)) (func (call 3)) (func) (func))"#;
        let expected = [Some(0), Some(32 + 256), None, None, None];
        assert_eq!(checks(text, [false, false, false, true, true]), expected);
    }

    #[test]
    fn a_table_in_the_text_is_a_way_inside_and_one_that_changes_is_not() {
        let table = r#"(func (export "a") (call_indirect (type 0) (i32.const 0))) (func) (func) (func) (func)
            (type (func)) (elem (i32.const 0) 4))"#;
        let fixed = checks(&format!("(module (table 1 funcref) {table}"), [false, true, true, true, true]);
        assert_eq!(fixed, [Some(16 + 256), None, None, None, None]);
        let text = format!(r#"(module (table (export "t") 1 funcref) {table}"#);
        assert_eq!(checks(&text, [false, true, true, true, true]), [Some(16 + 256), None, None, None, Some(256)]);
        let text = format!(
            "(module (table 1 funcref) (func $r (call $r) {}",
            table.replace("(func (export", "(call_indirect (type 0) (i32.const 0))) (func (export")
        );
        let recursive = checks(&text, [false, false, true, true, true, true]);
        assert_eq!(recursive[..2], [Some(0), Some(32 + 256)]);
        assert_eq!(recursive[4], Some(256), "the recursion calls it through the table");
    }

    #[test]
    fn a_circle_is_the_shortest_way_back() {
        let circle = |text: &str| {
            let wasm = wat::parse_str(text).unwrap();
            let module = crate::parse::parse(&wasm, Default::default()).unwrap();
            let bodies: Vec<_> = module.functions.keys().map(|f| (f, Own::default())).collect();
            needs_of(&module, &bodies).circle.iter().map(|f| f.index()).collect::<Vec<_>>()
        };
        assert_eq!(circle("(module (func (call 1)) (func (call 1)))"), [1]);
        assert_eq!(circle("(module (func (call 1) (call 2)) (func (call 2)) (func (call 0)))").len(), 2);
        assert_eq!(circle("(module (func (return_call 0)))"), []);
        let table = "(module (table 1 funcref) (elem (i32.const 0) 0) (type (func))
            (func (type 0) (call_indirect (type 0) (i32.const 0))))";
        assert_eq!(circle(table), [0]);
    }

    #[test]
    fn the_deepest_path_counts() {
        let text = "(module (func (call 1) (call 2)) (func (call 3)) (func) (func))";
        assert_eq!(needs(text), [Some(16 + 32 + 128), Some(32 + 128), Some(64), Some(128)]);
    }

    #[test]
    fn recursion_has_no_bound_nor_has_what_reaches_it() {
        let text = "(module (func (call 1)) (func (call 2)) (func (call 1)) (func))";
        assert_eq!(needs(text), [None, None, None, Some(128)]);
        assert_eq!(needs("(module (func (call 0)))"), [None]);
        assert_eq!(needs("(module (func (return_call 1)) (func (call 0)))"), [None, None]);
    }

    #[test]
    fn a_tail_call_takes_the_place_of_its_caller() {
        assert_eq!(needs("(module (func (return_call 1)) (func (return_call 0)))"), [Some(32), Some(32)]);
        let text = "(module (func (call 2) (return_call 1)) (func (return_call 0)) (func))";
        assert_eq!(needs(text), [Some(16 + 64), Some(16 + 64), Some(64)]);
        assert_eq!(needs("(module (func (call 1)) (func (return_call 2)) (func))"), [Some(80), Some(64), Some(64)]);
    }

    #[test]
    fn stack_arguments_of_a_tail_call_replace_the_callers() {
        let wasm = wat::parse_str("(module (func (return_call 1)) (func) (func (call 0)))").unwrap();
        let module = crate::parse::parse(&wasm, Default::default()).unwrap();
        let own = |i: usize, frame, incoming| (FuncIndex::new(i), Own { frame, incoming });
        let needs = needs_of(&module, &[own(0, 16, 16), own(1, 32, 64), own(2, 128, 0)]);
        let of = |i| needs.stacks[FuncIndex::new(i)];
        assert_eq!((of(0), of(1), of(2)), (Some(32 + 64 - 16), Some(32), Some(128 + 80)));
    }

    #[test]
    fn an_indirect_call_reaches_the_elements_of_its_type() {
        let text = "(module (table 2 funcref) (elem (i32.const 0) 1 2) (type (func)) (type (func (param i32)))
            (func (call_indirect (type 0) (i32.const 0))) (func (type 0)) (func (type 1)))";
        assert_eq!(needs(text), [Some(16 + 32), Some(32), Some(64)]);
    }

    #[test]
    fn a_table_that_changes_may_hold_whatever_is_referred_to() {
        let text = "(module (table 2 funcref) (type (func)) (elem declare func 1 2)
            (func (call_indirect (type 0) (i32.const 0)))
            (func (table.set (i32.const 0) (ref.func 1))) (func (type 0)))";
        assert_eq!(needs(text), [Some(16 + 32), Some(32), Some(64)]);
    }
}
