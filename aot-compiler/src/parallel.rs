//! The same work on many items, on several threads, with one outcome however the items fall to them.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Threads that this host runs at once, 1 if it does not say.
pub fn available() -> NonZeroUsize {
    std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

/// Calls `work` on each of `items`, on at most `threads` threads, and gives the results in the order of the items.
/// `state` makes what one thread keeps from item to item. Items are taken by falling `cost`, so that a costly one does
/// not keep one thread busy after all others are done.
///
/// # Errors
/// That of the first item in order which has one; not all items behind it are worked on.
///
/// # Panics
/// If `work` does.
pub fn map<T, S, R, E>(
    items: &[T],
    threads: NonZeroUsize,
    cost: impl Fn(&T) -> u64,
    state: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, &T) -> Result<R, E> + Sync,
) -> Result<Vec<R>, E>
where
    T: Sync,
    R: Send,
    E: Send,
{
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by_key(|item| std::cmp::Reverse(cost(&items[*item])));
    let next = AtomicUsize::new(0);
    // Behind the first error nothing counts any more.
    let first_error = AtomicUsize::new(items.len());
    let outcomes: Mutex<Vec<Option<Result<R, E>>>> = Mutex::new(items.iter().map(|_| None).collect());
    let worker = || {
        let mut state = state();
        while let Some(&item) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
            if item < first_error.load(Ordering::Relaxed) {
                let outcome = work(&mut state, &items[item]);
                if outcome.is_err() {
                    first_error.fetch_min(item, Ordering::Relaxed);
                }
                outcomes.lock().unwrap_or_else(PoisonError::into_inner)[item] = Some(outcome);
            }
        }
    };
    std::thread::scope(|scope| {
        // This thread is one of them.
        for _ in 1..threads.get().min(items.len()) {
            scope.spawn(worker);
        }
        worker();
    });
    // An item is left out only behind one with an error, which ends the collection.
    outcomes.into_inner().unwrap_or_else(PoisonError::into_inner).into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;
    use std::thread::ThreadId;

    fn threads(n: usize) -> NonZeroUsize {
        NonZeroUsize::new(n).unwrap()
    }

    #[test]
    fn results_are_in_order_whoever_made_them() {
        let items: Vec<usize> = (0..1000).collect();
        for n in [1, 2, 7, 2000] {
            let work = |_: &mut (), item: &usize| Ok::<_, ()>(item * item);
            let squares = map(&items, threads(n), |item| (item % 17) as u64, || (), work).unwrap();
            assert!(squares.iter().enumerate().all(|(i, square)| *square == i * i));
        }
        let none: [usize; 0] = [];
        assert_eq!(map(&none, threads(3), |_| 0, || (), |_, item| Ok::<_, ()>(*item)), Ok(vec![]));
    }

    #[test]
    fn the_first_error_in_order_is_given_though_a_later_one_comes_first() {
        let items: Vec<usize> = (0..100).collect();
        for n in [1, 4] {
            let work = |_: &mut (), item: &usize| if item % 30 == 29 { Err(*item) } else { Ok(()) };
            assert_eq!(map(&items, threads(n), |item| *item as u64, || (), work), Err(29));
        }
    }

    #[test]
    fn several_threads_work_and_each_keeps_its_state() {
        let items = [(); 8];
        let (barrier, seen) = (std::sync::Barrier::new(2), Mutex::new(HashSet::<ThreadId>::new()));
        // Nobody passes before two are there.
        let made = || {
            barrier.wait();
            std::thread::current().id()
        };
        let work = |id: &mut ThreadId, (): &()| {
            assert_eq!(*id, std::thread::current().id());
            seen.lock().unwrap().insert(*id);
            std::thread::sleep(std::time::Duration::from_millis(20));
            Ok::<_, ()>(())
        };
        map(&items, threads(2), |()| 1, made, work).unwrap();
        assert_eq!(seen.lock().unwrap().len(), 2);
    }
}
