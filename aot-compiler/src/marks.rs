//! The macros that mark lowering rules and ways to get them wrong; what they are for is in `proof.rs`.

/// Names a lowering rule at the place that chooses it: `rule!("name")`, or `rule!("name", value)`, which is `value`.
macro_rules! rule {
    ($name:literal, $value:expr $(,)?) => {{
        $crate::marks::rule!($name);
        $value
    }};
    ($name:literal) => {{
        #[cfg(feature = "proof")]
        {
            use $crate::proof::{RULES, Rule, linkme};
            static RULE: Rule = Rule::new($name);
            #[linkme::distributed_slice(RULES)]
            #[linkme(crate = linkme)]
            static ENTRY: &Rule = &RULE;
            RULE.hit();
        }
    }};
}

/// `mutant!("name", good, bad)` is `good`, unless the mutant of this name is planted.
macro_rules! mutant {
    ($name:literal, $good:expr, $bad:expr $(,)?) => {{
        #[cfg(not(feature = "proof"))]
        {
            $good
        }
        #[cfg(feature = "proof")]
        {
            use $crate::proof::{MUTANTS, Mutant, linkme};
            static MUTANT: Mutant = Mutant::new($name, module_path!());
            #[linkme::distributed_slice(MUTANTS)]
            #[linkme(crate = linkme)]
            static ENTRY: &Mutant = &MUTANT;
            if MUTANT.is_planted() { $bad } else { $good }
        }
    }};
}

pub(crate) use {mutant, rule};
