//! What is known at a place because something that dominates it was executed.

use cranelift_codegen::dominator_tree::DominatorTree;
use cranelift_codegen::ir::{Block, Function};
use std::collections::HashMap;
use std::hash::Hash;

/// A map whose entries hold in the block that has added them and in those that it dominates.
#[derive(Debug)]
pub struct Scopes<K, V> {
    known: HashMap<K, V>,
    /// What the entries added replaced, newest last.
    replaced: Vec<(K, Option<V>)>,
}

impl<K, V> Default for Scopes<K, V> {
    fn default() -> Self {
        Scopes { known: HashMap::new(), replaced: Vec::new() }
    }
}

impl<K: Copy + Eq + Hash, V: Clone> Scopes<K, V> {
    /// The value known for a key.
    pub fn get(&self, key: &K) -> Option<&V> {
        self.known.get(key)
    }

    /// Adds an entry, or replaces one for as long as this holds.
    pub fn insert(&mut self, key: K, value: V) {
        let old = self.known.insert(key, value);
        self.replaced.push((key, old));
    }

    /// Takes back all but the `count` oldest changes.
    fn back_to(&mut self, count: usize) {
        for (key, value) in self.replaced.drain(count..).rev() {
            match value {
                Some(value) => self.known.insert(key, value),
                None => self.known.remove(&key),
            };
        }
    }
}

enum Step {
    Visit(Block),
    BackTo(usize),
}

/// Visits every reachable block, those that dominate it before it, with the entries that those have added.
pub fn walk<K: Copy + Eq + Hash, V: Clone>(
    func: &mut Function,
    domtree: &DominatorTree,
    scopes: &mut Scopes<K, V>,
    mut visit: impl FnMut(&mut Function, Block, &mut Scopes<K, V>),
) {
    let Some(entry) = func.layout.entry_block() else { return };
    let mut children: HashMap<Block, Vec<Block>> = HashMap::new();
    for &block in domtree.cfg_rpo() {
        if let Some(parent) = domtree.idom(block) {
            children.entry(parent).or_default().push(block);
        }
    }
    let mut work = vec![Step::Visit(entry)];
    while let Some(step) = work.pop() {
        match step {
            Step::Visit(block) => {
                work.push(Step::BackTo(scopes.replaced.len()));
                visit(func, block, scopes);
                work.extend(children.get(&block).into_iter().flatten().map(|b| Step::Visit(*b)));
            }
            Step::BackTo(count) => {
                let count = crate::marks::mutant!(
                    "midend: what a branch checked holds beside it",
                    count,
                    scopes.replaced.len()
                );
                scopes.back_to(count);
            }
        }
    }
}
