internal import CSQLite

/// Has the allocator keep what is freed, up to 32 MB, for the next who asks.
///
/// Customers come in batches of a few megabytes, each freed before the next one. By default all of
/// that goes back to the system in between, and a fifth of the time for reading is spent on getting the
/// same pages again.
func keepFreedMemory() { store_keep_freed_memory(32 << 20) }
