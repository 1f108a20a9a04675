//! 512 random keys, n times: an own heap sort and merge sort, and the library's sort of records.
#![no_std]

use base::{Random, kernel, mix};

const KEYS: usize = 512;

fn sift(heap: &mut [u32], mut root: usize) {
    while let Some(left) = heap.get(2 * root + 1).copied() {
        let right = heap.get(2 * root + 2).copied().unwrap_or(0);
        let child = 2 * root + 1 + usize::from(right > left);
        if heap[root] >= heap[child] {
            break;
        }
        heap.swap(root, child);
        root = child;
    }
}

fn heap_sort(keys: &mut [u32]) {
    (0..keys.len() / 2).rev().for_each(|root| sift(keys, root));
    for end in (1..keys.len()).rev() {
        keys.swap(0, end);
        sift(&mut keys[..end], 0);
    }
}

fn merge_sort(keys: &mut [u32], spare: &mut [u32]) {
    if keys.len() < 2 {
        return;
    }
    let middle = keys.len() / 2;
    let (left, right) = keys.split_at_mut(middle);
    merge_sort(left, &mut spare[..middle]);
    merge_sort(right, &mut spare[middle..]);
    spare.copy_from_slice(keys);
    let (mut left, mut right) = (spare[..middle].iter().peekable(), spare[middle..].iter().peekable());
    for key in keys {
        let from_left = match (left.peek(), right.peek()) {
            (Some(a), Some(b)) => a <= b,
            (a, _) => a.is_some(),
        };
        *key = *if from_left { left.next() } else { right.next() }.unwrap_or(&0);
    }
}

fn checked(sum: u32, keys: impl Iterator<Item = u32>) -> u32 {
    let mut last = 0;
    keys.fold(sum, |sum, key| {
        let sum = mix(sum, key ^ u32::from(last <= key));
        last = key;
        sum
    })
}

fn sort(n: i32) -> i32 {
    let mut random = Random(5);
    let (mut keys, mut spare, mut sum) = ([0; KEYS], [0; KEYS], 0);
    for _ in 0..n {
        let mut fresh = || core::array::from_fn(|_| random.next());
        keys = fresh();
        heap_sort(&mut keys);
        sum = checked(sum, keys.iter().copied());
        keys = fresh();
        merge_sort(&mut keys, &mut spare);
        sum = checked(sum, keys.iter().copied());
        let mut records: [(u16, u16); KEYS] = fresh().map(|key| (key as u16, (key >> 16) as u16));
        records.sort_unstable_by_key(|&(a, b)| (b, a));
        sum = checked(sum, records.iter().map(|&(a, b)| u32::from(a) | u32::from(b) << 16));
    }
    mix(sum, keys[KEYS / 2]) as i32
}

kernel!(sort);
