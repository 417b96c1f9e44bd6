//! The few shapes of parallel work the rooms use; with the `parallel` feature off they run on the calling thread.
//!
//! Every shape gives the same result for any number of threads: work is cut by index, never by thread, and results
//! come back in index order.

use crate::control::Threads;

/// Runs `work` on the threads the caller asked for.
pub(crate) fn with_threads<R: Send>(threads: Threads, work: impl FnOnce() -> R + Send) -> R {
    #[cfg(feature = "parallel")]
    if let Threads::Exactly(count) = threads
        && let Ok(pool) = rayon::ThreadPoolBuilder::new().num_threads(count.get()).build()
    {
        return pool.install(work);
    }
    let _ = threads;
    work()
}

/// Threads at hand: for choosing among ways that all give the same result, and nothing else.
pub(crate) fn threads() -> usize {
    #[cfg(feature = "parallel")]
    {
        rayon::current_num_threads()
    }
    #[cfg(not(feature = "parallel"))]
    {
        1
    }
}

/// `f(0), f(1), … f(len - 1)` in order, computed in parallel.
pub(crate) fn map<R: Send>(len: usize, f: impl Fn(usize) -> R + Sync + Send) -> Vec<R> {
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        (0..len).into_par_iter().map(f).collect()
    }
    #[cfg(not(feature = "parallel"))]
    {
        (0..len).map(f).collect()
    }
}

/// Calls `f(k, chunk_k)` on the disjoint pieces of `items`, `size` long (the last may be shorter).
pub(crate) fn for_each_chunk<T: Send>(items: &mut [T], size: usize, f: impl Fn(usize, &mut [T]) + Sync + Send) {
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        items.par_chunks_mut(size).enumerate().for_each(|(k, chunk)| f(k, chunk));
    }
    #[cfg(not(feature = "parallel"))]
    {
        items.chunks_mut(size).enumerate().for_each(|(k, chunk)| f(k, chunk));
    }
}

/// Calls `f(k, chunk_k of first, chunk_k of second)` on the disjoint pieces of both, cut alike.
#[cfg(feature = "generate")]
pub(crate) fn for_each_two_chunks<A: Send, B: Send>(
    first: &mut [A],
    second: &mut [B],
    size: usize,
    f: impl Fn(usize, &mut [A], &mut [B]) + Sync + Send,
) {
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        let chunks = first.par_chunks_mut(size).zip(second.par_chunks_mut(size));
        chunks.enumerate().for_each(|(k, (first, second))| f(k, first, second));
    }
    #[cfg(not(feature = "parallel"))]
    {
        let chunks = first.chunks_mut(size).zip(second.chunks_mut(size));
        chunks.enumerate().for_each(|(k, (first, second))| f(k, first, second));
    }
}

/// The first `Some` among `f(0), f(1), … f(len - 1)`; those after it need not be computed.
pub(crate) fn find_first<R: Send>(len: usize, f: impl Fn(usize) -> Option<R> + Sync + Send) -> Option<R> {
    #[cfg(feature = "parallel")]
    // One piece is not worth waking threads.
    if len > 1 {
        use rayon::prelude::*;
        return (0..len).into_par_iter().find_map_first(f);
    }
    (0..len).find_map(f)
}
